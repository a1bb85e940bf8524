import { FAULT_RULE, type FaultRule } from "./rule";

/** The most rules that are taken at once. */
const MAX_RULES = 1000;

/** Rules that were read, or all that is wrong with them: each with its path. */
export type CheckedRules = { readonly rules: readonly FaultRule[] } | { readonly faults: readonly string[] };

/**
 * Checks rules that came from a person.
 *
 * @param input what a file or a call held
 * @param path where it stood, for the texts
 */
export function checkRules(input: unknown, path: string): CheckedRules {
  if (!Array.isArray(input)) return { faults: [`${path}: must be a list of faults`] };
  if (input.length > MAX_RULES) {
    return { faults: [`${path}: must be ${MAX_RULES} faults at most; got ${input.length}`] };
  }
  const rules: FaultRule[] = [];
  const faults: string[] = [];
  const ids = new Set<string>();
  for (const [index, item] of input.entries()) {
    const result = FAULT_RULE.safeParse(item);
    if (!result.success) {
      faults.push(...result.error.issues.flatMap((issue) => printIssue(issue, `${path}[${index}]`, item)));
      continue;
    }
    const { id } = result.data;
    if (id !== undefined && ids.has(id)) {
      faults.push(`${path}[${index}].id: is used twice; got ${JSON.stringify(id)}`);
    }
    if (id !== undefined) ids.add(id);
    rules.push(result.data);
  }
  return faults.length > 0 ? { faults } : { rules };
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function printIssue(issue: Issue, base: string, item: unknown): string[] {
  const where = base + issue.path.map((part) => `.${String(part)}`).join("");
  if (issue.code === "unrecognized_keys") {
    return (issue.keys ?? []).map((key) => `${where}: unknown key '${key}'; docs/SIMULATOR.md lists all`);
  }
  const got = valueAt(item, issue.path);
  return [`${where}: ${issue.message}${got === undefined ? "" : `; got ${JSON.stringify(got)}`}`];
}

function valueAt(item: unknown, path: readonly PropertyKey[]): unknown {
  let value = item;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return typeof value === "object" ? undefined : value;
}
