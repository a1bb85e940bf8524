import type { Cluster, Pool, Topology, Vm } from "../../topology";
import { nodeUsages, storageUsages } from "../capacity";
import type { NodeUsage, StorageUsage } from "../capacity";

/** How much of every VM is drawn: a card with all of it, a row, or only how many there are. */
export type Detail = "cards" | "rows" | "counts";

/** What every part of the picture needs to know. */
export interface Scene {
  readonly topology: Topology;
  /** Every VM, cluster by cluster. */
  readonly vms: readonly Vm[];
  readonly detail: Detail;
  /** How many digits the longest VM id has. */
  readonly idDigits: number;
  /** The number of each cluster by its name: its place in the order in which clusters are made, from 1. */
  readonly numbers: ReadonlyMap<string, number>;
  /** What is taken of each Proxmox node, by its name. */
  readonly nodeUsages: ReadonlyMap<string, NodeUsage>;
  /** What is taken of storages, by the name of the node for those that are local; "" for those that are shared. */
  readonly storageUsages: ReadonlyMap<string, readonly StorageUsage[]>;
  /** What each Proxmox node holds, by its name. */
  readonly groups: ReadonlyMap<string, readonly Group[]>;
}

/** The VMs of one pool on one Proxmox node. */
export interface Group {
  readonly cluster: Cluster;
  readonly pool: Pool;
  /** In the order of their numbers; at least one. */
  readonly vms: readonly Vm[];
}

/** Up to so many VMs each has a card, or a row. */
const MOST_CARDS = 24;
const MOST_ROWS = 300;

/** More of a kind than this is summarised, so that the picture of any topology has a bounded size. */
export const MOST_HOSTS = 24;
export const MOST_GROUPS = 10;
export const MOST_CLUSTERS = 24;
export const MOST_NETWORKS = 12;
export const MOST_STORAGES = 12;

/** Decides how a topology is drawn. */
export function createScene(topology: Topology): Scene {
  const vms = topology.clusters.flatMap((cluster) => cluster.vms);
  const detail = vms.length <= MOST_CARDS ? "cards" : vms.length <= MOST_ROWS ? "rows" : "counts";
  return {
    topology,
    vms,
    detail,
    idDigits: vms.reduce((most, { vmId }) => Math.max(most, String(vmId).length), 0),
    numbers: new Map(topology.clusters.map(({ name }, index) => [name, index + 1])),
    nodeUsages: new Map(nodeUsages(topology).map((usage) => [usage.node, usage])),
    storageUsages: storagesByNode(topology),
    groups: groupByNode(topology),
  };
}

function storagesByNode(topology: Topology): Map<string, StorageUsage[]> {
  const usages = new Map<string, StorageUsage[]>();
  for (const usage of storageUsages(topology)) {
    const node = usage.node ?? "";
    usages.set(node, [...(usages.get(node) ?? []), usage]);
  }
  return usages;
}

function groupByNode({ clusters }: Topology): Map<string, Group[]> {
  const groups = new Map<string, Group[]>();
  for (const cluster of clusters) {
    for (const pool of cluster.pools) {
      const byNode = new Map<string, Vm[]>();
      for (const vm of pool.vms) {
        const vms = byNode.get(vm.node);
        if (vms) vms.push(vm);
        else byNode.set(vm.node, [vm]);
      }
      for (const [node, vms] of byNode) {
        const list = groups.get(node) ?? [];
        groups.set(node, list);
        list.push({ cluster, pool, vms });
      }
    }
  }
  return groups;
}
