/** Something that was measured, once or several times. */
export interface Figure {
  /** What it is a figure of: `reference`, `vms-60`, `refresh-500`, `provider`. */
  readonly measure: string;
  readonly name: string;
  /** `s`, `ms`, `MiB`, or empty for a ratio or a count. */
  readonly unit: "s" | "ms" | "MiB" | "";
  /** One for each time that it was measured, in order. */
  readonly samples: readonly number[];
  /** The goal for the median. @default - none */
  readonly atMost?: number;
  /** The goal for the median. @default - none */
  readonly atLeast?: number;
}

/**
 * The middle of the samples; of an even number, the mean of the two in the middle.
 *
 * @throws RangeError where there are none
 */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError("there is no median of no samples");
  return (lower + upper) / 2;
}
