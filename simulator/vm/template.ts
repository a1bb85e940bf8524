import { failure } from "../schema/api-error";
import { isDriveKey } from "../schema/drive-schema";
import type { TaskHandle } from "../world/tasks";
import type { Vm } from "../world/vm";
import { assertUnlocked, workOnVm, type World } from "../world/world";
import { driveVolume, isOptical, parseDrive, printDrive } from "./drives";

/**
 * Refuses at once what cannot become a template.
 *
 * @throws ApiError 500
 */
export function assertConvertible(vm: Vm): void {
  assertUnlocked(vm);
  if (vm.snapshots.size > 0) throw failure("unable to create template, because VM contains snapshots");
  if (vm.isTemplate) throw failure("you can't convert a template to a template");
  if (vm.guest !== undefined) throw failure("you can't convert a VM to template if VM is running");
}

/**
 * The work of a `qmtemplate` task: disks become base volumes, which linked clones can build on.
 *
 * @param disk the one drive to convert. Absent for all, which also marks the VM as a template
 */
export async function convertToTemplate(
  world: World,
  node: string,
  vmid: number,
  disk: string | undefined,
  task: TaskHandle,
): Promise<void> {
  await workOnVm(world, { node, vmid }, task, (vm) => {
    assertConvertible(vm);
    for (const key of Object.keys(vm.config)) {
      if (isDriveKey(key) && (disk ?? key) === key) makeBase(world, vm, key);
    }
    if (disk === undefined) vm.config.template = "1";
  });
}

/** Turns the volume of a drive into a base volume; optical drives stay as they are. */
function makeBase(world: World, vm: Vm, key: string): void {
  const drive = parseDrive(key, vm.config[key] ?? "");
  const located = driveVolume(world, vm.node, drive);
  if (located === undefined || isOptical(drive)) return;
  const { group, volume } = located;
  const name = volume.name.replace(/\bvm-(\d+-disk-\d+)/g, "base-$1");
  group.rename(volume, name);
  vm.config[key] = printDrive({ ...drive, file: `${group.storage}:${name}` });
}
