import { isDriveKey, isUnusedKey, UNUSED_COUNT } from "../schema/drive-schema";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";
import { type Drive, driveVolume, freeDriveVolume, isCloudInitDrive, isOptical, parseDrive } from "./drives";

/**
 * Keeps the volume of a drive that is taken out: as `unusedN` with the lowest free number.
 * A cloud-init drive is removed for good, other optical drives leave nothing behind.
 */
export function keepAsUnused(world: World, vm: Vm, drive: Drive): void {
  if (isCloudInitDrive(drive)) {
    freeDriveVolume(world, vm, drive);
    return;
  }
  if (isOptical(drive)) return;
  if (driveVolume(world, vm.node, drive)?.volume.vmid !== vm.vmid) return;
  if (volumesOf(vm, isUnusedKey).has(drive.file)) return;
  for (let number = 0; number < UNUSED_COUNT; number += 1) {
    if (vm.config[`unused${number}`] !== undefined) continue;
    vm.config[`unused${number}`] = drive.file;
    return;
  }
}

/** Forgets the unused disks that are in use again; part of every write of a configuration. */
export function dropUsedAgain(vm: Vm): void {
  const used = volumesOf(vm, isDriveKey);
  for (const [key, volumeId] of Object.entries(vm.config)) {
    if (isUnusedKey(key) && used.has(volumeId)) Reflect.deleteProperty(vm.config, key);
  }
}

function volumesOf(vm: Vm, isWanted: (key: string) => boolean): Set<string> {
  const entries = [...Object.entries(vm.config), ...Object.entries(vm.pending)];
  return new Set(entries.filter(([key]) => isWanted(key)).map(([key, value]) => parseDrive(key, value).file));
}
