import { failure } from "../schema/api-error";
import { isDriveKey } from "../schema/drive-schema";
import type { LocatedVolume } from "../world/storages";
import { WorkerKilled } from "../world/clock";
import type { TaskHandle } from "../world/tasks";
import type { Vm } from "../world/vm";
import { canHaveSnapshots, deleteVolumeSnapshot, takeVolumeSnapshot } from "../world/volume-snapshots";
import { assertUnlocked, workOnVm, type World } from "../world/world";
import { type Drive, driveVolume, isInSnapshot, isOptical, namesVolume, parseDrive } from "./drives";
import { freeVmState, saveVmState } from "./vm-state";
import { keepAsUnused } from "./unused-disks";

/** A snapshot of a VM: one to be removed, or to go back to. */
export interface NamedSnapshot {
  /** The node that the VM is on. */
  readonly node: string;
  readonly vmid: number;
  /** Of the snapshot. */
  readonly name: string;
}

/** A snapshot to be taken. */
interface SnapshotRequest extends NamedSnapshot {
  /** @default - none */
  readonly description?: string;
  /** Whether the memory of a running VM is saved with it. */
  readonly withState: boolean;
}

/** Keys that belong to a section of the file and not to what it holds. */
const OF_SECTION = /^(?:description|digest|lock|snapstate|snaptime|vmstate|unused\d+)$/;

/** The part of a configuration that a snapshot keeps, or brings back. */
export function snapshotContent(section: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(section).filter(([key]) => !OF_SECTION.test(key)));
}

/**
 * The section of a snapshot.
 *
 * @throws ApiError 500 `snapshot 'x' does not exist`
 */
export function requireSnapshot(vm: Vm, name: string): Record<string, string> {
  const section = vm.snapshots.get(name);
  if (section === undefined) throw failure(`snapshot '${name}' does not exist`);
  return section;
}

/** The disks of a section with the volumes that they have; optical drives are not part of snapshots. */
export function snapshotDisks(
  world: World,
  vm: Vm,
  section: Readonly<Record<string, string>>,
): { drive: Drive; located: LocatedVolume }[] {
  return Object.keys(section)
    .filter(isDriveKey)
    .sort()
    .map((key) => parseDrive(key, section[key] ?? ""))
    .filter((drive) => !isOptical(drive))
    .flatMap((drive) => {
      const located = driveVolume(world, vm.node, drive);
      return located === undefined ? [] : [{ drive, located }];
    });
}

/** The work of a `qmsnapshot` task. One that fails takes back what it did. */
export async function takeSnapshot(world: World, request: SnapshotRequest, task: TaskHandle): Promise<void> {
  const { name } = request;
  const vm = await workOnVm(world, request, task, (current) => {
    prepare(world, current, request);
    return current;
  });
  try {
    await world.clock.sleep(world.profile.snapshotSeconds, task.signal);
    const section = requireSnapshot(vm, name);
    if (section.vmstate !== undefined) {
      task.log(`saving VM state and RAM using storage '${section.vmstate.split(":")[0] ?? ""}'`);
    }
    for (const { drive, located } of snapshotDisks(world, vm, section)) {
      task.log(`snapshotting 'drive-${drive.key}' (${drive.file})`);
      takeVolumeSnapshot(located, name);
    }
  } catch (error) {
    if (error instanceof WorkerKilled) throw error;
    task.log("snapshot create failed: starting cleanup");
    forget(world, vm, name);
    throw error;
  }
  await workOnVm(world, request, task, (current) => {
    Reflect.deleteProperty(requireSnapshot(current, name), "snapstate");
    Reflect.deleteProperty(current.config, "lock");
    current.config.parent = name;
  });
}

function prepare(world: World, vm: Vm, { name, description = "", withState }: SnapshotRequest): void {
  if (vm.isTemplate) throw failure("you can't take a snapshot if it's a template");
  assertUnlocked(vm);
  if (vm.snapshots.has(name)) throw failure(`snapshot name '${name}' already used`);
  const disks = snapshotDisks(world, vm, vm.config);
  if (!disks.every(({ located }) => canHaveSnapshots(located))) {
    throw failure("snapshot feature is not available");
  }
  vm.snapshots.set(name, {
    ...snapshotContent(vm.config),
    ...(withState && vm.guest !== undefined && saveVmState(world, vm, name)),
    ...(description !== "" && { description }),
    snapstate: "prepare",
    snaptime: String(Math.floor(Date.now() / 1000)),
  });
  vm.config.lock = "snapshot";
}

/** The work of a `qmdelsnapshot` task. Disks that nothing else names any more are kept as unused ones. */
export async function deleteSnapshot(world: World, request: NamedSnapshot, task: TaskHandle): Promise<void> {
  const { name } = request;
  await workOnVm(world, request, task, (vm) => {
    const section = requireSnapshot(vm, name);
    assertUnlocked(vm);
    if (vm.isTemplate) throw failure("you can't delete a snapshot if vm is a template");
    section.snapstate = "delete";
    vm.config.lock = "snapshot-delete";
  });
  await world.clock.sleep(world.profile.snapshotSeconds, task.signal);
  await workOnVm(world, request, task, (vm) => {
    forget(world, vm, name);
  });
}

/** Takes a snapshot out of the volumes and the configuration; what built on it builds on its parent. */
function forget(world: World, vm: Vm, name: string): void {
  const section = requireSnapshot(vm, name);
  const disks = snapshotDisks(world, vm, section);
  freeVmState(world, vm, section);
  vm.snapshots.delete(name);
  for (const entries of [vm.config, ...vm.snapshots.values()]) {
    if (entries.parent !== name) continue;
    if (section.parent === undefined) Reflect.deleteProperty(entries, "parent");
    else entries.parent = section.parent;
  }
  Reflect.deleteProperty(vm.config, "lock");
  for (const { drive, located } of disks) {
    deleteVolumeSnapshot(located, name);
    if (!isNamed(vm, drive.file)) keepAsUnused(world, vm, drive);
  }
}

/** Whether a disk of the VM, waiting or in a snapshot, still is this volume. */
function isNamed(vm: Vm, file: string): boolean {
  return [vm.config, vm.pending].some((entries) => namesVolume(entries, file)) || isInSnapshot(vm, file);
}
