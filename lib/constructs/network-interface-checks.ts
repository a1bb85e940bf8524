import { contains, isHostAddress, networkOf, parseIpv4, type Ipv4Network } from "../topology/ipv4";
import { contains6, isHostAddress6, isLinkLocal6, networkOf6, parseIpv6 } from "../topology/ipv6";
import type { FurtherInterfaceProps, NetworkInterfaceProps } from "./network-interface";
import { wholeNumber } from "./prop-checks";
import type { PropChecks } from "./prop-checks";
import { bridgeName, hostAddress, hostAddress6 } from "./proxmox-values";

/** net0 to net7 are the cards that the provider knows. */
const MOST_FURTHER_INTERFACES = 7;

const vlanId = wholeNumber(1, 4094);
const mtu = wholeNumber(576, 65_520);

/**
 * Checks the props of one interface.
 * @param prefix what stands before their names in errors: "" or "furtherInterfaces[0]."
 */
export function checkNetworkInterface(
  checks: PropChecks,
  prefix: string,
  props: NetworkInterfaceProps,
): void {
  const { bridge, gateway, gateway6 } = props;
  checks.check(`${prefix}bridge`, bridge, bridgeName);
  checks.check(`${prefix}vlanId`, props.vlanId, vlanId);
  checks.check(`${prefix}mtu`, props.mtu, mtu);
  for (const prop of ["vlanId", "mtu"] as const) {
    if (props[prop] !== undefined && bridge === undefined)
      checks.fail(`'${prefix}${prop}' needs '${prefix}bridge'`);
  }
  checks.check(`${prefix}gateway`, gateway, hostAddress);
  checks.check(`${prefix}ipv4Cidr`, props.ipv4Cidr, (value) => mustOfIpv4(value, gateway));
  checks.check(`${prefix}gateway6`, gateway6, hostAddress6);
  checks.check(`${prefix}ipv6Cidr`, props.ipv6Cidr, (value) => mustOfIpv6(value, gateway6));
  if (gateway !== undefined && props.ipv4Cidr === undefined)
    checks.fail(`'${prefix}gateway' needs '${prefix}ipv4Cidr'`);
  if (gateway6 !== undefined && props.ipv6Cidr === undefined)
    checks.fail(`'${prefix}gateway6' needs '${prefix}ipv6Cidr'`);
}

/** Checks the prop `furtherInterfaces`. */
export function checkFurtherInterfaces(
  checks: PropChecks,
  interfaces: readonly FurtherInterfaceProps[] = [],
): void {
  if (interfaces.length > MOST_FURTHER_INTERFACES) {
    checks.fail(
      `'furtherInterfaces' must hold at most ${MOST_FURTHER_INTERFACES} interfaces, got ${interfaces.length}`,
    );
  }
  interfaces.forEach((each, index) => {
    checkNetworkInterface(checks, `furtherInterfaces[${index}].`, each);
  });
}

function mustOfIpv4(value: string, gateway: string | undefined): string | undefined {
  if (value === "dhcp") return gateway === undefined ? undefined : "an address where 'gateway' is given";
  const [text, prefixLength] = splitCidr(value);
  const address = parseIpv4(text);
  if (address === undefined || !isHostAddress(address) || !(prefixLength >= 8 && prefixLength <= 32)) {
    return 'an IPv4 address with its prefix length, such as "192.168.1.100/24", or "dhcp"';
  }
  const network = networkOf(address, prefixLength);
  if (isEdge(network, address)) return "a host's address: this is its network's own or its broadcast address";
  const router = gateway === undefined ? undefined : parseIpv4(gateway);
  if (router === undefined) return undefined;
  if (router === address) return "another address than 'gateway'";
  if (!contains(network, router)) return `in one network with 'gateway' (${gateway})`;
  return isEdge(network, router)
    ? `in a network in which 'gateway' (${gateway}) is a host's address, and not the network's own or its broadcast address`
    : undefined;
}

function mustOfIpv6(value: string, gateway: string | undefined): string | undefined {
  if (value === "dhcp" || value === "auto")
    return gateway === undefined ? undefined : "an address where 'gateway6' is given";
  const [text, prefixLength] = splitCidr(value);
  const address = parseIpv6(text);
  if (address === undefined || !isHostAddress6(address) || !(prefixLength >= 8 && prefixLength <= 128)) {
    return 'an IPv6 address with its prefix length, such as "2001:db8::100/64", "auto" or "dhcp"';
  }
  const network = networkOf6(address, prefixLength);
  if (prefixLength < 127 && address === network.base)
    return "a host's address: this is its network's own, which the routers share";
  const router = gateway === undefined ? undefined : parseIpv6(gateway);
  if (router === undefined) return undefined;
  if (router === address) return "another address than 'gateway6'";
  // Routers announce a link-local address, which is in no network of theirs.
  const inside = isLinkLocal6(router) || contains6(network, router);
  return inside ? undefined : `in one network with 'gateway6' (${gateway})`;
}

/** Networks of two addresses and of one have no edges (RFC 3021). */
function isEdge({ base, broadcast, prefixLength }: Ipv4Network, address: number): boolean {
  return prefixLength < 31 && (address === base || address === broadcast);
}

/** The address and the prefix length, NaN where there is none. */
function splitCidr(text: string): [address: string, prefixLength: number] {
  const [, address = "", prefix] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  return [address, Number(prefix)];
}
