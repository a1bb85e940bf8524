/** Figures of more than one value, as people read them. Never by the locale: the picture is the same on every machine. */
import { formatCount } from "../units";

/** "48 of 128 GiB", or where nothing is declared "48 GiB". */
export function ofDeclared(
  given: number,
  declared: number | undefined,
  format: (value: number) => string,
): string {
  if (declared === undefined) return format(given);
  const [figure = "", unit = ""] = format(given).split(" ");
  const whole = format(declared);
  // "1 of 32 cores": said once, in the number of what there is.
  return whole.split(" ")[1]?.startsWith(unit) ? `${figure} of ${whole}` : `${format(given)} of ${whole}`;
}

/** The smallest and the largest of some values: "4", "4–8". The values must not be empty. */
export function formatSpan(values: readonly number[], format: (value: number) => string): string {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  return least === most ? format(least) : `${format(least)}–${format(most)}`;
}

/** Runs of numbers that follow on, in ascending order: "401–403, 410". At most `limit` runs, then how many more numbers. */
export function formatRuns(values: readonly number[], limit: number): string {
  const runs: { first: number; last: number }[] = [];
  for (const value of [...values].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && value <= run.last + 1) run.last = value;
    else runs.push({ first: value, last: value });
  }
  const shown = runs.slice(0, limit);
  const rest = runs.slice(limit).reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const texts = shown.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`));
  return rest > 0 ? `${texts.join(", ")} and ${formatCount(rest)} more` : texts.join(", ");
}
