import type { VmRights } from "../access/vm-rights";
import { failure, parameterError } from "../schema/api-error";
import { parseBootOrder, printBootOrder } from "../schema/boot-order";
import { MEMORY } from "../schema/device-schemas";
import { isDriveKey, isUnusedKey } from "../schema/drive-schema";
import { parseProperties } from "../schema/property-string";
import type { Vm } from "../world/vm";
import { assertUnlocked, type World } from "../world/world";
import { applyPending } from "./apply-pending";
import { assertMayUseBridges } from "./bridge-rights";
import { assertMayUseDevice } from "./config-rights";
import {
  type Drive,
  driveVolume,
  freeDriveVolume,
  isCloudInitDrive,
  isInSnapshot,
  isOptical,
  parseDrive,
} from "./drives";
import { hotplugPending } from "./hotplug";
import { realiseDrive } from "./new-drives";
import { isWindows, pinnedMachine } from "./pinned-machine";
import { storedValue } from "./stored-values";
import { dropUsedAgain, keepAsUnused } from "./unused-disks";
import type { UpdateRequest } from "./update-request";
import { assertMayAllocate, assertMayUseDrive } from "./volume-rights";

/** The part of an update that stays the same while it is carried out. */
interface Update {
  readonly world: World;
  readonly vm: Vm;
  readonly request: UpdateRequest;
  readonly rights: VmRights;
  /** The keys that were touched. */
  readonly keys: Set<string>;
}

/**
 * Checks a request against the VM as it is now.
 *
 * @throws ApiError 500
 */
export function assertUpdatable(vm: Vm, request: UpdateRequest): void {
  if (request.digest !== undefined && request.digest !== vm.digest) {
    throw failure("checksum mismatch (file change by other user?)");
  }
  assertUnlocked(vm);
  const { memory, balloon } = request.set;
  if (memory === undefined && balloon === undefined) return;
  const wanted = memory ?? vm.pending.memory ?? vm.config.memory ?? "512";
  const { current = "512" } = parseProperties(MEMORY, wanted, "memory");
  const target = Number(balloon ?? vm.pending.balloon ?? vm.config.balloon ?? 0);
  if (target > Number(current)) {
    throw failure("balloon value too large (must be smaller than assigned memory)");
  }
}

/**
 * Carries a change out: everything is first made to wait, then what can be in force now is put into force.
 *
 * @param rights of the caller on the VM
 * @throws ApiError 400 for what a running VM refuses, which goes on waiting nevertheless; 403 for what the old and new
 * values together want; 500 for the rest
 */
export function updateVm(world: World, vm: Vm, request: UpdateRequest, rights: VmRights): void {
  const update: Update = { world, vm, request, rights, keys: new Set() };
  for (const key of request.delete) planRemoval(update, key);
  for (const key of request.revert) revert(world, vm, key);
  for (const [key, value] of Object.entries(request.set)) planChange(update, key, value);
  dropUsedAgain(vm);
  dropUnchanged(vm);
  if (vm.guest === undefined) {
    applyPending(world, vm);
    return;
  }
  const errors = hotplugPending(world, vm, update.keys);
  if (Object.keys(errors).length > 0) throw parameterError(errors);
}

function planRemoval(update: Update, key: string): void {
  const { world, vm, request, rights, keys } = update;
  const pending = vm.pending[key];
  const value = vm.config[key] ?? pending;
  if (value === undefined) return;
  keys.add(key);
  if (isUnusedKey(key) || (isDriveKey(key) && request.force)) assertNotInSnapshot(vm, key, value);
  if (isUnusedKey(key)) {
    assertUnprotected(vm, `can't remove unused disk '${value}'`);
    rights.assert("VM.Config.Disk");
    assertMayFree(update, parseDrive(key, value));
    freeDriveVolume(world, vm, parseDrive(key, value));
    Reflect.deleteProperty(vm.config, key);
    return;
  }
  if (isDriveKey(key)) {
    assertUnprotected(vm, `can't remove drive '${key}'`);
    assertMayUseDrive(rights, parseDrive(key, value));
    if (request.force) assertMayFree(update, parseDrive(key, value));
    if (pending !== undefined) keepAsUnused(world, vm, parseDrive(key, pending));
  }
  assertMayChange(update, key, value, "delete");
  Reflect.deleteProperty(vm.pending, key);
  if (!request.delete.includes("boot"))
    changeBootOrder(update, (order) => order.filter((each) => each !== key));
  vm.pendingDelete.set(key, request.force);
}

/** What depends on the value that a key has, or is to get. */
function assertMayChange({ rights }: Update, key: string, value: string, verb: "modify" | "delete"): void {
  if (key === "tags") rights.assert("VM.Config.Options");
  assertMayUseDevice(rights, key, value, verb);
  assertMayUseBridges(rights.of, { [key]: value });
}

/** Freeing a volume changes the storage too; what is not the VM's own is only forgotten. */
function assertMayFree({ world, vm, rights }: Update, drive: Drive): void {
  const located = isOptical(drive) ? undefined : driveVolume(world, vm.node, drive);
  if (located?.volume.vmid === vm.vmid) assertMayAllocate(rights, located.group.storage);
}

function revert(world: World, vm: Vm, key: string): void {
  const pending = vm.pending[key];
  if (pending !== undefined && isDriveKey(key)) keepAsUnused(world, vm, parseDrive(key, pending));
  Reflect.deleteProperty(vm.pending, key);
  vm.pendingDelete.delete(key);
}

function planChange(update: Update, key: string, value: string): void {
  const { world, vm, request, rights, keys } = update;
  keys.add(key);
  const pending = vm.pending[key];
  if (pending === value) return;
  if (key === "boot") assertBootDevices(vm, request);
  for (const each of [vm.config[key], value]) {
    if (each === undefined) continue;
    if (isDriveKey(key)) assertMayUseDrive(rights, parseDrive(key, each));
    else assertMayChange(update, key, each, "modify");
  }
  const kept = storedValue(key, isDriveKey(key) ? realiseDrive(world, vm, key, value) : value);
  if (isDriveKey(key) && pending !== undefined) keepAsUnused(world, vm, parseDrive(key, pending));
  vm.pendingDelete.delete(key);
  if (kept === undefined) {
    Reflect.deleteProperty(vm.pending, key);
    vm.pendingDelete.set(key, false);
    return;
  }
  vm.pending[key] = kept;
  if (key === "ostype") pinMachine(update, kept);
  if (isDriveKey(key) && isBootableOptical(parseDrive(key, kept))) {
    changeBootOrder(update, (order) => (order.includes(key) ? order : [...order, key]));
  }
}

/** A VM whose system becomes Windows or an unknown one keeps the machine that it has now. */
function pinMachine({ vm, request, keys }: Update, ostype: string): void {
  if (request.set.machine !== undefined || !(ostype === "other" || isWindows(ostype))) return;
  const pinned = pinnedMachine(vm.pending.machine ?? vm.config.machine);
  if (pinned === undefined) return;
  vm.pending.machine = pinned;
  keys.add("machine");
}

function isBootableOptical(drive: Drive): boolean {
  return isOptical(drive) && !isCloudInitDrive(drive);
}

function changeBootOrder(update: Update, change: (order: string[]) => string[]): void {
  const { vm, keys } = update;
  const order = parseBootOrder(vm.pending.boot ?? vm.config.boot);
  if (order === undefined) return;
  const changed = change(order);
  if (changed.length === order.length) return;
  vm.pending.boot = printBootOrder(changed);
  keys.add("boot");
}

function assertBootDevices(vm: Vm, request: UpdateRequest): void {
  for (const device of parseBootOrder(request.set.boot) ?? []) {
    const exists = [vm.config, vm.pending, request.set].some((entries) => entries[device] !== undefined);
    if (exists && !request.delete.includes(device)) continue;
    throw failure(`invalid bootorder: device '${device}' does not exist'`);
  }
}

function assertNotInSnapshot(vm: Vm, key: string, value: string): void {
  const { file } = parseDrive(key, value);
  if (!isInSnapshot(vm, file)) return;
  throw failure(`unable to delete '${file}' - volume is still in use (snapshot?)`);
}

function assertUnprotected(vm: Vm, text: string): void {
  if (vm.config.protection === "1") throw failure(`${text} - protection mode enabled`);
}

/** Forgets changes that change nothing. */
function dropUnchanged(vm: Vm): void {
  for (const [key, value] of Object.entries(vm.pending)) {
    if (vm.config[key] === value) Reflect.deleteProperty(vm.pending, key);
  }
  for (const key of vm.pendingDelete.keys()) {
    if (vm.config[key] === undefined) vm.pendingDelete.delete(key);
  }
}
