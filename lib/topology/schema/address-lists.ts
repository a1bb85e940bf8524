/** Ranges and lists of addresses. */
import { z } from "zod";
import { version4, version6, versionOf } from "./addresses";
import type { Version } from "./addresses";
import { countOf, rangeListOf, readRange } from "./ranges";
import type { Range } from "./ranges";

/** So many addresses a pool may set aside: those of a whole /16, and far more than its members. */
const MOST_ADDRESSES = 65_536n;

/** The IPv4 addresses of a pool: "dhcp", a range, or a list of addresses and ranges. */
export const addresses4 = addressesOf(version4);

/** The IPv6 addresses of a pool: "auto", "dhcp", a range, or a list of addresses and ranges. */
export const addresses6 = addressesOf(version6);

const reservedAllowed = "must be a list of addresses and ranges, such as 192.168.1.50-192.168.1.59";

/** Addresses and ranges of either version, however many addresses they hold. */
export const reserved = rangeListOf(z.string(reservedAllowed), 0, reservedAllowed, (entry) =>
  readAddresses(versionOf(entry), entry),
);

function readAddresses(version: Version, value: string): Range | string {
  const allowed = `must be an ${version.name} address or a range such as ${version.range}: ${version.form}`;
  return readRange(value, version.host, allowed);
}

function addressesOf(version: Version): z.ZodUnion<[z.ZodString, z.ZodArray<z.ZodString>]> {
  const words = version.words.map((word) => `"${word}"`).join(", ");
  const allowed = `must be ${words}, a range such as ${version.range}, or a list of addresses and ranges`;
  const alone = z.string(allowed).check(({ value, issues }) => {
    if (version.words.includes(value)) return;
    const range = readAddresses(version, value);
    const looksLikeAddress = /[.:]/.test(value);
    const message = typeof range === "object" ? tooMany([range]) : looksLikeAddress ? range : allowed;
    if (message !== undefined) issues.push({ code: "custom", input: value, message });
  });
  const read = (entry: string): Range | string =>
    version.words.includes(entry)
      ? `must be alone: "${entry}" in place of the list`
      : readAddresses(version, entry);
  return z.union([alone, rangeListOf(z.string(allowed), 1, allowed, read, tooMany)], allowed);
}

function tooMany(ranges: readonly Range[]): string | undefined {
  const count = countOf(ranges);
  return count <= MOST_ADDRESSES
    ? undefined
    : `must hold at most ${MOST_ADDRESSES} addresses, and holds ${count}`;
}
