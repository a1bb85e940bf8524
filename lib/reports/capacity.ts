import type { Topology } from "../topology";
import { disksOf } from "./totals";

/** What is given of something, and what there is. */
export interface Usage {
  readonly given: number;
  /**
   * Declared, before over-commit.
   * @default - not known, and not limited
   */
  readonly declared?: number;
  /** How many times what is declared may be given. */
  readonly overcommit: number;
}

/** The share that is given of what may be given, over-commit included: 0.5 is half; undefined where that is not known, or nothing. */
export function shareGiven({ given, declared = 0, overcommit }: Usage): number | undefined {
  return declared === 0 ? undefined : given / (declared * overcommit);
}

/** What the VMs on a Proxmox node take of it. */
export interface NodeUsage {
  readonly node: string;
  readonly vms: number;
  readonly cores: Usage;
  readonly memoryMiB: Usage;
}

/** What the disks on a storage take of it: of a local one those on one node, of a shared one all. */
export interface StorageUsage {
  readonly storage: string;
  /**
   * Name of the node.
   * @default - every node: the storage is shared
   */
  readonly node?: string;
  readonly disks: number;
  readonly sizeGiB: Usage;
}

/** What is taken of each Proxmox node, in the order of the file; also of those that hold no VM. */
export function nodeUsages(topology: Topology): NodeUsage[] {
  const given = new Map(topology.nodes.map(({ name }) => [name, { vms: 0, cores: 0, memoryMiB: 0 }]));
  for (const { vms } of topology.clusters) {
    for (const vm of vms) {
      const sums = given.get(vm.node);
      if (!sums) continue;
      sums.vms += 1;
      sums.cores += vm.cores;
      sums.memoryMiB += vm.memoryMiB;
    }
  }
  return topology.nodes.map(({ name, capacity }): NodeUsage => {
    const { vms = 0, cores = 0, memoryMiB = 0 } = given.get(name) ?? {};
    const { overcommit } = capacity;
    return {
      node: name,
      vms,
      cores: { given: cores, declared: capacity.cores, overcommit: overcommit.cores },
      memoryMiB: { given: memoryMiB, declared: capacity.memoryMiB, overcommit: overcommit.memory },
    };
  });
}

/** What is taken of each storage, those declared first; of a local one on each node that uses or declares it. */
export function storageUsages(topology: Topology): StorageUsage[] {
  const given = givenOfStorages(topology);
  return topology.storages.flatMap(({ name, shared, capacityGiB }): StorageUsage[] => {
    const onNodes = given.get(name) ?? new Map<string, { disks: number; sizeGiB: number }>();
    if (shared === true) {
      const all = [...onNodes.values()];
      const overcommit = topology.nodes[0]?.capacity.overcommit.storage ?? 1;
      return [
        {
          storage: name,
          disks: sum(all.map(({ disks }) => disks)),
          sizeGiB: { given: sum(all.map(({ sizeGiB }) => sizeGiB)), declared: capacityGiB, overcommit },
        },
      ];
    }
    return topology.nodes.flatMap(({ name: node, capacity }): StorageUsage[] => {
      const used = onNodes.get(node);
      const declared = capacity.storageGiB[name];
      if (!used && declared === undefined) return [];
      const { disks = 0, sizeGiB = 0 } = used ?? {};
      const overcommit = capacity.overcommit.storage;
      return [{ storage: name, node, disks, sizeGiB: { given: sizeGiB, declared, overcommit } }];
    });
  });
}

/** Disks by storage and node. */
function givenOfStorages({
  clusters,
}: Topology): Map<string, Map<string, { disks: number; sizeGiB: number }>> {
  const given = new Map<string, Map<string, { disks: number; sizeGiB: number }>>();
  for (const { vms } of clusters) {
    for (const vm of vms) {
      for (const { storage, sizeGiB } of disksOf(vm)) {
        const onNodes = given.get(storage) ?? new Map<string, { disks: number; sizeGiB: number }>();
        given.set(storage, onNodes);
        const used = onNodes.get(vm.node) ?? { disks: 0, sizeGiB: 0 };
        onNodes.set(vm.node, used);
        used.disks += 1;
        used.sizeGiB += sizeGiB;
      }
    }
  }
  return given;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
