import {
  edgeReason,
  familyLabel,
  isAddress,
  isInNetwork,
  isLinkLocal,
  networkOf,
  parseInterfaceAddress,
  sameAddress,
  unusableReason,
  type InterfaceAddress,
  type IpFamily,
} from "./ip-address";
import { parsePropertyString, sameProperties } from "./property-string";

/** How cloud-init is to set up a network card: an `ipconfigN` value. */
export interface IpConfig {
  /** `dhcp`, `manual`, or an address with its prefix. @default - no IPv4 */
  readonly ip?: string;
  /** Gateway. @default - none */
  readonly gw?: string;
  /** `dhcp`, `auto`, `manual`, or an address with its prefix. @default - no IPv6 */
  readonly ip6?: string;
  /** Gateway. @default - none */
  readonly gw6?: string;
}

const KEYS = ["ip", "gw", "ip6", "gw6"];

interface FamilyRules {
  readonly family: IpFamily;
  readonly ipKey: "ip" | "ip6";
  readonly gatewayKey: "gw" | "gw6";
  readonly words: readonly string[];
  readonly prefixes: readonly [minimum: number, maximum: number];
  readonly example: string;
}

/** Source: pve-common src/PVE/JSONSchema.pm (pve_verify_cidrv4, pve_verify_cidrv6), qemu-server Cloudinit.pm. */
const RULES: readonly FamilyRules[] = [
  {
    family: "ipv4",
    ipKey: "ip",
    gatewayKey: "gw",
    words: ["dhcp", "manual"],
    prefixes: [8, 32],
    example: "192.168.1.100/24",
  },
  {
    family: "ipv6",
    ipKey: "ip6",
    gatewayKey: "gw6",
    words: ["dhcp", "auto", "manual"],
    prefixes: [8, 128],
    example: "fd00::100/64",
  },
];

/**
 * Parses an `ipconfigN` value such as `ip=192.168.1.100/24,gw=192.168.1.1`, as far as Proxmox stores it.
 *
 * @throws Error where it is no property string of those keys
 */
export function parseIpConfig(text: string): IpConfig {
  const properties = parsePropertyString(text);
  const strangers = [...properties.keys()].filter((key) => !KEYS.includes(key));
  if (strangers.length > 0) {
    throw new Error(strangers.map((key) => `"${key}" is not one of ${KEYS.join(", ")}`).join("; "));
  }
  const [ip, gw, ip6, gw6] = KEYS.map((key) => properties.get(key));
  return { ip, gw, ip6, gw6 };
}

/**
 * Faults of an `ipconfigN` value. Among them is what Proxmox takes and then leaves out or no guest can work with: a
 * gateway beside `dhcp`, one outside the network, the network's own address.
 */
export function ipConfigFaults(text: string): string[] {
  try {
    const config = parseIpConfig(text);
    if (
      config.ip === undefined &&
      config.ip6 === undefined &&
      config.gw === undefined &&
      config.gw6 === undefined
    ) {
      return ["it has neither ip nor ip6"];
    }
    return RULES.flatMap((rules) => familyFaults(rules, config[rules.ipKey], config[rules.gatewayKey]));
  } catch (error) {
    return [(error as Error).message];
  }
}

function familyFaults(rules: FamilyRules, ip: string | undefined, gateway: string | undefined): string[] {
  const { family, ipKey, gatewayKey, words, prefixes, example } = rules;
  if (ip === undefined) return gateway === undefined ? [] : [`${gatewayKey} is given without ${ipKey}`];
  if (words.includes(ip)) {
    return gateway === undefined ? [] : [`${gatewayKey} cannot be given with ${ipKey}=${ip}`];
  }
  const faults: string[] = [];
  const own = parseInterfaceAddress(ip, family);
  if (own === undefined) {
    faults.push(
      `${ipKey} is "${ip}", allowed is ${words.join(", ")} or an address with prefix such as ${example}`,
    );
  } else if (own.prefixLength < prefixes[0]) {
    faults.push(`${ipKey} is "${ip}", allowed are prefixes of ${prefixes[0]} to ${prefixes[1]}`);
  } else {
    const reason = unusableReason(own.address) ?? edgeReason(own, family);
    if (reason !== undefined) faults.push(`${ipKey} ${ip} is ${reason}, which no guest can have`);
  }
  if (gateway !== undefined) faults.push(...gatewayFaults(rules, gateway, own));
  return faults;
}

function gatewayFaults(
  { family, ipKey, gatewayKey }: FamilyRules,
  gateway: string,
  own: InterfaceAddress | undefined,
): string[] {
  if (!isAddress(gateway, family)) {
    return [`${gatewayKey} is "${gateway}", which is no ${familyLabel(family)} address`];
  }
  const reason = unusableReason(gateway);
  if (reason !== undefined) return [`${gatewayKey} ${gateway} is ${reason}, which no gateway can have`];
  if (own === undefined) return [];
  if (sameAddress(gateway, own.address))
    return [`${gatewayKey} ${gateway} is the address of ${ipKey} itself`];
  // Routers announce their link-local address with IPv6.
  if (family === "ipv6" && isLinkLocal(gateway)) return [];
  if (!isInNetwork(gateway, own)) {
    return [`${gatewayKey} ${gateway} is outside the network of ${ipKey}, ${networkOf(own, family)}`];
  }
  const edge = family === "ipv4" ? edgeReason({ ...own, address: gateway }, family) : undefined;
  return edge === undefined ? [] : [`${gatewayKey} ${gateway} is ${edge}, which no gateway can have`];
}

/** Whether two values mean the same. */
export function sameIpConfig(a: string, b: string): boolean {
  return sameProperties(parsePropertyString(a), parsePropertyString(b));
}
