import { checkAddresses, checkVmIds } from "./check-allocation";
import { checkNames } from "./check-names";
import { checkNetworks } from "./check-network";
import { checkOrder, inOrder } from "./check-order";
import { memberName } from "./cluster-draft";
import type { ClusterDraft } from "./cluster-draft";
import { FaultCollector } from "./fault-collector";
import type { TopologyInput } from "./input";
import { formatIpv4, parseCidr, parseIpv4 } from "./ipv4";
import { readInput } from "./read-input";
import type { Cluster, Topology, Vm } from "./topology";
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
  const { clusters, user } = readInput(input, faults);
  checkNames(clusters, faults);
  checkOrder(clusters, faults);
  checkNetworks(clusters, faults);
  checkVmIds(clusters, faults);
  checkAddresses(clusters, faults);
  if (faults.all().length > 0) return undefined;
  return deepFreeze({ clusters: inOrder(clusters.map((cluster) => resolveCluster(cluster, user))) });
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
    bridge: sure(proxmox.bridge),
    vlanId: network.vlanId ?? undefined,
    prefixLength: sure(parseCidr(sure(network.cidr))).prefixLength,
    gateway: sure(network.gateway),
    dnsServers: sure(network.dnsServers),
    domain: sure(network.domain),
    user: sure(user),
  };
  const vms = Array.from({ length: sure(settings.members) }, (_, index): Vm => {
    const key = memberName(name, index + 1);
    return {
      key,
      name: key,
      vmId: firstVmId + index,
      node: sure(nodes[index % nodes.length]),
      address: formatIpv4(firstAddress + index),
      ...shared,
    };
  });
  return { name, role: sure(settings.role), waitsFor: sure(settings.waitsFor), domain: shared.domain, vms };
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
