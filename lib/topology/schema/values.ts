/**
 * Building blocks of the schema. The message of every rule is the second half of a fault: it says what is allowed.
 */
import { z } from "zod";

/** A whole number from `least` to `most`; `unit` follows in the message: " GiB". */
export function wholeNumber(least: number, most: number, unit: string): z.ZodInt {
  const allowed = `must be a whole number from ${least} to ${most}${unit}`;
  return z.int(allowed).min(least, allowed).max(most, allowed);
}

/** A text of at most `longest` characters. */
export function text(pattern: RegExp, longest: number, allowed: string): z.ZodString {
  return z.string(allowed).regex(pattern, allowed).max(longest, allowed);
}

/**
 * A list of at least `least` entries, none of them twice: the second one is refused.
 * @param alike what two entries share that may not both be there, and how the message says so; default the whole entry
 */
export function listOf<T extends z.ZodType>(
  item: T,
  least: number,
  allowed: string,
  alike: { readonly key: (entry: z.output<T>) => unknown; readonly words: string } = {
    key: (entry) => entry,
    words: "is the same",
  },
): z.ZodArray<T> {
  return z
    .array(item, allowed)
    .min(least, allowed)
    .check(({ value, issues }) => {
      const firsts = new Map<unknown, number>();
      value.forEach((entry, index) => {
        const first = firsts.get(alike.key(entry)) ?? index;
        firsts.set(alike.key(entry), first);
        if (first === index) return;
        const message = `must be listed once, and entry ${first} ${alike.words}: take one of the two out`;
        issues.push({ code: "custom", path: [index], input: entry, message });
      });
    });
}

/**
 * The name of an entry of a mapping.
 * @param noun what a good name is, for the message about one that is not: "DNS label"
 */
export function nameText(noun: string, pattern: RegExp, longest: number, allowed: string): z.ZodString {
  return text(pattern, longest, allowed).meta({ title: noun });
}

/** So many entries of one mapping keep the checks fast. */
const MOST_ENTRIES = 1000;

/**
 * A mapping from names to values.
 * @param what it is, for the message: "a mapping from names of clusters to their settings"
 */
export function mappingOf<T extends z.core.SomeType>(
  name: z.ZodString,
  value: T,
  what: string,
  { least = 0, most = MOST_ENTRIES }: { readonly least?: number; readonly most?: number } = {},
): z.ZodRecord<z.ZodString, T> {
  const allowed = `must be ${what}${least > 0 ? ", at least one" : ""}`;
  return z.record(name, value, allowed).meta({ minProperties: least, maxProperties: most });
}

/** A DNS label that begins with a letter: the name of a cluster, or of what is part of a hostname. */
export const LABEL = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** RFC 1035: a DNS label has at most 63 characters. */
export const LONGEST_LABEL = 63;
