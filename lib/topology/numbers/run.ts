/**
 * Runs of whole numbers. VM ids and addresses of both IP versions are counted alike, as big integers:
 * an IPv6 address has more bits than a number holds.
 */

/** Whole numbers in a row, both ends included. */
export interface Run {
  readonly first: bigint;
  readonly last: bigint;
}

/** How many numbers a run has. */
export function lengthOf({ first, last }: Run): bigint {
  return last - first + 1n;
}

/** Whether all of `inner` is in `outer`. */
export function encloses(outer: Run, inner: Run): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

/** Whether two runs share a number. */
export function overlap(a: Run, b: Run): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** The first `count` numbers of the runs, one run after the other; fewer where they hold fewer. */
export function firstNumbers(runs: readonly Run[], count: number): bigint[] {
  const numbers: bigint[] = [];
  for (const { first, last } of runs) {
    for (let number = first; number <= last; number++) {
      if (numbers.length === count) return numbers;
      numbers.push(number);
    }
  }
  return numbers;
}

/**
 * The lowest number at or above `from` that starts a run of `count` numbers within `bounds` that meets none of
 * `occupied`; undefined where there is none.
 * @param occupied in ascending order of `first`; they may overlap each other
 */
export function firstFree(
  from: bigint,
  count: number,
  bounds: Run,
  occupied: Iterable<Run>,
): bigint | undefined {
  const more = BigInt(count - 1);
  let start = from > bounds.first ? from : bounds.first;
  for (const run of occupied) {
    if (run.first > start + more) break;
    if (run.last >= start) start = run.last + 1n;
  }
  return start + more <= bounds.last ? start : undefined;
}
