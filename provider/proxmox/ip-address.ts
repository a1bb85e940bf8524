import ipaddr from "ipaddr.js";

/** A family of addresses. */
export type IpFamily = "ipv4" | "ipv6";

/** An address with its prefix. */
export interface InterfaceAddress {
  readonly address: string;
  readonly prefixLength: number;
}

const LABELS: Readonly<Record<IpFamily, string>> = { ipv4: "IPv4", ipv6: "IPv6" };

/** Kinds of addresses that no interface can have, and how a sentence names them. */
const UNUSABLE: Readonly<Record<string, string>> = {
  unspecified: "the address that stands for none",
  loopback: "a loopback address",
  multicast: "a multicast address",
  broadcast: "the broadcast address",
};

/** Whether a text is an address as Proxmox takes it: without leading zeros, prefix or zone. */
export function isAddress(text: string, family: IpFamily): boolean {
  if (family === "ipv4") return ipaddr.IPv4.isValidFourPartDecimal(text) && !/(^|\.)0\d/.test(text);
  return /^[0-9a-f:.]+$/i.test(text) && ipaddr.IPv6.isValid(text);
}

/** Parses `address/prefix`; `undefined` for anything else. */
export function parseInterfaceAddress(text: string, family: IpFamily): InterfaceAddress | undefined {
  const [address = "", prefix = "", ...more] = text.split("/");
  const longest = family === "ipv4" ? 32 : 128;
  if (more.length > 0 || !isAddress(address, family) || !/^(0|[1-9]\d*)$/.test(prefix)) return undefined;
  return Number(prefix) > longest ? undefined : { address, prefixLength: Number(prefix) };
}

/** Why no interface can have the address, to follow "is"; `undefined` where one can. */
export function unusableReason(address: string): string | undefined {
  return UNUSABLE[ipaddr.parse(address).range()];
}

/**
 * Why no interface can have the address in its network, to follow "is": the network's own address, and with IPv4 its
 * broadcast address. Networks too small to have them (/31, /32, /127, /128) have none.
 */
export function edgeReason(
  { address, prefixLength }: InterfaceAddress,
  family: IpFamily,
): string | undefined {
  const cidr = `${address}/${prefixLength}`;
  const parsed = ipaddr.parse(address).toNormalizedString();
  if (family === "ipv6") {
    const isEdge = ipaddr.IPv6.networkAddressFromCIDR(cidr).toNormalizedString() === parsed;
    return prefixLength < 127 && isEdge ? "the network's own address, which its routers share" : undefined;
  }
  if (prefixLength >= 31) return undefined;
  if (ipaddr.IPv4.networkAddressFromCIDR(cidr).toString() === parsed) return "the network's own address";
  if (ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString() === parsed)
    return "the network's broadcast address";
  return undefined;
}

/** Whether two addresses are the same, however they are written. */
export function sameAddress(a: string, b: string): boolean {
  return ipaddr.parse(a).toNormalizedString() === ipaddr.parse(b).toNormalizedString();
}

/** Whether an address is in the network of another. */
export function isInNetwork(address: string, { address: base, prefixLength }: InterfaceAddress): boolean {
  return ipaddr.parse(address).match(ipaddr.parse(base), prefixLength);
}

/** Whether an address holds on its link alone, as routers announce theirs with IPv6. */
export function isLinkLocal(address: string): boolean {
  return ipaddr.parse(address).range() === "linkLocal";
}

/** The network that an address is in, such as `192.168.1.0/24`. */
export function networkOf({ address, prefixLength }: InterfaceAddress, family: IpFamily): string {
  const type = family === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${type.networkAddressFromCIDR(`${address}/${prefixLength}`).toString()}/${prefixLength}`;
}

/** `IPv4` or `IPv6`. */
export function familyLabel(family: IpFamily): string {
  return LABELS[family];
}
