import type { Topology, Vm } from "../../lib";
import type { SimulatorOptions, TemplateOptions } from "../../simulator";

/** Room for a hundred times the reference. */
const STORAGE_SIZE_GIB = 12_000;

/** A simulated Proxmox VE that has what a topology asks for: nodes, bridges, storages and templates. */
export function simulateFor(topology: Topology): SimulatorOptions {
  const vms = topology.clusters.flatMap((cluster) => cluster.vms);
  const shared = new Set(topology.storages.filter((storage) => storage.shared).map(({ name }) => name));
  return {
    nodes: topology.nodes.map(({ name }) => name),
    bridges: distinct(vms.flatMap(({ interfaces }) => interfaces.map(({ bridge }) => bridge))),
    storages: topology.storages.map(({ name }) => ({
      id: name,
      type: shared.has(name) ? "rbd" : "zfspool",
      sizeGiB: STORAGE_SIZE_GIB,
    })),
    templates: distinct(vms.map((vm) => vm.templateId)).map((vmid) => {
      return templateFor(
        vmid,
        vms.filter((vm) => vm.templateId === vmid),
        shared,
      );
    }),
  };
}

/** A template where all its VMs can be cloned from: on the node of those on local storage, itself on shared storage if there is any. */
function templateFor(vmid: number, vms: readonly Vm[], shared: ReadonlySet<string>): TemplateOptions {
  const isOnShared = (vm: Vm): boolean => shared.has(vm.storage);
  const [first] = vms;
  return {
    vmid,
    name: vmid === 400 ? "ubuntu-22.04-template" : `template-${vmid}`,
    node: (vms.find((vm) => !isOnShared(vm)) ?? first)?.node,
    storage: (vms.find(isOnShared) ?? first)?.storage ?? "",
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
