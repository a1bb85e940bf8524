import { stringify } from "yaml";
import type { Cluster, Network, Pool, ProxmoxNode, Storage, Topology, Vm, Warning } from "../topology";
import { addressAllocations, vmIdAllocations, type AddressAllocation, type Allocation } from "./allocations";
import { nodeUsages, storageUsages, type NodeUsage, type StorageUsage } from "./capacity";
import { totalsOf, type Totals } from "./totals";
import { YAML_OPTIONS } from "./yaml-options";

/** The resolved topology as data. Every list has a stable order; what is not there is left out. */
export interface TopologyDocument {
  /** Raised when a key changes its meaning or goes; new keys may come without. */
  readonly schemaVersion: 1;
  readonly summary: Totals & { readonly clusters: number; readonly warnings: number };
  /** In the order they are made. */
  readonly clusters: readonly ClusterDocument[];
  /** Every VM with all there is to know of it, cluster by cluster. */
  readonly vms: readonly Vm[];
  readonly nodes: readonly ProxmoxNode[];
  readonly storages: readonly Storage[];
  readonly networks: readonly Network[];
  /** What is given of nodes and storages, and what is declared. */
  readonly capacity: { readonly nodes: readonly NodeUsage[]; readonly storages: readonly StorageUsage[] };
  /** What is set aside, given and free, in ascending order. */
  readonly allocations: {
    readonly vmIds: readonly Allocation[];
    readonly addresses: readonly AddressAllocation[];
  };
  /** Acknowledged ones included. */
  readonly warnings: readonly Warning[];
}

/** A cluster; its members stand under `vms` of the whole. */
export interface ClusterDocument extends Omit<Cluster, "pools" | "vms"> {
  readonly totals: Totals;
  readonly pools: readonly PoolDocument[];
}

/** A pool of a cluster. */
export interface PoolDocument extends Omit<Pool, "vms"> {
  readonly totals: Totals;
  /** Keys of its members. */
  readonly members: readonly string[];
}

/** The resolved topology as data, for programs. */
export function topologyDocument(topology: Topology): TopologyDocument {
  const { clusters, nodes, storages, networks, warnings } = topology;
  const vms = clusters.flatMap((cluster) => cluster.vms);
  return {
    schemaVersion: 1,
    summary: {
      clusters: clusters.length,
      ...totalsOf(vms),
      warnings: warnings.filter(({ acknowledged }) => !acknowledged).length,
    },
    clusters: clusters.map(({ pools, vms: members, ...cluster }) => ({
      ...cluster,
      totals: totalsOf(members),
      pools: pools.map(({ vms: ofPool, ...pool }) => ({
        ...pool,
        totals: totalsOf(ofPool),
        members: ofPool.map(({ key }) => key),
      })),
    })),
    vms,
    nodes,
    storages,
    networks,
    capacity: { nodes: nodeUsages(topology), storages: storageUsages(topology) },
    allocations: { vmIds: vmIdAllocations(topology), addresses: addressAllocations(topology) },
    warnings,
  };
}

/** {@link topologyDocument} as JSON. */
export function renderJson(topology: Topology): string {
  return `${JSON.stringify(topologyDocument(topology), null, 2)}\n`;
}

/** {@link topologyDocument} as YAML. */
export function renderYaml(topology: Topology): string {
  return stringify(topologyDocument(topology), YAML_OPTIONS);
}
