import { MEMORY } from "../schema/device-schemas";
import { parseProperties } from "../schema/property-string";
import { MIB } from "../schema/sizes";
import { bootDiskBytes, isAgentEnabled } from "../vm/guest";
import { vcpuCount } from "../vm/processors";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";

/** How much of its memory a running guest is said to use. */
const MEMORY_SHARE = 0.35;
/** How much of its processors a running guest is said to use. */
const CPU_SHARE = 0.02;

/** Simulated seconds for which the VM has run; 0 while it is stopped. */
function uptimeSeconds(world: World, vm: Vm): number {
  return vm.guest === undefined ? 0 : Math.floor(world.clock.now() - vm.guest.startedSeconds);
}

/** The memory of a VM in bytes. */
export function memoryBytes(vm: Vm): number {
  const { current = "512" } = parseProperties(MEMORY, vm.config.memory ?? "512", "memory");
  return Number(current) * MIB;
}

/** A VM as a row of `GET /nodes/{node}/qemu`. */
export function vmRow(world: World, vm: Vm): Record<string, unknown> {
  const isRunning = vm.guest !== undefined;
  const maxmem = memoryBytes(vm);
  const mem = isRunning ? Math.floor(maxmem * MEMORY_SHARE) : 0;
  return {
    vmid: vm.vmid,
    name: vm.config.name ?? `VM ${vm.vmid}`,
    status: isRunning ? "running" : "stopped",
    cpus: Math.min(vcpuCount(vm), world.hardware.cpus),
    cpu: isRunning ? CPU_SHARE : 0,
    maxmem,
    mem,
    memhost: mem,
    maxdisk: bootDiskBytes(world, vm),
    disk: 0,
    uptime: uptimeSeconds(world, vm),
    netin: 0,
    netout: 0,
    ...(vm.guest !== undefined && { pid: vm.guest.pid }),
    ...(vm.isTemplate && { template: 1 }),
    ...(vm.lock !== undefined && { lock: vm.lock }),
    ...(vm.config.tags !== undefined && { tags: vm.config.tags }),
    ...(Object.keys(vm.config).some((key) => /^serial\d+$/.test(key)) && { serial: 1 }),
  };
}

/** A VM as `GET …/status/current` shows it. */
export function vmStatus(world: World, vm: Vm): Record<string, unknown> {
  return {
    ...vmRow(world, vm),
    qmpstatus: qmpStatus(vm),
    ha: { managed: 0 },
    ...(vm.config.vga !== undefined && { clipboard: null }),
    ...(isAgentEnabled(vm) && { agent: 1 }),
    ...(vm.guest !== undefined && runningDetails(vm)),
  };
}

/** What QEMU itself says of its state. */
export function qmpStatus(vm: Vm): string {
  if (vm.guest === undefined) return "stopped";
  return vm.guest.paused ? "paused" : "running";
}

function runningDetails(vm: Vm): Record<string, unknown> {
  const taps = Object.keys(vm.config)
    .filter((key) => /^net\d+$/.test(key))
    .map((key) => [`tap${vm.vmid}i${key.slice(3)}`, { netin: 0, netout: 0 }]);
  return {
    nics: Object.fromEntries(taps) as unknown,
    pressurecpufull: 0,
    pressurecpusome: 0,
    pressureiofull: 0,
    pressureiosome: 0,
    pressurememoryfull: 0,
    pressurememorysome: 0,
  };
}
