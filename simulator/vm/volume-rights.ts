import type { VmRights } from "../access/vm-rights";
import { parameterError } from "../schema/api-error";
import { isDriveKey, isUnusedKey } from "../schema/drive-schema";
import { ownerOf, splitVolumeId } from "../world/storages";
import type { World } from "../world/world";
import { type Drive, isOptical, parseDrive } from "./drives";
import { NEW_DISK } from "./new-drives";

/** A cloud-init drive, made or to be made. */
const CLOUD_INIT_FILE = /[:/](?:vm-\d+-)?cloudinit(?:\.\w+)?$/;

/**
 * Wants the rights on a VM to give it a drive or to take it away.
 *
 * @throws ApiError 403
 */
export function assertMayUseDrive(rights: VmRights, drive: Drive): void {
  if (CLOUD_INIT_FILE.test(drive.file)) rights.assert("VM.Config.Cloudinit", "VM.Config.CDROM");
  else if (isOptical(drive)) rights.assert("VM.Config.CDROM");
  else rights.assert("VM.Config.Disk");
}

/**
 * Wants the rights on the storages that new disks go to and that volumes come from, and refuses storages that are not
 * there or hold no disks.
 *
 * @param set keys of a configuration, as they are sent
 * @throws ApiError 400, 403 or 500
 */
export function assertMayUseVolumes(
  world: World,
  rights: VmRights,
  node: string,
  set: Readonly<Record<string, string>>,
): void {
  const keys = Object.keys(set).sort();
  for (const key of [...keys.filter(isDriveKey), ...keys.filter(isUnusedKey)]) {
    assertMayUseVolume(world, rights, node, parseDrive(key, set[key] ?? ""));
  }
  if (set.vmstatestorage !== undefined) assertMayAllocate(rights, set.vmstatestorage);
}

/**
 * Wants the right to take space on a storage.
 *
 * @throws ApiError 403
 */
export function assertMayAllocate(rights: VmRights, storage: string): void {
  rights.of.assert(`/storage/${storage}`, "Datastore.AllocateSpace");
}

function assertMayUseVolume(world: World, rights: VmRights, node: string, drive: Drive): void {
  const { file } = drive;
  if (file === "none" || CLOUD_INIT_FILE.test(file)) return;
  if (file === "cdrom") {
    rights.of.assert("/", "Sys.Console");
    return;
  }
  const newDisk = NEW_DISK.exec(file);
  if (newDisk === null || isOptical(drive)) {
    assertMayRead(rights, file);
    return;
  }
  const storage = newDisk[1] ?? "";
  assertMayAllocate(rights, storage);
  if (!world.storages.require(storage, node).content.includes("images")) {
    throw parameterError({ storage: `storage '${storage}' does not support vm images` });
  }
  const { "import-from": source } = drive.options;
  if (source === undefined) return;
  const owner = ownerOf(source);
  if (owner === undefined) assertMayRead(rights, source);
  else rights.of.assert(`/vms/${owner}`, "VM.Clone");
}

/** A VM's own volumes are free to it, ISO images to whoever may use the storage, others to who administers it. */
function assertMayRead(rights: VmRights, volumeId: string): void {
  const { storage, name } = splitVolumeId(volumeId);
  const path = `/storage/${storage}`;
  if (storage === "" || rights.of.has(path, "Datastore.Allocate")) return;
  if (/^(?:iso|vztmpl)\//.test(name)) rights.of.assertAny(path, "Datastore.AllocateSpace", "Datastore.Audit");
  else if (ownerOf(volumeId) !== rights.vmid) rights.of.assert(path, "Datastore.Allocate");
}
