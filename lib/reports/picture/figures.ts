/** Figures of more than one value, as people read them. Never by the locale: the picture is the same on every machine. */

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
