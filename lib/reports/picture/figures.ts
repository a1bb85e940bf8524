/** Numbers and sizes as people read them. Never by the locale: the picture is the same on every machine. */

/** "10,000". */
export function formatCount(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded).replace(/^\d{4,}/, (digits) => digits.replace(/(?=(\d{3})+$)\B/g, ","));
}

/** "3 servers", "1 server". */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** "8 GiB", "1.5 GiB", "512 MiB", "12 TiB". */
export function formatMemory(memoryMiB: number): string {
  return memoryMiB < 1024 ? `${formatCount(memoryMiB)} MiB` : formatDisk(memoryMiB / 1024);
}

/** "20 GiB", "12 TiB". */
export function formatDisk(sizeGiB: number): string {
  return sizeGiB < 10_240 ? `${formatCount(sizeGiB)} GiB` : `${formatCount(sizeGiB / 1024)} TiB`;
}

/** "48 GiB of 128 GiB", or where nothing is declared "48 GiB". */
export function ofDeclared(
  used: number,
  declared: number | undefined,
  format: (value: number) => string,
): string {
  return declared === undefined ? format(used) : `${format(used)} of ${format(declared)}`;
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
