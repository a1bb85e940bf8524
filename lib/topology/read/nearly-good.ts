import { z } from "zod";

/** A number, true or false. */
const BARE = /^(-?\d+(\.\d+)?|true|false)$/;

/** Characters that YAML takes for text in a list without quotes. */
const PLAIN = /^[\w./-]+$/;

/**
 * How to write a value that is good but for how it is written, to follow what is allowed: ": write 20 without quotes",
 * ": write [rancher]"; empty where it is bad either way.
 */
export function rewriting(schema: z.core.$ZodType, value: unknown): string {
  const isGood = (other: unknown): boolean => z.safeParse(schema, other).success;
  const bare = bareValue(value);
  if (bare !== undefined && isGood(bare)) return `: write ${bare} without quotes`;
  if (typeof value !== "string" && typeof value !== "number") return "";
  const entry = [value, bare].find((one) => one !== undefined && isGood([one]));
  if (entry === undefined) return "";
  return `: write [${typeof entry === "string" && !PLAIN.test(entry) ? JSON.stringify(entry) : entry}]`;
}

/** The same for an entry of a list that is bad because of it. */
export function rewritingEntry(schema: z.core.$ZodType, list: readonly unknown[], index: number): string {
  const bare = bareValue(list[index]);
  if (bare === undefined) return "";
  const other = [...list];
  other[index] = bare;
  const { error } = z.safeParse(schema, other);
  return error?.issues.some(({ path }) => path[0] === index) ? "" : `: write ${bare} without quotes`;
}

/** What a text in quotes would be without them, where that is no text. */
function bareValue(value: unknown): number | boolean | undefined {
  if (typeof value !== "string" || !BARE.test(value)) return undefined;
  return JSON.parse(value.replace(/^(-?)0+(?=\d)/, "$1")) as number | boolean;
}
