import { isDriveKey } from "../schema/drive-schema";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";
import { freeDriveVolume, parseDrive } from "./drives";
import { dropUsedAgain, keepAsUnused } from "./unused-disks";

/** Puts into force all that waited; for a VM that does not run. Happens at every stop and start. */
export function applyPending(world: World, vm: Vm): void {
  for (const [key, force] of [...vm.pendingDelete]) removeKey(world, vm, key, force);
  for (const key of Object.keys(vm.pending)) applyKey(world, vm, key);
}

/** Removes a key now: a drive's volume is kept as an unused disk, or freed when forced. */
export function removeKey(world: World, vm: Vm, key: string, force: boolean): void {
  const value = vm.config[key];
  vm.pendingDelete.delete(key);
  Reflect.deleteProperty(vm.config, key);
  if (value === undefined || !isDriveKey(key)) return;
  const drive = parseDrive(key, value);
  if (force) freeDriveVolume(world, vm, drive);
  else keepAsUnused(world, vm, drive);
}

/** Puts one waiting key into force; a disk that it replaces is kept as an unused one. */
export function applyKey(world: World, vm: Vm, key: string): void {
  const value = vm.pending[key];
  if (value === undefined) return;
  const old = vm.config[key];
  Reflect.deleteProperty(vm.pending, key);
  vm.config[key] = value;
  if (old !== undefined && isDriveKey(key)) {
    const drive = parseDrive(key, old);
    if (drive.file !== parseDrive(key, value).file) keepAsUnused(world, vm, drive);
  }
  dropUsedAgain(vm);
}
