import ipaddr from "ipaddr.js";
import { parsePropertyString, sameProperties } from "./property-string";

/** How cloud-init is to set up a network card: an `ipconfigN` value. */
export interface IpConfig {
  /** `dhcp`, `manual`, or an address with its prefix. @default - no IPv4 */
  readonly ip?: string;
  /** The IPv4 address alone where `ip` holds one. */
  readonly ipv4Address?: string;
}

const KEYS = new Set(["ip", "gw", "ip6", "gw6"]);

/**
 * Parses and checks an `ipconfigN` value such as `ip=192.168.1.100/24,gw=192.168.1.1`.
 * Refused too is what Proxmox takes and then ignores (a gateway beside `dhcp`) and a gateway outside the network.
 *
 * @throws Error that lists every fault
 */
export function parseIpConfig(text: string): IpConfig {
  const properties = parsePropertyString(text);
  const faults: string[] = [];
  for (const key of properties.keys()) {
    if (!KEYS.has(key)) faults.push(`"${key}" is not one of ip, gw, ip6, gw6`);
  }
  const ip = properties.get("ip");
  const ip6 = properties.get("ip6");
  faults.push(
    ...familyFaults("ip", "gw", ip, properties.get("gw"), "ipv4", 8, ["dhcp", "manual"]),
    ...familyFaults("ip6", "gw6", ip6, properties.get("gw6"), "ipv6", 8, ["dhcp", "auto", "manual"]),
  );
  if (faults.length > 0) throw new Error(faults.join("; "));
  const isAddress = ip?.includes("/") === true;
  return { ip, ...(isAddress ? { ipv4Address: ip.slice(0, ip.indexOf("/")) } : {}) };
}

function familyFaults(
  ipKey: string,
  gatewayKey: string,
  ip: string | undefined,
  gateway: string | undefined,
  kind: "ipv4" | "ipv6",
  minimumPrefix: number,
  words: readonly string[],
): string[] {
  const example = kind === "ipv4" ? "192.168.1.100/24" : "fd00::100/64";
  if (ip === undefined) return gateway === undefined ? [] : [`${gatewayKey} is given without ${ipKey}`];
  if (words.includes(ip)) {
    return gateway === undefined ? [] : [`${gatewayKey} cannot be given with ${ipKey}=${ip}`];
  }
  const network = parseCidr(ip, kind);
  if (network === undefined || network[1] < minimumPrefix) {
    return [
      `${ipKey} is "${ip}", allowed is ${words.join(", ")} or an address with prefix such as ${example}`,
    ];
  }
  if (gateway === undefined) return [];
  if (!isAddressOf(gateway, kind))
    return [`${gatewayKey} is "${gateway}", which is no ${kind === "ipv4" ? "IPv4" : "IPv6"} address`];
  if (!ipaddr.parse(gateway).match(network))
    return [`${gatewayKey} ${gateway} is outside the network of ${ip}, ${networkOf(ip, kind)}`];
  return [];
}

/** The network that an address with prefix is in, such as `192.168.1.0/24`. */
function networkOf(cidr: string, kind: "ipv4" | "ipv6"): string {
  const family = kind === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(cidr).toString()}${cidr.slice(cidr.indexOf("/"))}`;
}

function parseCidr(text: string, kind: "ipv4" | "ipv6"): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (!ipaddr.isValidCIDR(text) || !isAddressOf(text.slice(0, text.indexOf("/")), kind)) return undefined;
  return ipaddr.parseCIDR(text);
}

function isAddressOf(text: string, kind: "ipv4" | "ipv6"): boolean {
  return kind === "ipv4" ? ipaddr.IPv4.isValidFourPartDecimal(text) : ipaddr.IPv6.isValid(text);
}

/** Whether two values mean the same. */
export function sameIpConfig(a: string, b: string): boolean {
  return sameProperties(parsePropertyString(a), parsePropertyString(b));
}
