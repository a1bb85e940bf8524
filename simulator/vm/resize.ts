import type { VmRights } from "../access/vm-rights";
import { failure } from "../schema/api-error";
import { parseSize } from "../schema/sizes";
import { STORAGE_TYPES } from "../world/storage-types";
import type { TaskHandle } from "../world/tasks";
import { assertUnlocked, holdVmLock, requireVm, type World } from "../world/world";
import { driveVolume, isOptical, parseDrive, printDrive, withSize } from "./drives";
import { assertMayAllocate } from "./volume-rights";

/** A disk to be made larger. */
interface ResizeRequest {
  readonly node: string;
  readonly vmid: number;
  /** Its key: `scsi0`. */
  readonly disk: string;
  /** `20G` for the new size, `+1G` for the difference; bytes without a unit. */
  readonly size: string;
  /** The digest that the configuration must still have. @default - any */
  readonly digest?: string;
  /** Of the caller. */
  readonly rights: VmRights;
}

/** The work of a `resize` task. Shrinking is refused, the same size is fine. */
export async function resizeDisk(world: World, request: ResizeRequest, task: TaskHandle): Promise<void> {
  await holdVmLock(world, request.vmid, () => resizeLocked(world, request, task), { task });
}

async function resizeLocked(world: World, request: ResizeRequest, task: TaskHandle): Promise<void> {
  const vm = requireVm(world, request.node, request.vmid);
  if (request.digest !== undefined && request.digest !== vm.digest) {
    throw failure("checksum mismatch (file change by other user?)");
  }
  assertUnlocked(vm);
  const text = vm.config[request.disk];
  if (text === undefined) throw failure(`disk '${request.disk}' does not exist`);
  const drive = parseDrive(request.disk, text);
  if (isOptical(drive)) throw failure("you can't resize a cdrom");
  const located = driveVolume(world, vm.node, drive);
  if (located === undefined) throw failure(`volume '${drive.file}' does not exist`);
  const { group, volume } = located;
  assertMayAllocate(request.rights, group.storage);
  const isRelative = request.size.startsWith("+");
  const amount = parseSize(isRelative ? request.size.slice(1) : request.size) ?? 0;
  const sizeBytes = isRelative ? volume.sizeBytes + amount : amount;
  if (sizeBytes < volume.sizeBytes) throw failure("shrinking disks is not supported");
  if (sizeBytes === volume.sizeBytes) return;
  await world.clock.sleep(world.profile.resizeSeconds, task.signal);
  group.grow(volume, sizeBytes);
  if (STORAGE_TYPES[group.typeName].layout === "file" && vm.guest === undefined) task.log("Image resized.");
  vm.config[request.disk] = printDrive(withSize(drive, volume.sizeBytes));
}
