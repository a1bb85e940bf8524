import type { VmOptions } from "../options/options";
import { parseBootOrder } from "../schema/boot-order";
import { isDriveKey, isUnusedKey } from "../schema/drive-schema";
import { MIB, parseSize } from "../schema/sizes";
import { type Drive, isCloudInitDrive, parseDrive } from "../vm/drives";
import { bootGuest } from "../vm/guest";
import { ownerOf, splitVolumeId } from "../world/storages";
import { Vm } from "../world/vm";
import type { VolumeContent } from "../world/volumes";
import type { World } from "../world/world";
import { randomPid } from "../world/random-ids";

/** Size of a drive that does not say its own: that of a cloud-init drive. */
const UNSAID_BYTES = 4 * MIB;

/** Puts a VM into the world, with the volumes that its configuration names; the options have been checked. */
export function addVm(world: World, options: VmOptions): void {
  const { vmid, node = world.nodes[0] ?? "", config, system = "agent", pool } = options;
  const vm = new Vm(vmid, node, { ...config });
  world.vms.set(vmid, vm);
  if (pool !== undefined) world.pools.join(vmid, pool);
  const bootKeys = parseBootOrder(config.boot);
  for (const [key, text] of Object.entries(config)) {
    if (!isDriveKey(key) && !isUnusedKey(key)) continue;
    const drive = parseDrive(key, text);
    const boots = system !== "none" && (bootKeys?.includes(key) ?? true);
    const content: VolumeContent = boots
      ? { kind: "system", agentInstalled: system === "agent" }
      : { kind: "empty" };
    adoptVolume(world, node, drive, content);
  }
  if (options.running === true) vm.guest = bootGuest(world, vm, randomPid());
}

function adoptVolume(world: World, node: string, drive: Drive, content: VolumeContent): void {
  const owner = ownerOf(drive.file);
  if (owner === undefined) return;
  const { storage, name } = splitVolumeId(drive.file);
  const sizeBytes = parseSize(drive.options.size ?? "") ?? UNSAID_BYTES;
  const format = /\.(qcow2|vmdk)$/.exec(name)?.[1] as "qcow2" | "vmdk" | undefined;
  world.storages.group(storage, node).adopt({
    name,
    vmid: owner,
    format: format ?? "raw",
    content: isCloudInitDrive(drive) ? { kind: "cloud-init" } : content,
    sizeBytes,
    allocatedBytes: sizeBytes,
  });
}
