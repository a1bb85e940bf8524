import type { FaultPath } from "../fault";
import type { Topology, Vm } from "../topology";
import { namesOf } from "./paths";
import type { Report, Rule } from "./rule";

/** Something that VMs use up, with what there is of it. */
interface Supply {
  readonly path: FaultPath;
  /** Who gives it: "pve1", "storage ceph". */
  readonly owner: string;
  readonly declared: number;
  /** How much of it a VM uses. */
  readonly usedBy: (vm: Vm) => number;
}

export const coresOvercommit: Rule = {
  name: "cores-overcommit",
  level: "off",
  summary: "VMs have more cores than their Proxmox node, within the over-commit factor.",
  reason:
    "They share them, and wait for each other when all are busy, which costs time and nothing else. The factor says that this is meant, so the rule is off unless its level is set. It is checked where a node's cores are given and overcommit.cores is above 1.",
  check: (topology, report) => {
    const vmsByNode = groupByNode(topology);
    for (const { name, capacity } of topology.nodes) {
      if (capacity.cores === undefined) continue;
      const path = ["proxmox", "nodes", name, "cores"];
      const supply = { path, owner: name, declared: capacity.cores, usedBy: (vm: Vm) => vm.cores };
      reportOvercommit(supply, vmsByNode.get(name) ?? [], "cores", report);
    }
  },
};

export const memoryOvercommit: Rule = {
  name: "memory-overcommit",
  level: "warning",
  summary: "VMs have more memory than their Proxmox node, within the over-commit factor.",
  reason:
    "When they all use theirs, the node swaps or its kernel kills one of them: where the factor is used, acknowledge it or take some off. It is checked where a node's memoryMiB is given and overcommit.memory is above 1.",
  check: (topology, report) => {
    const vmsByNode = groupByNode(topology);
    for (const { name, capacity } of topology.nodes) {
      if (capacity.memoryMiB === undefined) continue;
      const path = ["proxmox", "nodes", name, "memoryMiB"];
      const supply = { path, owner: name, declared: capacity.memoryMiB, usedBy: (vm: Vm) => vm.memoryMiB };
      reportOvercommit(supply, vmsByNode.get(name) ?? [], "MiB", report);
    }
  },
};

export const storageOvercommit: Rule = {
  name: "storage-overcommit",
  level: "warning",
  summary: "Disks are larger together than the storage they are on, within the over-commit factor.",
  reason:
    "When they fill up, the storage is full and every VM on it stops at its next write: where the factor is used, acknowledge it or take some off. It is checked where the room of a storage is given and overcommit.storage is above 1.",
  check: (topology, report) => {
    const vmsByNode = groupByNode(topology);
    for (const { name, capacity } of topology.nodes) {
      const vms = vmsByNode.get(name) ?? [];
      for (const [storage, declared] of Object.entries(capacity.storageGiB)) {
        const path = ["proxmox", "nodes", name, "storageGiB", storage];
        const owner = `storage ${storage} of ${name}`;
        reportOvercommit({ path, owner, declared, usedBy: diskUseOf(storage) }, vms, "GiB", report);
      }
    }
    const all = topology.clusters.flatMap(({ vms }) => vms);
    for (const { name, capacityGiB: declared } of topology.storages) {
      if (declared === undefined) continue;
      const path = ["proxmox", "storages", name, "capacityGiB"];
      const owner = `storage ${name}`;
      reportOvercommit({ path, owner, declared, usedBy: diskUseOf(name) }, all, "GiB", report);
    }
  },
};

function reportOvercommit(
  { path, owner, declared, usedBy }: Supply,
  vms: readonly Vm[],
  unit: string,
  report: Report,
): void {
  const total = vms.reduce((sum, vm) => sum + usedBy(vm), 0);
  if (total <= declared) return;
  const users = vms.filter((vm) => usedBy(vm) > 0);
  report({
    path,
    problem: `got ${declared} ${unit} on ${owner}, and ${total} given to VMs there (${namesOf(users)})`,
    fix: `take ${total - declared} off them, or put some elsewhere`,
    clusters: [],
  });
}

function diskUseOf(storage: string): (vm: Vm) => number {
  return (vm) => {
    const boot = vm.storage === storage ? vm.diskGiB : 0;
    return vm.extraDisks.reduce((sum, disk) => (disk.storage === storage ? sum + disk.sizeGiB : sum), boot);
  };
}

function groupByNode({ clusters }: Topology): Map<string, Vm[]> {
  const vmsByNode = new Map<string, Vm[]>();
  for (const { vms } of clusters) {
    for (const vm of vms) {
      const others = vmsByNode.get(vm.node);
      if (others) others.push(vm);
      else vmsByNode.set(vm.node, [vm]);
    }
  }
  return vmsByNode;
}
