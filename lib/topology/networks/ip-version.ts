import { formatIpv4, parseIpv4 } from "../ipv4";
import { formatIpv6, parseIpv6 } from "../ipv6";
import type { NumberKind } from "../numbers/number-kind";
import type { Run } from "../numbers/run";

/** A version of the Internet Protocol, and the keys that its addresses are written under. */
export interface IpVersion {
  readonly name: "IPv4" | "IPv6";
  readonly key: "ipv4" | "ipv6";
  /** The key of a pool's addresses: a range, a list or how they are got. */
  readonly poolKey: "addresses" | "addresses6";
  /** The key of a single member's address. */
  readonly memberKey: "address" | "address6";
  readonly bits: number;
  readonly addresses: NumberKind;
}

export const ipv4: IpVersion = {
  name: "IPv4",
  key: "ipv4",
  poolKey: "addresses",
  memberKey: "address",
  bits: 32,
  addresses: {
    noun: "address",
    caution: "",
    widen: "use a larger network",
    parse: (text) => BigInt(good(parseIpv4(text), text)),
    format: (value) => formatIpv4(Number(value)),
  },
};

export const ipv6: IpVersion = {
  name: "IPv6",
  key: "ipv6",
  poolKey: "addresses6",
  memberKey: "address6",
  bits: 128,
  addresses: {
    noun: "address",
    caution: "",
    widen: "use a larger network",
    parse: (text) => good(parseIpv6(text), text),
    format: formatIpv6,
  },
};

/** Both versions, in the order in which they are told. */
export const ipVersions: readonly IpVersion[] = [ipv4, ipv6];

/** The version of an address, or of a range of them. */
export function versionOf(text: string): IpVersion {
  return text.includes(":") ? ipv6 : ipv4;
}

/** The one way to write an address of either version: RFC 5952 for IPv6. The text is sure to parse. */
export function canonicalAddress(text: string): string {
  const { addresses } = versionOf(text);
  return addresses.format(addresses.parse(text));
}

/** The addresses of a network in numbers. */
export interface Subnet {
  readonly version: IpVersion;
  /** "192.168.1.0/24". */
  readonly cidr: string;
  /** In bits: 24. */
  readonly prefixLength: number;
  /** All its addresses. */
  readonly edges: Run;
  /** Those that machines can have. */
  readonly hosts: Run;
}

/** The subnet that a network in CIDR notation stands for. The text is sure to parse. */
export function subnetOf(version: IpVersion, cidr: string): Subnet {
  const [base = "", length = ""] = cidr.split("/");
  const prefixLength = Number(length);
  const size = 1n << BigInt(version.bits - prefixLength);
  const first = version.addresses.parse(base);
  const last = first + size - 1n;
  return {
    version,
    cidr: `${version.addresses.format(first)}/${prefixLength}`,
    prefixLength,
    edges: { first, last },
    // An IPv6 network has no broadcast address; its own is that of all its routers (RFC 4291, 2.6.1).
    hosts: { first: first + 1n, last: version === ipv4 ? last - 1n : last },
  };
}

/** What an address at the edge of a subnet is, where no machine can have it: "the broadcast address". */
export function edgeName({ version, edges, hosts }: Subnet, address: bigint): string | undefined {
  if (address === edges.first)
    return version === ipv4 ? "the network address" : "the anycast address of the routers";
  return address === edges.last && edges.last !== hosts.last ? "the broadcast address" : undefined;
}

function good<T>(value: T | undefined, text: string): T {
  if (value === undefined)
    throw new Error(`the reader let the address ${text} through; this is a bug in lib/topology`);
  return value;
}
