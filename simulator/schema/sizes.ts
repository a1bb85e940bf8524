const UNITS = ["", "K", "M", "G", "T"] as const;

/** Bytes in one MiB. */
export const MIB = 1024 ** 2;
/** Bytes in one GiB. */
export const GIB = 1024 ** 3;

/** A size as drive strings and the resize call write it: digits, an optional fraction, an optional binary unit. */
const SIZE_PATTERN = /^(\d+(?:\.\d+)?)([KMGT]?)$/;

/**
 * Reads a disk size. No unit means bytes.
 *
 * @returns bytes, or undefined for what is no size
 */
export function parseSize(text: string): number | undefined {
  const match = SIZE_PATTERN.exec(text);
  if (match === null) return undefined;
  const exponent = UNITS.indexOf((match[2] ?? "") as (typeof UNITS)[number]);
  return Math.floor(Number(match[1]) * 1024 ** exponent);
}

/** Prints bytes in the largest unit that divides them: `20G`, `2252M`. */
export function printSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (unit < UNITS.length - 1 && value % 1024 === 0) {
    value /= 1024;
    unit += 1;
  }
  return `${value}${UNITS[unit] ?? ""}`;
}
