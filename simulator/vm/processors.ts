import type { Vm } from "../world/vm";

/** How many virtual CPUs a VM starts with: `vcpus`, or all cores of all sockets. */
export function vcpuCount(vm: Vm): number {
  const { vcpus, cores = "1", sockets = "1" } = vm.config;
  return vcpus === undefined ? Number(cores) * Number(sockets) : Number(vcpus);
}
