import type { NetworkInterface } from "../topology";

/** What an interface has its addresses of one IP version by, where it has no fixed one. */
const METHODS: Readonly<Record<string, string>> = {
  "ipv4 dhcp": "DHCP",
  "ipv6 dhcp": "DHCPv6",
  "ipv6 auto": "SLAAC",
};

/** What an interface is reached at, IPv4 first: "192.168.1.100", "DHCP"; of IPv6 "DHCPv6" and "SLAAC". */
export function addressTexts({ ipv4, ipv6 }: Pick<NetworkInterface, "ipv4" | "ipv6">): string[] {
  return Object.entries({ ipv4, ipv6 }).flatMap(([version, ip]) => {
    if (ip === undefined) return [];
    return [typeof ip === "object" ? ip.address : methodText(version, ip)];
  });
}

/**
 * How people know what a topology and Proxmox VE call "dhcp" and "auto".
 * @param version "ipv4" or "ipv6"
 * @param value given back as it is where it is none of these
 */
export function methodText(version: string, value: string): string {
  return METHODS[`${version} ${value}`] ?? value;
}
