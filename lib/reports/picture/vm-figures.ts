import type { Vm } from "../../topology";
import { addressTexts } from "../address-text";
import { countOf, formatDisk, formatMemory } from "../units";
import { formatSpan } from "./figures";

/** One address of an interface, as it is shown. */
export interface AddressLine {
  /** Empty where the line above has the same. */
  readonly device: string;
  readonly address: string;
  readonly network: string;
}

/** The addresses of a VM, one a line. */
export function addressLines(vm: Vm): readonly AddressLine[] {
  return vm.interfaces.flatMap(({ device, network, ...ips }) => {
    const addresses = addressTexts(ips);
    return (addresses.length > 0 ? addresses : ["no address"]).map((address, index) =>
      index === 0 ? { device, address, network } : { device: "", address, network: "" },
    );
  });
}

/** "4 cores · 8 GiB · disk 20 GiB", with further disks "disks 20 GiB + 100 GiB". */
export function sizesOfVm({ cores, memoryMiB, diskGiB, extraDisks }: Vm): string {
  const disks = [diskGiB, ...extraDisks.map(({ sizeGiB }) => sizeGiB)].map(formatDisk).join(" + ");
  return `${countOf(cores, "core")} · ${formatMemory(memoryMiB)} · ${extraDisks.length > 0 ? "disks" : "disk"} ${disks}`;
}

/** "each 4 cores · 8 GiB memory · 20 GiB disk". */
export function sizesOf(vms: readonly Vm[]): string {
  const cores = vms.map((vm) => vm.cores);
  const disks = vms.map((vm) => vm.extraDisks.reduce((sum, { sizeGiB }) => sum + sizeGiB, vm.diskGiB));
  const unit = cores.every((value) => value === 1) ? "core" : "cores";
  return `each ${formatSpan(cores, String)} ${unit} · ${formatSpan(
    vms.map((vm) => vm.memoryMiB),
    formatMemory,
  )} memory · ${formatSpan(disks, formatDisk)} disk`;
}
