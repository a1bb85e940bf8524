import type { Vm } from "../topology";

/** What a number of VMs take together. */
export interface Totals {
  readonly vms: number;
  readonly servers: number;
  readonly agents: number;
  readonly cores: number;
  readonly memoryMiB: number;
  /** All disks, those besides the boot disks included. */
  readonly diskGiB: number;
}

/** What VMs take together. */
export function totalsOf(vms: readonly Vm[]): Totals {
  const totals = { vms: vms.length, servers: 0, agents: 0, cores: 0, memoryMiB: 0, diskGiB: 0 };
  for (const vm of vms) {
    if (vm.role === "server") totals.servers += 1;
    else totals.agents += 1;
    totals.cores += vm.cores;
    totals.memoryMiB += vm.memoryMiB;
    for (const { sizeGiB } of disksOf(vm)) totals.diskGiB += sizeGiB;
  }
  return totals;
}

/** All disks of a VM, the boot disk (scsi0) first. */
export function disksOf(vm: Vm): { device: string; storage: string; sizeGiB: number }[] {
  return [{ device: "scsi0", storage: vm.storage, sizeGiB: vm.diskGiB }, ...vm.extraDisks];
}
