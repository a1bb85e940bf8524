import { parseBootOrder } from "../schema/boot-order";
import { GUEST_AGENT, IP_CONFIGURATION } from "../schema/device-schemas";
import { isDriveKey } from "../schema/drive-schema";
import { parseProperties } from "../schema/property-string";
import type { GuestState, Vm } from "../world/vm";
import type { VolumeContent } from "../world/volumes";
import type { World } from "../world/world";
import { type Drive, driveVolume, isCloudInitDrive, isOptical, parseDrive } from "./drives";
import { cloudInitAddresses } from "./guest-addresses";

/**
 * What becomes of a VM when its process starts with the configuration that is in force.
 *
 * @param pid of the process
 */
export function bootGuest(world: World, vm: Vm, pid: number): GuestState {
  const now = world.clock.now();
  const system = bootSystem(world, vm);
  const hasAgent = isAgentEnabled(vm) && system?.agentInstalled === true;
  const hasCloudInit = drives(vm).some(isCloudInitDrive);
  return {
    startedSeconds: now,
    pid,
    bootsSystem: system !== undefined,
    agentSeconds: hasAgent
      ? now + (world.trouble.agentSeconds.get(vm.vmid) ?? world.profile.bootSeconds)
      : undefined,
    addresses: hasCloudInit ? cloudInitAddresses(vm) : {},
    hostname: vm.config.name?.split(".")[0] ?? `VM${vm.vmid}`,
    paused: false,
    processes: { started: 0, finished: new Map() },
  };
}

/** Whether the configuration asks for a guest agent. */
export function isAgentEnabled(vm: Vm): boolean {
  const { agent } = vm.config;
  return agent !== undefined && parseProperties(GUEST_AGENT, agent, "agent").enabled === "1";
}

/** Whether the guest's agent answers now. */
export function isAgentUp(world: World, vm: Vm): boolean {
  const { guest } = vm;
  if (guest?.agentSeconds === undefined || guest.paused) return false;
  return world.clock.now() >= guest.agentSeconds;
}

/**
 * Sends the guest's agent the ping that goes before every command, and waits for the answer.
 *
 * The ping stays in the channel until the guest opens it, so that an agent which comes up meanwhile answers it.
 * Source: qemu hw/char/virtio-serial-bus.c (virtio_serial_guest_ready); qemu-server src/PVE/QemuServer/Agent.pm
 * (qga_check_running).
 *
 * @returns the guest, where its agent answered in time
 */
export async function pingAgent(world: World, vm: Vm, signal?: AbortSignal): Promise<GuestState | undefined> {
  const { clock } = world;
  const limitSeconds = clock.now() + world.profile.agentTimeoutSeconds;
  while (!isAgentUp(world, vm)) {
    const now = clock.now();
    if (now >= limitSeconds) return undefined;
    const { agentSeconds = Infinity, paused = true } = vm.guest ?? {};
    const dueSeconds = paused ? Infinity : agentSeconds;
    await clock.sleep(Math.min(dueSeconds, limitSeconds) - now, signal);
  }
  return vm.guest;
}

/** Whether the first address was asked for in a way that cloud-init cannot use. */
export function hasGatewayWithDhcp(vm: Vm): boolean {
  const { ip, gw } = parseProperties(IP_CONFIGURATION, vm.config.ipconfig0 ?? "", "ipconfig0");
  return ip === "dhcp" && gw !== undefined;
}

/** Size in bytes of the first disk that the VM boots from; 0 without one. */
export function bootDiskBytes(world: World, vm: Vm): number {
  const [first] = bootDisks(vm);
  return first === undefined ? 0 : (driveVolume(world, vm.node, first)?.volume.sizeBytes ?? 0);
}

type SystemContent = Extract<VolumeContent, { kind: "system" }>;

/** The firmware tries the disks in turn and passes over those that hold nothing. */
function bootSystem(world: World, vm: Vm): SystemContent | undefined {
  for (const disk of bootDisks(vm)) {
    const content = driveVolume(world, vm.node, disk)?.volume.content;
    if (content?.kind === "system") return content;
  }
  return undefined;
}

function bootDisks(vm: Vm): Drive[] {
  const order = parseBootOrder(vm.config.boot);
  const disks = drives(vm).filter((drive) => !isOptical(drive));
  if (order !== undefined) return order.flatMap((key) => disks.filter((disk) => disk.key === key));
  const { bootdisk } = vm.config;
  return bootdisk === undefined ? disks.slice(0, 1) : disks.filter((disk) => disk.key === bootdisk);
}

function drives(vm: Vm): Drive[] {
  return Object.keys(vm.config)
    .filter(isDriveKey)
    .sort()
    .map((key) => parseDrive(key, vm.config[key] ?? ""));
}
