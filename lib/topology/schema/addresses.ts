/**
 * Texts that stand for an address or a network.
 * An IPv4 address has one text only; an IPv6 address may have any that RFC 4291 allows.
 */
import { z } from "zod";
import { formatCidr, isHostAddress, parseCidr, parseIpv4 } from "../ipv4";
import { formatCidr6, isHostAddress6, isLinkLocal6, parseCidr6, parseIpv6 } from "../ipv6";

/** An IP version, as its texts are checked. */
export interface Version {
  readonly name: "IPv4" | "IPv6";
  /** The number of an address that a machine can have; undefined for any other text. */
  readonly host: (text: string) => bigint | undefined;
  /** What such an address looks like. */
  readonly form: string;
  /** What a range looks like. */
  readonly range: string;
  /** What a pool may say in place of addresses. */
  readonly words: readonly string[];
}

/** IPv4. */
export const version4: Version = {
  name: "IPv4",
  host: (text) => {
    const address = parseIpv4(text);
    return address !== undefined && isHostAddress(address) ? BigInt(address) : undefined;
  },
  form: "four decimal numbers, such as 192.168.1.10, and no loopback, multicast or broadcast address",
  range: "192.168.1.100-192.168.1.109",
  words: ["dhcp"],
};

/** IPv6. */
export const version6: Version = {
  name: "IPv6",
  host: (text) => {
    const address = parseIpv6(text);
    return address !== undefined && isHostAddress6(address) && !isLinkLocal6(address) ? address : undefined;
  },
  form: "such as 2001:db8:14::10, and no loopback, link-local or multicast address",
  range: "2001:db8:14::100-2001:db8:14::1ff",
  words: ["auto", "dhcp"],
};

/** The version that an address or a range is written in. */
export function versionOf(text: string): Version {
  return text.includes(":") ? version6 : version4;
}

/** An address that a machine can have; `what` names it: "the IPv4 address of the router". */
export function hostAddress(version: Version, what: string): z.ZodString {
  return goodText(`must be ${what}: ${version.form}`, (value) => version.host(value) !== undefined);
}

/** An address of either version that a machine can have. */
export function ipAddress(what: string): z.ZodString {
  return goodText(
    `must be ${what}, such as 192.168.1.10 or 2001:db8:14::10, and no loopback, link-local, multicast or broadcast address`,
    (value) => versionOf(value).host(value) !== undefined,
  );
}

/** The IPv6 address of a router, which is often link-local. */
export const router6 = goodText(
  "must be the IPv6 address of the router: such as 2001:db8:14::1 or fe80::1, and no loopback or multicast address",
  (value) => isHostAddress6(parseIpv6(value) ?? 0n),
);

/** An IPv4 network: "192.168.1.0/24". */
export const cidr4 = networkText(
  "must be an IPv4 network with a prefix of 8 to 30 bits, such as 192.168.1.0/24",
  (value) => {
    const network = parseCidr(value);
    if (!network || network.prefixLength < 8 || network.prefixLength > 30) return undefined;
    return isHostAddress(network.base) ? formatCidr(network) : undefined;
  },
  (value, own) => value === own,
);

/** An IPv6 network: "2001:db8:14::/64". */
export const cidr6 = networkText(
  "must be an IPv6 network with a prefix of 16 to 126 bits, such as 2001:db8:14::/64",
  (value) => {
    const network = parseCidr6(value);
    if (!network || network.prefixLength < 16 || network.prefixLength > 126) return undefined;
    return isHostAddress6(network.base) && !isLinkLocal6(network.base) ? formatCidr6(network) : undefined;
  },
  (value, own) => parseIpv6(addressPart(value)) === parseIpv6(addressPart(own)),
);

function addressPart(cidr: string): string {
  return cidr.replace(/\/.*/, "");
}

function networkText(
  allowed: string,
  ownTextOf: (value: string) => string | undefined,
  isOwn: (value: string, own: string) => boolean,
): z.ZodString {
  return z.string(allowed).check(({ value, issues }) => {
    const own = ownTextOf(value);
    if (own !== undefined && isOwn(value, own)) return;
    const message = own === undefined ? allowed : `must be the network's own address: did you mean ${own}?`;
    issues.push({ code: "custom", input: value, message });
  });
}

function goodText(allowed: string, isGood: (value: string) => boolean): z.ZodString {
  return z.string(allowed).refine(isGood, allowed);
}
