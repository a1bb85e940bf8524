import type { Vm } from "../../topology";

/** What some VMs take. */
export interface Usage {
  readonly cores: number;
  readonly memoryMiB: number;
  /** On each storage, by its name, in the order of first use. */
  readonly storageGiB: ReadonlyMap<string, number>;
}

/** What some VMs take together. */
export function usageOf(vms: readonly Vm[]): Usage {
  let cores = 0;
  let memoryMiB = 0;
  const storageGiB = new Map<string, number>();
  const add = (storage: string, sizeGiB: number) =>
    storageGiB.set(storage, (storageGiB.get(storage) ?? 0) + sizeGiB);
  for (const vm of vms) {
    cores += vm.cores;
    memoryMiB += vm.memoryMiB;
    add(vm.storage, vm.diskGiB);
    for (const disk of vm.extraDisks) add(disk.storage, disk.sizeGiB);
  }
  return { cores, memoryMiB, storageGiB };
}

/** All that is on any storage, in GiB. */
export function totalDiskGiB({ storageGiB }: Usage): number {
  return [...storageGiB.values()].reduce((sum, size) => sum + size, 0);
}
