import type { InterfaceAddress, NetworkInterface } from "../topology";

/** What an interface is reached at, IPv4 first: "192.168.1.100", "dhcp"; of IPv6 "dhcp6" and "auto6". */
export function addressTexts({ ipv4, ipv6 }: Pick<NetworkInterface, "ipv4" | "ipv6">): string[] {
  // The file's words for both versions are the same.
  return [...textOf(ipv4, ""), ...textOf(ipv6, "6")];
}

function textOf(ip: InterfaceAddress | undefined, suffix: string): string[] {
  if (ip === undefined) return [];
  return [typeof ip === "object" ? ip.address : `${ip}${suffix}`];
}
