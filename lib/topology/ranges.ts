import type { NumberRange } from "./topology";

/** The numbers that two ranges share, or undefined where they share none. */
export function intersection(a: NumberRange, b: NumberRange): NumberRange | undefined {
  const first = Math.max(a.first, b.first);
  const last = Math.min(a.last, b.last);
  return first <= last ? { first, last } : undefined;
}

/**
 * The lowest number at or above `from` that starts a run of `count` numbers within `bounds`
 * none of which is in `occupied`; undefined where there is no such run.
 * @param occupied in ascending order of `first`
 */
export function firstFreeRun(
  from: number,
  count: number,
  bounds: NumberRange,
  occupied: readonly NumberRange[],
): number | undefined {
  let start = Math.max(from, bounds.first);
  for (const range of occupied) {
    if (intersection(range, { first: start, last: start + count - 1 })) start = range.last + 1;
  }
  return start + count - 1 <= bounds.last ? start : undefined;
}
