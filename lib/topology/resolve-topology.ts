import { checkAddresses, checkVmIds } from "./check-allocation";
import { checkNames } from "./check-names";
import { checkNetworks } from "./check-network";
import { checkOrder, inOrder } from "./check-order";
import { clusterDraftsOf, memberName } from "./cluster-draft";
import type { ClusterDraft } from "./cluster-draft";
import { FaultCollector } from "./fault-collector";
import type { TopologyInput } from "./input";
import { formatIpv4, parseCidr, parseIpv4 } from "./ipv4";
import { readInput } from "./read-input";
import { checkRules } from "./rules";
import type { Cluster, Network, Pool, Topology, Vm } from "./topology";
import { TopologyError } from "./topology-error";

/**
 * Resolves a topology that is written in TypeScript: checks it whole, fills in the defaults,
 * and gives every VM its name, VM id, address and Proxmox node.
 * @throws TopologyError with every fault that was found
 */
export function resolveTopology(input: TopologyInput): Topology {
  const faults = new FaultCollector();
  const topology = resolveInput(input, faults);
  if (!topology) throw new TopologyError(faults.all());
  return topology;
}

/**
 * Resolves an input of unknown shape.
 * @param faults gets every fault; those it holds already count too
 * @returns the topology, or undefined where there are faults
 */
export function resolveInput(input: unknown, faults: FaultCollector): Topology | undefined {
  const draft = readInput(input, faults);
  const clusters = clusterDraftsOf(draft, faults);
  const user = draft.access?.user ?? "ubuntu";
  checkNames(clusters, faults);
  checkOrder(clusters, faults);
  checkNetworks(clusters, faults);
  checkVmIds(clusters, faults);
  checkAddresses(clusters, faults);
  if (faults.all().length > 0) return undefined;
  const resolved = inOrder(clusters.map((cluster) => resolveCluster(cluster, user)));
  const names = new Set(clusters.flatMap(({ proxmox }) => proxmox.nodes ?? []));
  const topology: Topology = {
    clusters: resolved,
    nodes: [...names].map((name) => ({
      name,
      capacity: { storageGiB: {}, overcommit: { cores: 1, memory: 1, storage: 1 } },
    })),
    storages: [...new Set(clusters.map(({ proxmox }) => sure(proxmox.storage)))].map((name) => ({ name })),
    networks: distinctNetworks(clusters),
    warnings: [],
  };
  const warnings = checkRules(topology, {}, faults);
  return faults.all().length > 0 ? undefined : deepFreeze({ ...topology, warnings });
}

function distinctNetworks(clusters: readonly ClusterDraft[]): Network[] {
  const networks = new Map<string, Network>();
  for (const { network, proxmox } of clusters) {
    const { cidr, gateway, vlanId, dnsServers } = network;
    const described = {
      bridge: sure(proxmox.bridge),
      vlanId: vlanId ?? undefined,
      ipv4: { cidr: sure(cidr), gateway },
      dnsServers: sure(dnsServers),
    };
    const text = JSON.stringify(described);
    if (!networks.has(text)) networks.set(text, { name: "main", ...described });
  }
  return [...networks.values()];
}

function resolveCluster(
  { name, settings, proxmox, network }: ClusterDraft,
  user: string | undefined,
): Cluster {
  const nodes = sure(proxmox.nodes);
  const firstVmId = sure(settings.firstVmId);
  const firstAddress = sure(parseIpv4(sure(settings.firstAddress)));
  const shared = {
    templateId: sure(proxmox.templateId),
    storage: sure(proxmox.storage),
    cores: sure(settings.cores),
    memoryMiB: sure(settings.memoryMiB),
    diskGiB: sure(settings.diskGiB),
    extraDisks: [],
    dnsServers: sure(network.dnsServers),
    domain: sure(network.domain),
    user: sure(user),
    tags: [],
    labels: {},
    taints: [],
  };
  const { prefixLength } = sure(parseCidr(sure(network.cidr)));
  const vms = Array.from({ length: sure(settings.members) }, (_, index): Vm => {
    const key = memberName(name, index + 1);
    return {
      key,
      name: key,
      cluster: name,
      number: index + 1,
      role: "server",
      vmId: firstVmId + index,
      node: sure(nodes[index % nodes.length]),
      interfaces: [
        {
          device: "net0",
          network: "main",
          bridge: sure(proxmox.bridge),
          vlanId: network.vlanId ?? undefined,
          ipv4: {
            address: formatIpv4(firstAddress + index),
            prefixLength,
            gateway: sure(network.gateway),
          },
        },
      ],
      ...shared,
    };
  });
  const pool: Pool = {
    role: "server",
    placement: "rotate",
    vmIdRanges: [{ first: firstVmId, last: firstVmId + vms.length - 1 }],
    addressRanges: [
      {
        network: "main",
        first: formatIpv4(firstAddress),
        last: formatIpv4(firstAddress + vms.length - 1),
      },
    ],
    vms,
  };
  return {
    name,
    role: sure(settings.role),
    waitsFor: sure(settings.waitsFor),
    domain: shared.domain,
    pools: [pool],
    vms,
  };
}

/** A value that the checks have made sure of. */
function sure<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error("a value is missing that no check has told of; this is a bug in lib/topology");
  return value;
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === "object" && inner !== null) deepFreeze(inner as object);
  }
  return Object.freeze(value);
}
