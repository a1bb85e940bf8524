import { showValue } from "./object-values";
import type { Check } from "./schema";
import type { Value } from "./value";

/** A check that says what is allowed, in the documentation and to who got it wrong. */
function allowing(allowed: string, isGood: (value: Value) => boolean): Check {
  const check = (value: Value): readonly string[] =>
    isGood(value) ? [] : [`Got ${quoted(value)}; allowed is ${allowed}.`];
  return Object.assign(check, { allowed });
}

function quoted(value: Value): string {
  return typeof value === "string" ? `"${value}"` : showValue(value);
}

/** A whole number within bounds, both included. */
export function wholeNumber(minimum: number, maximum: number, unit = ""): Check {
  return allowing(
    `a whole number from ${minimum} to ${maximum}${unit}`,
    (value) => typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum,
  );
}

/** A text that matches; `allowed` finishes the sentence. */
export function matching(pattern: RegExp, allowed: string): Check {
  return allowing(allowed, (value) => typeof value === "string" && pattern.test(value));
}

/** One of some words. */
export function oneOf(...words: readonly string[]): Check {
  return allowing(
    words.map((word) => `"${word}"`).join(" or "),
    (value) => typeof value === "string" && words.includes(value),
  );
}
