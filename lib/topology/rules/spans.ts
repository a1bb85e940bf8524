/** Ranges of whole numbers, and which of them meet: of VM ids, and of addresses as the numbers they stand for. */
import { formatIpv4, parseCidr, parseIpv4 } from "../ipv4";
import { formatIpv6, parseCidr6, parseIpv6 } from "../ipv6";

/** A whole number: a bigint of IPv6, where a number would not do, and else a number, which is faster. */
export type Whole = number | bigint;

/** Whole numbers of one type, both ends included. */
export interface Span {
  readonly first: Whole;
  readonly last: Whole;
}

/** Two spans that share numbers. */
export interface Overlap<T> {
  /** The one that begins first. */
  readonly earlier: T;
  readonly later: T;
}

/**
 * Spans that share numbers with one that begins before them: each once, with the one that reaches furthest.
 * In the order in which they begin.
 */
export function findOverlaps<T extends Span>(spans: readonly T[]): Overlap<T>[] {
  const overlaps: Overlap<T>[] = [];
  let furthest: T | undefined;
  const sorted = [...spans].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  for (const span of sorted) {
    if (furthest && span.first <= furthest.last) overlaps.push({ earlier: furthest, later: span });
    if (!furthest || span.last > furthest.last) furthest = span;
  }
  return overlaps;
}

/** The numbers that two spans that meet have in common. */
export function shared({ earlier, later }: Overlap<Span>): Span {
  return { first: later.first, last: earlier.last < later.last ? earlier.last : later.last };
}

/** An IP version. */
export type IpVersion = "IPv4" | "IPv6";

/** The version of an address or a network, from its text. */
export function versionOf(text: string): IpVersion {
  return text.includes(":") ? "IPv6" : "IPv4";
}

/** The number that an address of a resolved topology stands for. */
export function addressNumber(text: string): Whole {
  return sure<Whole>(versionOf(text) === "IPv6" ? parseIpv6(text) : parseIpv4(text), text);
}

/** The text of the address that a number stands for. */
export function formatAddress(value: Whole): string {
  return typeof value === "bigint" ? formatIpv6(value) : formatIpv4(value);
}

/** The addresses of a network of a resolved topology, its edges included. */
export function subnetSpan(cidr: string): Span {
  if (versionOf(cidr) === "IPv6") {
    const { base, last } = sure(parseCidr6(cidr), cidr);
    return { first: base, last };
  }
  const { base, broadcast } = sure(parseCidr(cidr), cidr);
  return { first: base, last: broadcast };
}

function sure<T>(value: T | undefined, text: string): T {
  if (value === undefined) throw new Error(`${text} was not checked; this is a bug in lib/topology`);
  return value;
}
