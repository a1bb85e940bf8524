import { driveSchema, isDriveKey } from "../schema/drive-schema";
import { parseProperties, printProperties, type Properties } from "../schema/property-string";
import { printSize } from "../schema/sizes";
import type { LocatedVolume } from "../world/storages";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";

/** A drive taken apart; `file` is its volume id, `none` or `cdrom`. */
export interface Drive {
  readonly key: string;
  readonly file: string;
  readonly options: Properties;
}

/**
 * Takes a drive string apart.
 *
 * @param key `scsi0`, `unused0`
 */
export function parseDrive(key: string, text: string): Drive {
  const { file = "", ...options } = parseProperties(driveSchema(key), text, key);
  return { key, file, options };
}

/** Puts a drive string together: the volume first, the options in the order of the alphabet. */
export function printDrive(drive: Drive): string {
  return printProperties(driveSchema(drive.key), { file: drive.file, ...drive.options });
}

/** The same drive, showing the size that its volume has. */
export function withSize(drive: Drive, sizeBytes: number): Drive {
  return { ...drive, options: { ...drive.options, size: printSize(sizeBytes) } };
}

/** Whether a drive is an optical one: an ISO image, an empty tray or a cloud-init drive. */
export function isOptical(drive: Drive): boolean {
  return drive.options.media === "cdrom";
}

/** Whether a drive is the one from which cloud-init reads. */
export function isCloudInitDrive(drive: Drive): boolean {
  return isOptical(drive) && /(?:^|[:/])vm-\d+-cloudinit(?:\.\w+)?$/.test(drive.file);
}

/** The volume of a drive, if it has one and it exists. */
export function driveVolume(world: World, node: string, drive: Drive): LocatedVolume | undefined {
  return drive.file.includes(":") ? world.storages.find(drive.file, node) : undefined;
}

/** Removes the volume of a drive, if it has one of this VM's own. */
export function freeDriveVolume(world: World, vm: Vm, drive: Drive): void {
  const located = driveVolume(world, vm.node, drive);
  if (located?.volume.vmid === vm.vmid) located.group.free(located.volume.name);
}

/** Whether a disk among these keys is this volume. */
export function namesVolume(entries: Readonly<Record<string, string>>, file: string): boolean {
  return Object.entries(entries).some(
    ([key, value]) => isDriveKey(key) && parseDrive(key, value).file === file,
  );
}

/** Whether a snapshot of the VM needs a volume. */
export function isInSnapshot(vm: Vm, file: string): boolean {
  return [...vm.snapshots.values()].some((section) => namesVolume(section, file));
}
