/** Figures of more than one value, as people read them. Never by the locale: the picture is the same on every machine. */
import type { Usage } from "../capacity";

/** "24 of 64 GiB × 2": what is given, of what is declared, and how many times that may be given; else "24 GiB". */
export function usageText({ given, declared, overcommit }: Usage, format: (value: number) => string): string {
  if (declared === undefined) return format(given);
  const [figure = "", unit = ""] = format(given).split(" ");
  const whole = format(declared);
  // "1 of 32 cores": said once, in the number of what there is.
  const amount = whole.split(" ")[1]?.startsWith(unit) ? figure : format(given);
  return `${amount} of ${whole}${overcommit === 1 ? "" : ` × ${overcommit}`}`;
}

/** The smallest and the largest of some values: "4", "4–8". The values must not be empty. */
export function formatSpan(values: readonly number[], format: (value: number) => string): string {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  return least === most ? format(least) : `${format(least)}–${format(most)}`;
}
