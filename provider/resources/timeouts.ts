import type { ObjectValue } from "../plugin/value";
import { DEFAULT_TIMEOUTS } from "./qemu-schema";
import { optionalText } from "../plugin/object-values";

const UNIT_SECONDS = { h: 3600, m: 60, s: 1 } as const;

/** Seconds that an operation may take: what its `timeouts` block says, or the default. */
export function timeoutSeconds(values: ObjectValue, operation: keyof typeof DEFAULT_TIMEOUTS): number {
  const timeouts = values["timeouts"] as ObjectValue | null | undefined;
  const configured = timeouts ? optionalText(timeouts, operation) : undefined;
  return parseDurationSeconds(configured ?? DEFAULT_TIMEOUTS[operation]);
}

/** Seconds of a duration such as `1h30m`. */
export function parseDurationSeconds(text: string): number {
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS],
    0,
  );
}
