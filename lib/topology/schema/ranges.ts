/** Texts that stand for numbers in a row: of VM ids and of addresses alike, as big integers. */
import { z } from "zod";

/** Numbers in a row, both ends included. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * The range that a text stands for, that of a number alone included; where it stands for none, what is allowed.
 * @param endOf the number that one end of the text stands for, or undefined where it stands for none
 * @param allowed what a good text looks like
 */
export function readRange(
  value: string,
  endOf: (text: string) => bigint | undefined,
  allowed: string,
): Range | string {
  const [left = "", right = left, ...rest] = value.split("-").map((end) => end.trim());
  const first = endOf(left);
  const last = right === left ? first : endOf(right);
  if (first === undefined || last === undefined || rest.length > 0) return allowed;
  return first > last ? `must run upwards: did you mean ${right}-${left}?` : { first, last };
}

/** How many numbers the ranges hold. */
export function countOf(ranges: readonly Range[]): bigint {
  return ranges.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
}

/**
 * A list of at least `least` numbers and ranges, none of which holds a number of another.
 * @param read the range of an entry; where it has none, what is allowed
 * @param check what is wrong with all of them together
 */
export function rangeListOf<T extends z.ZodType<string | number>>(
  entry: T,
  least: number,
  allowed: string,
  read: (entry: string) => Range | string,
  check: (ranges: readonly Range[]) => string | undefined = () => undefined,
): z.ZodArray<T> {
  return z
    .array(entry, allowed)
    .min(least, allowed)
    .check(({ value, issues }) => {
      const add = (message: string, ...path: number[]): void => {
        issues.push({ code: "custom", path, input: value, message });
      };
      const ranges: IndexedRange[] = [];
      value.forEach((text, index) => {
        const range = read(String(text));
        if (typeof range === "string") add(range, index);
        else ranges.push({ ...range, index });
      });
      for (const [index, other] of repetitions(ranges)) {
        add(
          `must be listed once, and entry ${other} holds some of these too: leave them out of one of the two`,
          index,
        );
      }
      const message = check(ranges);
      if (message !== undefined) add(message);
    });
}

interface IndexedRange extends Range {
  readonly index: number;
}

/** Each entry that holds a number of an earlier one, with that one's index. */
function repetitions(ranges: readonly IndexedRange[]): [number, number][] {
  const found: [number, number][] = [];
  let furthest: IndexedRange | undefined;
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    if (furthest && furthest.last >= range.first) {
      found.push([Math.max(furthest.index, range.index), Math.min(furthest.index, range.index)]);
    }
    if (!furthest || range.last > furthest.last) furthest = range;
  }
  return found;
}
