import { isIP, isIPv4, isIPv6 } from "node:net";
import { accept, DNS_NAME, listOf } from "./formats";
import { type Format, FormatError } from "./types";

const isNetworkV4 = (value: string): boolean => isNetworkAddress(value, isIPv4, 32);
const isNetworkV6 = (value: string): boolean => isNetworkAddress(value, isIPv6, 128);

/** A MAC address of a single interface. */
export const unicastMac = accept(
  "mac-addr",
  (value) => /^[a-f0-9][02468ace](?::[a-f0-9]{2}){5}$/i.test(value),
  () => "value does not look like a valid unicast MAC address",
);

/** The name of a bridge; whether it exists shows only at the start of a VM. */
export const bridgeId = accept(
  "pve-bridge-id",
  (value) => /^[-_.\w\d]+$/.test(value),
  (value) => `invalid bridge ID '${value}'`,
);

/** The name of a host's network interface. */
export const interfaceName = accept(
  "pve-iface",
  (value) => /^[a-z][a-z0-9_]{1,20}(?:[:.]\d+)?$/i.test(value),
  (value) => `invalid network interface name '${value}'`,
);

/** Names of network interfaces. */
export const interfaceNameList = listOf(interfaceName);

/** VLANs of a bridge, single or in ranges: `2-4094`. */
export const vlanList = listOf({
  name: "pve-vlan-id-or-range",
  check: (value) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(value);
    if (match === null) throw new FormatError(`invalid VLAN configuration '${value}'`);
    const [, first = "", last] = match;
    for (const tag of last === undefined ? [first] : [first, last]) {
      if (Number(tag) < 2 || Number(tag) > 4094) throw new FormatError(`invalid VLAN tag '${tag}'`);
    }
    if (last !== undefined && Number(first) >= Number(last)) {
      throw new FormatError(`VLAN range must go from lower to higher tag '${value}'`);
    }
  },
});

/** An IPv4 address. */
export const ipv4Address = accept("ipv4", isIPv4, () => "value does not look like a valid IPv4 address");

/** An IPv6 address. */
export const ipv6Address = accept("ipv6", isIPv6, () => "value does not look like a valid IPv6 address");

/** An IPv4 network mask: `255.255.255.0`. */
export const ipv4Mask = accept(
  "ipv4mask",
  (value) => isIPv4(value) && isMask(value),
  () => "value does not look like a valid IP netmask",
);

/** An IPv4 address with its prefix length; `dhcp` or `manual` in its place. */
export const ipv4Configuration = accept(
  "pve-ipv4-config",
  (value) => value === "dhcp" || value === "manual" || isNetworkV4(value),
  () => "value does not look like a valid ipv4 network configuration",
);

/** An IPv6 address with its prefix length; `dhcp`, `auto` or `manual` in its place. */
export const ipv6Configuration = accept(
  "pve-ipv6-config",
  (value) => ["dhcp", "auto", "manual"].includes(value) || isNetworkV6(value),
  () => "value does not look like a valid ipv6 network configuration",
);

/** An IPv4 network in CIDR notation. */
export const cidrV4 = accept(
  "CIDRv4",
  isNetworkV4,
  () => "value does not look like a valid IPv4 CIDR network",
);

/** An IPv6 network in CIDR notation. */
export const cidrV6 = accept(
  "CIDRv6",
  isNetworkV6,
  () => "value does not look like a valid IPv6 CIDR network",
);

/** Any network in CIDR notation. */
export const cidr = accept(
  "CIDR",
  (value) => isNetworkV4(value) || isNetworkV6(value),
  () => "value does not look like a valid CIDR network",
);

/** IP addresses or DNS names. */
export const addressList: Format = listOf(
  accept(
    "address",
    (value) => isIP(value) !== 0 || DNS_NAME.test(value),
    (value) => `value does not look like a valid address: ${value}`,
  ),
);

function isNetworkAddress(value: string, isAddress: (text: string) => boolean, longest: number): boolean {
  const match = /^(.+)\/(\d+)$/.exec(value);
  const prefix = Number(match?.[2]);
  return isAddress(match?.[1] ?? "") && prefix >= 8 && prefix <= longest;
}

/** Whether all ones stand before all zeros. */
function isMask(address: string): boolean {
  const bits = address
    .split(".")
    .map((byte) => Number(byte).toString(2).padStart(8, "0"))
    .join("");
  return /^1*0*$/.test(bits);
}
