import type { Cluster, Network, Pool, Topology, Vm } from "../../../../lib/topology";

/** A pool as a test needs it: how many members, and what they have in common. */
export interface PoolSketch extends Partial<Omit<Pool, "vms">> {
  /** @default 3 */
  readonly count?: number;
  /** What each member has that differs from {@link makeTopology}'s usual one. */
  readonly each?: (number: number) => Partial<Vm>;
}

/** A cluster as a test needs it. */
export interface ClusterSketch extends Partial<Omit<Cluster, "vms" | "pools">> {
  /** @default - one unnamed pool of three servers */
  readonly pools?: readonly PoolSketch[];
}

const main: Network = {
  name: "main",
  bridge: "vmbr0",
  ipv4: { cidr: "10.1.0.0/16", gateway: "10.1.0.1" },
  dnsServers: ["10.1.0.1"],
};

/**
 * A topology that breaks no rule but for what is told: clusters by name, of servers that are each on a node of its own,
 * large enough for anything.
 */
export function makeTopology(
  clusters: Readonly<Record<string, ClusterSketch>>,
  shared: Partial<Omit<Topology, "clusters">> = {},
): Topology {
  const made = Object.entries(clusters).map(([name, sketch], index) => makeCluster(name, sketch, index));
  const nodes = new Set(made.flatMap(({ vms }) => vms.map(({ node }) => node)));
  return {
    clusters: made,
    nodes: [...nodes].map((name) => ({
      name,
      capacity: { storageGiB: {}, overcommit: { cores: 1, memory: 1, storage: 1 } },
    })),
    storages: [{ name: "local-zfs" }],
    networks: [main],
    warnings: [],
    ...shared,
  };
}

function makeCluster(name: string, { pools = [{}], ...own }: ClusterSketch, index: number): Cluster {
  const made = pools.map((sketch, poolIndex) => makePool(name, sketch, 1000 * (index + 1) + 100 * poolIndex));
  return {
    name,
    role: "apps",
    waitsFor: [],
    domain: "lab.example",
    pools: made,
    vms: made.flatMap(({ vms }) => vms),
    ...own,
  };
}

function makePool(cluster: string, { count = 3, each, ...own }: PoolSketch, firstVmId: number): Pool {
  const role = own.role ?? "server";
  const address = (offset: number): string => `10.1.${Math.floor(firstVmId / 100)}.${offset}`;
  const vms = Array.from({ length: count }, (_, index): Vm => {
    const key = [cluster, own.name, index + 1].filter((part) => part !== undefined).join("-");
    return {
      key,
      name: key,
      cluster,
      pool: own.name,
      number: index + 1,
      role,
      vmId: firstVmId + index,
      node: `pve${index + 1}`,
      templateId: 100,
      storage: "local-zfs",
      cores: 8,
      memoryMiB: 32_768,
      diskGiB: 100,
      extraDisks: [],
      interfaces: [
        {
          device: "net0",
          network: "main",
          bridge: "vmbr0",
          ipv4: { address: address(index + 1), prefixLength: 16, gateway: "10.1.0.1" },
        },
      ],
      dnsServers: ["10.1.0.1"],
      domain: "lab.example",
      user: "ubuntu",
      tags: [],
      labels: {},
      taints: [],
      ...each?.(index + 1),
    };
  });
  return {
    role,
    placement: "spread",
    leftOut: [],
    vmIdRanges: [{ first: firstVmId, last: firstVmId + count - 1 }],
    addressRanges: [{ network: "main", first: address(1), last: address(count) }],
    ...own,
    vms,
  };
}
