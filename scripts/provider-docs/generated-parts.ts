import type { Provider } from "../../provider/plugin/provider";
import { blockMarkdown } from "./schema-markdown";

const PART = /<!-- generated: (.+?) -->\n[^]*?<!-- end -->/g;

/** What the provider's schema says, by the name of the part of the page that holds it. */
function partsOf(provider: Provider<unknown>): Map<string, string> {
  const { schema, resources, dataSources = {} } = provider;
  const named = (kind: string, types: Readonly<Record<string, { schema: Provider<unknown>["schema"] }>>) =>
    Object.entries(types).map(([type, { schema }]): [string, string] => [
      `${kind} ${type}`,
      blockMarkdown(schema.block),
    ]);
  return new Map([
    [`provider ${provider.name}`, blockMarkdown(schema.block)],
    ...named("resource", resources),
    ...named("data", dataSources),
  ]);
}

/**
 * The page with its generated parts made anew, the prose between them untouched. A part stands between
 * `<!-- generated: resource pve_qemu -->` and `<!-- end -->`.
 *
 * @throws Error where the page lacks a part, or has one of what the provider does not have
 */
export function withGeneratedParts(page: string, provider: Provider<unknown>): string {
  const parts = partsOf(provider);
  const present = [...page.matchAll(PART)].map(([, name]) => name ?? "");
  const missing = [...parts.keys()].filter((name) => !present.includes(name));
  const unknown = present.filter((name) => !parts.has(name));
  if (missing.length > 0 || unknown.length > 0) {
    throw new Error(
      [
        ...missing.map((name) => `The page lacks the part "<!-- generated: ${name} -->", "<!-- end -->".`),
        ...unknown.map((name) => `The page has a part "${name}", and the provider has no such thing.`),
      ].join("\n"),
    );
  }
  return page.replace(
    PART,
    (_, name: string) => `<!-- generated: ${name} -->\n\n${parts.get(name) ?? ""}\n\n<!-- end -->`,
  );
}
