import { contains, isHostAddress, networkOf, parseIpv4 } from "../topology/ipv4";
import { contains6, isHostAddress6, isLinkLocal6, networkOf6, parseIpv6 } from "../topology/ipv6";
import type { FurtherInterfaceProps, NetworkInterfaceProps } from "./network-interface";
import { plainWord, wholeNumber } from "./prop-checks";
import type { PropChecks, PropRule } from "./prop-checks";

/** net0 to net7 are the cards that the provider knows. */
const MOST_FURTHER_INTERFACES = 7;

const vlanId = wholeNumber(1, 4094);
const mtu = wholeNumber(576, 65_520);

const hostAddress: PropRule<string> = (value) => {
  const address = parseIpv4(value);
  return address !== undefined && isHostAddress(address)
    ? undefined
    : "a host's IPv4 address, such as 192.168.1.10";
};

const hostAddress6: PropRule<string> = (value) => {
  const address = parseIpv6(value);
  return address !== undefined && isHostAddress6(address)
    ? undefined
    : "a host's IPv6 address, such as 2001:db8::10";
};

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
  checks.check(`${prefix}bridge`, bridge, plainWord);
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
  if (address === undefined || !isHostAddress(address) || !(prefixLength >= 1 && prefixLength <= 32)) {
    return 'an IPv4 address with its prefix length, such as "192.168.1.100/24", or "dhcp"';
  }
  const router = gateway === undefined ? undefined : parseIpv4(gateway);
  if (router === undefined) return undefined;
  if (router === address) return "another address than 'gateway'";
  const inside = contains(networkOf(address, prefixLength), router);
  return inside ? undefined : `in one network with 'gateway' (${gateway})`;
}

function mustOfIpv6(value: string, gateway: string | undefined): string | undefined {
  if (value === "dhcp" || value === "auto")
    return gateway === undefined ? undefined : "an address where 'gateway6' is given";
  const [text, prefixLength] = splitCidr(value);
  const address = parseIpv6(text);
  if (address === undefined || !isHostAddress6(address) || !(prefixLength >= 8 && prefixLength <= 128)) {
    return 'an IPv6 address with its prefix length, such as "2001:db8::100/64", "auto" or "dhcp"';
  }
  const router = gateway === undefined ? undefined : parseIpv6(gateway);
  if (router === undefined) return undefined;
  if (router === address) return "another address than 'gateway6'";
  // Routers announce a link-local address, which is in no network of theirs.
  const inside = isLinkLocal6(router) || contains6(networkOf6(address, prefixLength), router);
  return inside ? undefined : `in one network with 'gateway6' (${gateway})`;
}

/** The address and the prefix length, NaN where there is none. */
function splitCidr(text: string): [address: string, prefixLength: number] {
  const [, address = "", prefix] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  return [address, Number(prefix)];
}
