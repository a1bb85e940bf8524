import type { Topology } from "../../lib";
import type { SimulatorOptions } from "../../simulator";

/** Room for a hundred times the reference. */
const STORAGE_SIZE_GIB = 12_000;

/** A simulated Proxmox VE that has what a topology asks for: nodes, bridges, storages and templates. */
export function simulateFor(topology: Topology): SimulatorOptions {
  const vms = topology.clusters.flatMap((cluster) => cluster.vms);
  const nodes = distinct(vms.map((vm) => vm.node));
  return {
    nodes,
    bridges: distinct(vms.flatMap(({ interfaces }) => interfaces.map(({ bridge }) => bridge))),
    storages: distinct(vms.map((vm) => vm.storage)).map((id) => ({
      id,
      // A clone goes to another node only where the storage is shared.
      type: nodes.length > 1 ? "rbd" : "zfspool",
      sizeGiB: STORAGE_SIZE_GIB,
    })),
    templates: distinct(vms.map((vm) => vm.templateId)).map((vmid) => ({
      vmid,
      name: vmid === 400 ? "ubuntu-22.04-template" : `template-${vmid}`,
      storage: vms.find((vm) => vm.templateId === vmid)?.storage ?? "",
    })),
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
