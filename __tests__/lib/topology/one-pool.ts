import { TopologyError, resolveTopology } from "../../../lib/topology";
import type { NetworkInterface, PoolInput, Topology, TopologyInput, Vm } from "../../../lib/topology";

export const sizes = { cores: 2, memoryMiB: 4096, diskGiB: 20 };
export const workers: PoolInput = {
  role: "server",
  count: 3,
  vmIds: "501-510",
  addresses: "10.1.0.50-10.1.0.59",
};
export const base: TopologyInput = {
  proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
  network: { cidr: "10.1.0.0/24", domain: "lab.example" },
  defaults: sizes,
  clusters: {},
};

export const resolvePool = (pool: Partial<PoolInput>, more: Partial<TopologyInput> = {}): Topology =>
  resolveTopology({
    ...base,
    ...more,
    clusters: { web: { role: "apps", pools: { workers: { ...workers, ...pool } } } },
  });

const vmsOf = (topology: Topology): readonly Vm[] => topology.clusters.flatMap(({ vms }) => vms);

/** The VMs of a topology whose only pool differs so. */
export const members = (pool: Partial<PoolInput>, more: Partial<TopologyInput> = {}): readonly Vm[] =>
  vmsOf(resolvePool(pool, more));

export const interfacesOf = (
  pool: Partial<PoolInput>,
  more?: Partial<TopologyInput>,
): readonly NetworkInterface[] => members(pool, more)[0]?.interfaces ?? [];

export const faultsOf = (resolve: () => unknown): string => {
  try {
    resolve();
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
  return "";
};
