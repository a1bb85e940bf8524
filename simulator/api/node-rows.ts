import type { Rights } from "../access/rights";
import { GIB } from "../schema/sizes";
import { vcpuCount } from "../vm/processors";
import type { World } from "../world/world";
import { VERSION } from "./version";
import { memoryBytes } from "./vm-rows";

/** Size of a simulated host's root file system. */
const ROOT_BYTES = 100 * GIB;
const ROOT_USED_BYTES = 8 * GIB;
/** Memory that a host needs for itself. */
const HOST_MEMORY_BYTES = 2 * GIB;

/** How busy a host is. */
interface NodeUsage {
  readonly uptime: number;
  /** Share of all processors, 0 to 1. */
  readonly cpu: number;
  readonly maxcpu: number;
  readonly mem: number;
  readonly maxmem: number;
  readonly disk: number;
  readonly maxdisk: number;
}

/** Whether the rest of the cluster cannot reach a host. */
export function isOffline(world: World, node: string): boolean {
  return world.trouble.offlineNodes.has(node);
}

/** How busy a host is now: its running VMs are counted with a small load and all of their memory. */
export function nodeUsage(world: World, node: string): NodeUsage {
  const running = [...world.vms.values()].filter((vm) => vm.node === node && vm.guest !== undefined);
  const { cpus, memoryBytes: maxmem } = world.hardware;
  const busy = running.reduce((sum, vm) => sum + vcpuCount(vm) * 0.02, 0.01);
  return {
    uptime: Math.floor(world.clock.now()),
    cpu: Math.min(busy / cpus, 1),
    maxcpu: cpus,
    mem: Math.min(HOST_MEMORY_BYTES + running.reduce((sum, vm) => sum + memoryBytes(vm), 0), maxmem),
    maxmem,
    disk: ROOT_USED_BYTES,
    maxdisk: ROOT_BYTES,
  };
}

/** A host in a list: what it last told of itself, as far as the caller may see it. */
export function nodeRow(world: World, rights: Rights, node: string): Record<string, unknown> {
  const row = { id: `node/${node}`, node, type: "node" };
  if (!world.statistics.isPublished) return { ...row, status: "unknown" };
  if (isOffline(world, node)) return { ...row, status: "offline", level: "" };
  const usage = rights.has(`/nodes/${node}`, "Sys.Audit") ? nodeUsage(world, node) : {};
  return { ...row, status: "online", level: "", ...usage };
}

/** A host as `GET /nodes/{node}/status` shows it. */
export function nodeStatus(world: World, node: string): Record<string, unknown> {
  const usage = nodeUsage(world, node);
  const kernel = "6.17.4-1-pve";
  const version = "#1 SMP PREEMPT_DYNAMIC PMX 6.17.4-1";
  return {
    uptime: usage.uptime,
    cpu: usage.cpu,
    idle: 0,
    wait: 0,
    loadavg: ["0.10", "0.10", "0.10"],
    pveversion: `pve-manager/${VERSION.version}/${VERSION.repoid}`,
    kversion: `Linux ${kernel} ${version}`,
    "current-kernel": { sysname: "Linux", release: kernel, version, machine: "x86_64" },
    "boot-info": { mode: "efi", secureboot: 0 },
    cpuinfo: {
      cpus: usage.maxcpu,
      cores: usage.maxcpu,
      sockets: 1,
      model: "Simulated CPU",
      vendor: "Simulated",
      family: "25",
      mhz: "3000.000",
      hvm: "1",
      user_hz: 100,
      flags: "aes hypervisor sse4_2",
    },
    memory: {
      total: usage.maxmem,
      used: usage.mem,
      free: usage.maxmem - usage.mem,
      available: usage.maxmem - usage.mem,
    },
    swap: { total: 0, used: 0, free: 0 },
    rootfs: {
      total: usage.maxdisk,
      used: usage.disk,
      free: usage.maxdisk - usage.disk,
      avail: usage.maxdisk - usage.disk,
    },
    ksm: { shared: 0 },
  };
}
