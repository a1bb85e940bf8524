import type { Cluster, Subnet, Topology, Vm } from "../topology";
import { namesOf, networkSettingPath } from "./paths";
import type { Rule } from "./rule";
import { addressNumber, subnetSpan, versionOf } from "./spans";
import type { IpVersion } from "./spans";

/** Why a VM cannot reach a resolver. */
type Obstacle = "version" | "gateway";

export const resolverUnreachable: Rule = {
  name: "resolver-unreachable",
  level: "warning",
  summary: "A DNS resolver is in none of the VM's networks, and no gateway leads to it.",
  reason:
    "Every look-up waits for it in vain, and with no other resolver nothing can be installed. An IPv6 resolver is out of reach of a VM that has IPv4 alone.",
  check: (topology, report, written) => {
    const reach = new Reach(topology);
    for (const cluster of topology.clusters) {
      for (const { resolver, obstacle, vms } of unreachable(cluster, reach)) {
        const [vm] = vms;
        const index = vm?.dnsServers.indexOf(resolver) ?? 0;
        const version = versionOf(resolver);
        const network = vm?.interfaces[0]?.network ?? "main";
        report({
          path: networkSettingPath(network, written, "dnsServers", index),
          problem:
            obstacle === "version"
              ? `got ${resolver}, but ${namesOf(vms)} ${vms.length === 1 ? "has" : "have"} no ${version} address`
              : `got ${resolver}, which is in no network of ${namesOf(vms)}, and no gateway leads to it`,
          fix:
            obstacle === "version"
              ? `use an ${version === "IPv4" ? "IPv6" : "IPv4"} resolver, or give them ${version}`
              : "use a resolver in their network, or give it a gateway",
          clusters: [cluster.name],
        });
      }
    }
  },
};

interface Unreachable {
  readonly resolver: string;
  readonly obstacle: Obstacle;
  readonly vms: Vm[];
}

function unreachable({ vms }: Cluster, reach: Reach): Iterable<Unreachable> {
  const found = new Map<string, Unreachable>();
  for (const vm of vms) {
    for (const resolver of vm.dnsServers) {
      const obstacle = reach.obstacleTo(resolver, vm);
      if (!obstacle) continue;
      const key = `${resolver} ${obstacle}`;
      const others = found.get(key);
      if (others) others.vms.push(vm);
      else found.set(key, { resolver, obstacle, vms: [vm] });
    }
  }
  return found.values();
}

/** Knows which addresses a VM reaches. */
class Reach {
  private readonly subnets: Map<string, { readonly IPv4?: Subnet; readonly IPv6?: Subnet }>;
  /** Whether an address is in a subnet, by the two texts: many VMs ask the same. */
  private readonly known = new Map<string, boolean>();

  constructor({ networks }: Topology) {
    this.subnets = new Map(networks.map(({ name, ipv4, ipv6 }) => [name, { IPv4: ipv4, IPv6: ipv6 }]));
  }

  /** What is in the way; undefined where nothing is, as far as is known. */
  obstacleTo(address: string, vm: Vm): Obstacle | undefined {
    const version = versionOf(address);
    let obstacle: Obstacle = "version";
    for (const { network, ipv4, ipv6 } of vm.interfaces) {
      const own = version === "IPv4" ? ipv4 : ipv6;
      if (own === undefined) continue;
      // DHCP and router advertisements tell of a router; IPv6 with a fixed address listens to them too.
      if (typeof own === "string" || version === "IPv6" || own.gateway !== undefined) return undefined;
      if (this.contains(network, version, address)) return undefined;
      obstacle = "gateway";
    }
    return obstacle;
  }

  private contains(network: string, version: IpVersion, address: string): boolean {
    const subnet = this.subnets.get(network)?.[version];
    if (!subnet) return false;
    const key = `${subnet.cidr} ${address}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { first, last } = subnetSpan(subnet.cidr);
    const number = addressNumber(address);
    const contained = number >= first && number <= last;
    this.known.set(key, contained);
    return contained;
  }
}
