import type { InterfacePlan } from "../addresses/interface-plan";
import type { Network, Subnet } from "../topology";
import { SHARED_NETWORK } from "../networks/main-network-name";
import type { RoutedSubnet } from "../networks/network-plan";

/**
 * The networks that members are in, each once: the topology's main network, those of clusters, then the others.
 * @param further the names of the others, in the order in which they are declared
 */
export function distinctNetworks(interfaces: Iterable<InterfacePlan>, further: readonly string[]): Network[] {
  const networks = new Map<string, Network>();
  for (const { network, bridge = "" } of interfaces) {
    const { name, vlanId, mtu, dnsServers = [] } = network;
    if (networks.has(name)) continue;
    const ipv4 = subnetOf(network.ipv4);
    const ipv6 = subnetOf(network.ipv6);
    networks.set(name, { name, bridge, vlanId, mtu, ipv4, ipv6, dnsServers: [...dnsServers] });
  }
  const names = new Set([
    SHARED_NETWORK,
    ...[...networks.keys()].filter((name) => !further.includes(name)),
    ...further,
  ]);
  return [...names].flatMap((name) => networks.get(name) ?? []);
}

function subnetOf(subnet: RoutedSubnet | "bad" | undefined): Subnet | undefined {
  if (typeof subnet !== "object") return undefined;
  const { cidr, gateway, version } = subnet;
  return { cidr, gateway: gateway === undefined ? undefined : version.addresses.format(gateway) };
}
