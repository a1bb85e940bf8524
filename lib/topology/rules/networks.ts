import { formatPath } from "../fault";
import type { FaultPath } from "../fault";
import { clusterOfNetwork } from "../networks/main-network-name";
import type { Network, Subnet, Topology } from "../topology";
import { wireOf } from "../wire";
import { networkPath, networkSettingPath } from "./paths";
import type { Report, Rule } from "./rule";
import { findOverlaps, subnetSpan } from "./spans";
import type { Span } from "./spans";

/** A subnet and the network it is of. */
interface PlacedSubnet extends Span {
  readonly cidr: string;
  readonly network: Network;
}

export const networksOverlap: Rule = {
  name: "networks-overlap",
  level: "warning",
  summary:
    "Two networks have addresses in common: on different bridges or VLANs, or on one with different prefixes.",
  reason:
    "A router cannot tell which of two VLANs an address is in, and VMs whose prefixes differ disagree on who is their neighbour. Give each network a range of its own.",
  check: ({ networks }, report) => {
    for (const version of ["ipv4", "ipv6"] as const) {
      const subnets = networks.flatMap((network): PlacedSubnet[] => placed(network, network[version]));
      for (const { earlier, later } of findOverlaps(subnets)) {
        const sameWire = wireOf(earlier.network) === wireOf(later.network);
        if (sameWire && earlier.cidr === later.cidr) continue;
        const other = `${earlier.cidr} (${formatPath(networkPath(earlier.network.name))})`;
        report({
          path: networkPath(later.network.name),
          problem: sameWire
            ? `got ${later.cidr} on ${wireOf(later.network)}, where ${other} has the same addresses with another prefix`
            : `got ${later.cidr} on ${wireOf(later.network)}, which overlaps ${other} on ${wireOf(earlier.network)}`,
          fix: sameWire ? "use one of the two for both" : "use another range for one of the two",
          clusters: clustersOf(earlier.network, later.network),
        });
      }
    }
  },
};

/**
 * What K3s and RKE2 give to pods and to services by default.
 * Sources: K3s, "k3s server", https://docs.k3s.io/cli/server (github.com/k3s-io/docs at 0243496); RKE2,
 * "Server Configuration Reference", https://docs.rke2.io/reference/server_config (github.com/rancher/rke2-docs at 16dc62a).
 */
const clusterRanges = [
  { cidr: "10.42.0.0/16", what: "pods", setting: "cluster-cidr" },
  { cidr: "10.43.0.0/16", what: "services", setting: "service-cidr" },
];

export const clusterNetworkRange: Rule = {
  name: "cluster-network-range",
  level: "warning",
  summary: "A network overlaps 10.42.0.0/16 or 10.43.0.0/16, which K3s and RKE2 use inside the cluster.",
  reason:
    "Pods could not reach what has such an address, as they take it for one of their own. Use another network, or install with another cluster-cidr or service-cidr.",
  check: ({ networks }, report, written) => {
    const told = new Set<string>();
    for (const network of networks) {
      const path = networkSettingPath(network.name, written, "cidr");
      if (!told.has(formatPath(path))) reportClusterRanges(network, path, report);
      told.add(formatPath(path));
    }
  },
};

function reportClusterRanges(network: Network, path: FaultPath, report: Report): void {
  if (!network.ipv4) return;
  const own = subnetSpan(network.ipv4.cidr);
  for (const { cidr, what, setting } of clusterRanges) {
    const range = subnetSpan(cidr);
    if (own.last < range.first || range.last < own.first) continue;
    report({
      path,
      problem: `got ${network.ipv4.cidr}, which overlaps ${cidr}, from which K3s and RKE2 give ${what} their addresses`,
      fix: `use another network, or install with another ${setting} and acknowledge this`,
      clusters: clustersOf(network),
    });
  }
}

/** Kubernetes gives each node a /24 of 10.42.0.0/16. Source: K3s, "Requirements", https://docs.k3s.io/installation/requirements. */
const MOST_MEMBERS = 255;

export const podNetworkFull: Rule = {
  name: "pod-network-full",
  level: "warning",
  summary: `A cluster has more than ${MOST_MEMBERS} members.`,
  reason:
    "Each takes a /24 of 10.42.0.0/16 for its pods, of which there are 256: the members that come last get none, and run no pod. Split the cluster, or install with a larger cluster-cidr.",
  check: ({ clusters }: Topology, report) => {
    for (const { name, vms } of clusters) {
      if (vms.length <= MOST_MEMBERS) continue;
      report({
        path: ["clusters", name],
        problem: `got ${vms.length} members, more than the ${MOST_MEMBERS} whose pods have addresses in 10.42.0.0/16`,
        fix: "split the cluster, or install with a larger cluster-cidr and acknowledge this",
        clusters: [name],
      });
    }
  },
};

function placed(network: Network, subnet: Subnet | undefined): PlacedSubnet[] {
  return subnet ? [{ ...subnetSpan(subnet.cidr), cidr: subnet.cidr, network }] : [];
}

function clustersOf(...networks: Network[]): string[] {
  return networks.flatMap(({ name }) => clusterOfNetwork(name) ?? []);
}
