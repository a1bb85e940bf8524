/**
 * IPv6 addresses as unsigned 128-bit numbers, and the networks they lie in: what `ipv4.ts` is for IPv4.
 * Texts are read in any form of RFC 4291 and printed in the one of RFC 5952: "2001:db8::1".
 */
import ipaddr from "ipaddr.js";

/** An IPv6 network, edges included: `base` is its own address, `last` its last one. Both unsigned 128-bit. */
export interface Ipv6Network {
  readonly base: bigint;
  readonly last: bigint;
  readonly prefixLength: number;
}

const BITS = 128;
const PART_BITS = 16n;
const PART_MASK = 0xffffn;

/** The number an address stands for, or undefined where the text is no IPv6 address; one with a zone ("%eth0") is none. */
export function parseIpv6(text: string): bigint | undefined {
  // Most of what is no IPv6 address has no colon, and an exception is dear.
  if (!text.includes(":") || text.includes("%")) return undefined;
  const parts = partsOf(text);
  if (!parts) return undefined;
  // Halves that are exact as numbers: one big integer a part would take twice as long.
  const [high, low] = [parts.slice(0, 4), parts.slice(4)].map(halfOf);
  return ((high ?? 0n) << 64n) | (low ?? 0n);
}

function halfOf(parts: readonly number[]): bigint {
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  return (BigInt(a * 0x1_0000 + b) << 32n) | BigInt(c * 0x1_0000 + d);
}

function partsOf(text: string): readonly number[] | undefined {
  try {
    return ipaddr.IPv6.parse(text).parts;
  } catch {
    return undefined;
  }
}

/** The text of an unsigned 128-bit address, as RFC 5952 has it: lower case, the longest run of zeros shortened. */
export function formatIpv6(address: bigint): string {
  const parts: number[] = [];
  for (let rest = address; parts.length < 8; rest >>= PART_BITS) parts.unshift(Number(rest & PART_MASK));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

/** The network around `address` with a prefix of `prefixLength` bits (0-128). */
export function networkOf6(address: bigint, prefixLength: number): Ipv6Network {
  const hostBits = BigInt(BITS - prefixLength);
  const base = (address >> hostBits) << hostBits;
  return { base, last: base + (1n << hostBits) - 1n, prefixLength };
}

/**
 * The network that contains the address in `text` ("2001:db8::7/64" gives 2001:db8::/64),
 * or undefined where the text is no address with a prefix length.
 */
export function parseCidr6(text: string): Ipv6Network | undefined {
  const match = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text);
  const address = parseIpv6(match?.[1] ?? "");
  const prefixLength = Number(match?.[2]);
  if (address === undefined || prefixLength > BITS) return undefined;
  return networkOf6(address, prefixLength);
}

/** The canonical text of a network: "2001:db8:14::/64". */
export function formatCidr6(network: Ipv6Network): string {
  return `${formatIpv6(network.base)}/${network.prefixLength}`;
}

/** Whether `address` lies in `network`, its edges included. */
export function contains6(network: Ipv6Network, address: bigint): boolean {
  return address >= network.base && address <= network.last;
}

const mappedIpv4 = networkOf6(0xffff_0000_0000n, 96);
const linkLocal = networkOf6(0xfe80n << 112n, 10);
const multicast = networkOf6(0xffn << 120n, 8);

/**
 * Whether a machine can have this address: not unspecified (::), not loopback (::1), not an IPv4 address in disguise
 * (::ffff:0:0/96), not multicast (ff00::/8). Source: the IANA IPv6 special-purpose registry.
 */
export function isHostAddress6(address: bigint): boolean {
  return address > 1n && !contains6(mappedIpv4, address) && !contains6(multicast, address);
}

/** Whether the address is one that every link has for itself (fe80::/10): a router's may be, a VM's own is not assigned. */
export function isLinkLocal6(address: bigint): boolean {
  return contains6(linkLocal, address);
}
