const PART = /<!-- generated: (.+?) -->\n[^]*?<!-- end -->/g;

/**
 * The page with its generated parts made anew, the prose between them untouched. A part stands between
 * `<!-- generated: NAME -->` and `<!-- end -->`.
 *
 * @param parts what each part holds, by its name
 * @param subject what the parts are about, as an error names it: "the provider"
 * @throws Error where the page lacks a part, or has one that is not among `parts`
 */
export function withParts(page: string, parts: ReadonlyMap<string, string>, subject: string): string {
  const present = [...page.matchAll(PART)].map(([, name]) => name ?? "");
  const missing = [...parts.keys()].filter((name) => !present.includes(name));
  const unknown = present.filter((name) => !parts.has(name));
  if (missing.length > 0 || unknown.length > 0) {
    throw new Error(
      [
        ...missing.map((name) => `The page lacks the part "<!-- generated: ${name} -->", "<!-- end -->".`),
        ...unknown.map((name) => `The page has a part "${name}", and ${subject} has no such thing.`),
      ].join("\n"),
    );
  }
  return page.replace(
    PART,
    (_, name: string) => `<!-- generated: ${name} -->\n\n${parts.get(name) ?? ""}\n\n<!-- end -->`,
  );
}
