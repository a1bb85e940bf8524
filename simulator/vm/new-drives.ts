import { failure } from "../schema/api-error";
import { isDriveKey } from "../schema/drive-schema";
import { GIB, MIB } from "../schema/sizes";
import { STORAGE_TYPES } from "../world/storage-types";
import { splitVolumeId } from "../world/storages";
import type { Volume } from "../world/volumes";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";
import { type Drive, isCloudInitDrive, parseDrive, printDrive, withSize } from "./drives";

/** A disk to be made: `STORAGE:GiB`, with a fraction if wanted. */
export const NEW_DISK = /^([^/:\s]+):(\d+(?:\.\d+)?)$/;

/** Sizes of the drives that do not ask how large they are to be: of the firmware's settings, and of the TPM's state. */
const FIXED_BYTES: Readonly<Record<string, number>> = { efidisk0: 528 * 1024, tpmstate0: 4 * MIB };

const NEW_CLOUD_INIT = /^([^/:\s]+):cloudinit$/;

/**
 * Makes the volume that a drive asks for, or checks the one that it names.
 *
 * @param text as the update request keeps it
 * @returns the drive string that goes into the configuration
 * @throws ApiError 500 for a volume that does not exist, a lack of space, a second cloud-init drive
 */
export function realiseDrive(world: World, vm: Vm, key: string, text: string): string {
  const drive = parseDrive(key, text);
  const newDisk = NEW_DISK.exec(drive.file);
  if (newDisk !== null) return makeDisk(world, vm, drive, newDisk[1] ?? "", Number(newDisk[2]));
  const cloudInit = NEW_CLOUD_INIT.exec(drive.file);
  if (cloudInit !== null) return makeCloudInitDrive(world, vm, drive, cloudInit[1] ?? "");
  if (drive.file === "none" || drive.file === "cdrom") return text;
  return printDrive(withSize(drive, requireVolume(world, vm, drive.file).sizeBytes));
}

function makeDisk(world: World, vm: Vm, drive: Drive, storage: string, sizeGiB: number): string {
  const group = world.storages.group(storage, vm.node);
  const { format: wanted, "import-from": source, ...options } = drive.options;
  const isFile = STORAGE_TYPES[group.typeName].layout === "file";
  const imported = source === undefined ? undefined : importedVolume(world, vm, source);
  const volume = group.allocateDisk({
    vmid: vm.vmid,
    sizeBytes: imported?.sizeBytes ?? FIXED_BYTES[drive.key] ?? sizeGiB * GIB,
    content: imported?.content ?? { kind: "empty" },
    format: isFile && (wanted === "qcow2" || wanted === "vmdk") ? wanted : "raw",
  });
  const file = `${storage}:${volume.name}`;
  return printDrive(withSize({ ...drive, file, options }, volume.sizeBytes));
}

/** The disk that another is to be a copy of. */
function importedVolume(world: World, vm: Vm, source: string): Volume {
  const located = world.storages.find(source, vm.node);
  if (located === undefined) {
    throw failure(`cannot import from '${source}' - could not get size of ${source}`);
  }
  if (located.volume.content.kind !== "cloud-init") return located.volume;
  throw failure(`cannot import from '${source}' - cannot import from cloudinit disk`);
}

function makeCloudInitDrive(world: World, vm: Vm, drive: Drive, storage: string): string {
  const others = { ...vm.config, ...vm.pending };
  for (const [key, value] of Object.entries(others)) {
    if (key === drive.key || !isDriveKey(key)) continue;
    if (vm.pendingDelete.has(key) || !isCloudInitDrive(parseDrive(key, value))) continue;
    throw failure(`${drive.key} - cloud-init drive is already attached at '${key}'`);
  }
  const volume = world.storages.group(storage, vm.node).allocateCloudInit(vm.vmid);
  const file = `${storage}:${volume.name}`;
  return printDrive({ ...drive, file, options: { ...drive.options, media: "cdrom" } });
}

function requireVolume(world: World, vm: Vm, volumeId: string): Volume {
  const { storage, name } = splitVolumeId(volumeId);
  const group = world.storages.group(storage, vm.node);
  const isFile = STORAGE_TYPES[group.typeName].layout === "file";
  if (isFile && !name.includes("/")) throw failure(`unable to parse directory volume name '${name}'`);
  if (group.typeName === "zfspool" && !/(?:vm|base)-\d+-\S+$/.test(name)) {
    throw failure(`unable to parse zfs volume name '${name}'`);
  }
  const volume = group.find(name);
  if (volume === undefined) throw failure(`volume '${volumeId}' does not exist`);
  return volume;
}
