/** Decimal digits without leading and trailing zeros, and the power of ten of the last one. */
function significant(text: string): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text);
  if (!match) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (whole + fraction === "") return undefined;
  if (digits === "") return "0";
  const shortest = digits.replace(/0+$/, "");
  const power = Number(exponent) - fraction.length + (digits.length - shortest.length);
  return `${sign === "-" ? "-" : ""}${shortest}e${power}`;
}

/**
 * The number that a decimal text stands for, `undefined` where a double cannot hold it to the last digit.
 *
 * Terraform computes with 512 bits and refuses an answer that differs from the configuration in any of them.
 */
export function parseExactNumber(text: string): number | undefined {
  const number = Number(text);
  return Number.isFinite(number) && significant(text) === significant(String(number)) ? number : undefined;
}
