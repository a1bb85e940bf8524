import { randomUUID } from "node:crypto";
import {
  DEFAULT_STORAGES,
  DEFAULT_TEMPLATE_DISK_GIB,
  DEFAULT_TEMPLATES,
  type SimulatorOptions,
  type StorageOptions,
  type TemplateOptions,
  templateNode,
} from "../options/options";
import { GIB } from "../schema/sizes";
import { Clock } from "../world/clock";
import { HostNetworks } from "../world/host-networks";
import { FileLocks } from "../world/locks";
import { Pools } from "../world/pools";
import { randomMacAddress } from "../world/random-ids";
import { Statistics } from "../world/statistics";
import { isShared, type StorageDefinition, Storages } from "../world/storages";
import { TaskList } from "../world/tasks";
import { Trouble } from "../world/trouble";
import { DEFAULT_TIMING_PROFILE } from "../world/timing-profile";
import { Vm } from "../world/vm";
import type { World } from "../world/world";
import { parseDrive, printDrive, withSize } from "../vm/drives";
import { addVm } from "./add-vm";
import { buildAccess } from "./build-access";

/** What every simulated host has unless options say otherwise; enough for the reference clusters several times over. */
const HARDWARE = { cpus: 64, memoryGiB: 256 } as const;

/** The bridge of every host where none is named. */
const DEFAULT_BRIDGE = "vmbr0";

/**
 * Makes the cluster that the options describe; they have been checked.
 *
 * @param fingerprint SHA-256 fingerprint of the certificate that its hosts show
 */
export function buildWorld(options: SimulatorOptions, fingerprint: string): World {
  const clock = new Clock(options.speed ?? 1);
  const { cpus, memoryGiB } = { ...HARDWARE, ...options.hardware };
  const pools = new Pools(options.pools ?? []);
  const { nodes = ["pve1"], bridges = [DEFAULT_BRIDGE] } = options;
  const world: World = {
    clock,
    profile: { ...DEFAULT_TIMING_PROFILE, ...options.profile },
    locks: new FileLocks(clock),
    tasks: new TaskList(),
    storages: new Storages((options.storages ?? DEFAULT_STORAGES).map(defineStorage)),
    pools,
    access: buildAccess(options, pools),
    statistics: new Statistics(clock),
    trouble: new Trouble(),
    nodes,
    hardware: { cpus, memoryBytes: memoryGiB * GIB },
    networks: new HostNetworks(nodes, bridges, options.bridgesWithoutPort ?? []),
    fingerprint,
    vms: new Map(),
  };
  for (const template of options.templates ?? DEFAULT_TEMPLATES) {
    addTemplate(world, template, bridges[0] ?? DEFAULT_BRIDGE);
  }
  for (const vm of options.vms ?? []) addVm(world, vm);
  return world;
}

function defineStorage(options: StorageOptions): StorageDefinition {
  return {
    id: options.id,
    type: options.type,
    sizeBytes: Math.round(options.sizeGiB * GIB),
    shared: isShared(options.type, options.shared ?? false),
    nodes: options.nodes,
    content: options.content ?? ["images", "rootdir"],
    disabled: options.disabled,
    path: options.path,
  };
}

function addTemplate(world: World, template: TemplateOptions, bridge: string): void {
  const { vmid, name, storage, agent = true } = template;
  const node = templateNode(template, world.nodes, world.storages.definitions) ?? "";
  const group = world.storages.group(storage, node);
  const disk = group.allocateDisk({
    vmid,
    sizeBytes: (template.diskGiB ?? DEFAULT_TEMPLATE_DISK_GIB) * GIB,
    content: { kind: "system", agentInstalled: agent },
    format:
      group.typeName === "dir" || group.typeName === "nfs" || group.typeName === "cifs" ? "qcow2" : "raw",
  });
  const base = group.rename(disk, disk.name.replace(/\bvm-(\d+-disk-\d+)/, "base-$1"));
  const cloudInit = group.allocateCloudInit(vmid);
  const scsi0 = parseDrive("scsi0", `${storage}:${base.name},discard=on,iothread=1,ssd=1`);
  const config: Record<string, string> = {
    agent: agent ? "1" : "0",
    boot: "order=scsi0",
    cores: "2",
    cpu: "x86-64-v2-AES",
    ide2: `${storage}:${cloudInit.name},media=cdrom`,
    ipconfig0: "ip=dhcp",
    memory: "2048",
    meta: `creation-qemu=10.1.2,ctime=${Math.floor(Date.now() / 1000)}`,
    name,
    net0: `virtio=${randomMacAddress()},bridge=${bridge}`,
    numa: "0",
    ostype: "l26",
    scsi0: printDrive(withSize(scsi0, base.sizeBytes)),
    scsihw: "virtio-scsi-single",
    serial0: "socket",
    smbios1: `uuid=${randomUUID()}`,
    sockets: "1",
    template: "1",
    vga: "serial0",
    vmgenid: randomUUID(),
    ...template.config,
  };
  world.vms.set(vmid, new Vm(vmid, node, config));
}
