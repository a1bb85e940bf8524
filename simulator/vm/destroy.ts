import { failure } from "../schema/api-error";
import { DRIVE_KEYS, isUnusedKey } from "../schema/drive-schema";
import { STORAGE_TYPES } from "../world/storage-types";
import { ownerOf, splitVolumeId } from "../world/storages";
import type { TaskHandle } from "../world/tasks";
import type { Vm } from "../world/vm";
import { assertUnlocked, workOnVm, type World } from "../world/world";
import { type Drive, driveVolume, isOptical, parseDrive } from "./drives";

/** A VM to be removed. */
interface DestroyRequest {
  readonly node: string;
  readonly vmid: number;
  /** Whether jobs that name the VM are cleaned up too. */
  readonly purge: boolean;
  /** Whether disks of the VM that its configuration does not name go too. */
  readonly destroyUnreferencedDisks: boolean;
}

/**
 * Refuses at once what can be refused at once.
 *
 * @throws ApiError 500 for a VM that is not there, is protected or runs
 */
export function assertDestroyable(vm: Vm): void {
  if (vm.config.protection === "1") {
    throw failure(`can't remove VM ${vm.vmid} - protection mode enabled`);
  }
  if (vm.guest !== undefined) throw failure(`VM ${vm.vmid} is running - destroy failed`);
}

/** The work of a `qmdestroy` task. The configuration goes last, so that the id is not taken while disks are left. */
export async function destroyVm(world: World, request: DestroyRequest, task: TaskHandle): Promise<void> {
  await workOnVm(world, request, task, async (vm) => {
    assertUnlocked(vm);
    assertDestroyable(vm);
    if (vm.isTemplate) assertNotCloned(world, vm);
    const volumeIds = ownVolumeIds(world, vm, request.destroyUnreferencedDisks);
    const seconds = world.profile.destroySeconds / Math.max(volumeIds.length, 1);
    for (const volumeId of volumeIds) {
      await world.clock.sleep(seconds, task.signal);
      freeVolume(world, vm, volumeId, task);
    }
    if (volumeIds.length === 0) await world.clock.sleep(seconds, task.signal);
    if (request.purge) task.log(`purging VM ${vm.vmid} from related configurations..`);
    world.pools.leave(vm.vmid);
    world.access.forgetVm(vm.vmid);
    world.vms.delete(vm.vmid);
  });
}

function assertNotCloned(world: World, vm: Vm): void {
  for (const drive of disksOf(vm).filter((each) => !isOptical(each))) {
    const located = driveVolume(world, vm.node, drive);
    if (located === undefined || located.group.clonesOf(located.volume.name).length === 0) continue;
    throw failure(`base volume '${drive.file}' is still in use by linked cloned`);
  }
}

/** What goes with the VM: the volumes of its own that its configuration names, and on request those that it does not. */
function ownVolumeIds(world: World, vm: Vm, withUnreferenced: boolean): string[] {
  const states = [...vm.snapshots.values()].flatMap(({ vmstate = [] }) => vmstate);
  const named = [...disksOf(vm).map(({ file }) => file), ...states].filter(
    (volumeId) => volumeId.includes(":") && ownerOf(volumeId) === vm.vmid,
  );
  const onStorages = withUnreferenced ? world.storages.onNode(vm.node) : [];
  const lying = onStorages
    .filter(({ disabled, content }) => disabled !== true && content.includes("images"))
    .flatMap(({ id }) => {
      const volumes = world.storages.group(id, vm.node).list();
      return volumes.filter(({ vmid }) => vmid === vm.vmid).map(({ name }) => `${id}:${name}`);
    });
  return [...new Set([...named, ...lying])];
}

/** Removes a volume. One that is not there is passed over by all storages but those of LVM and Ceph. */
function freeVolume(world: World, vm: Vm, volumeId: string, task: TaskHandle): void {
  const { storage, name } = splitVolumeId(volumeId);
  const group = world.storages.group(storage, vm.node);
  if (group.clonesOf(name).length > 0) {
    const text = `base volume '${name}' is still in use by linked clones`;
    task.warn(`Could not remove disk '${volumeId}', check manually: ${text}`);
    return;
  }
  if (group.find(name) === undefined) {
    const { typeName } = group;
    if (STORAGE_TYPES[typeName].layout === "file") {
      task.log(`disk image '${group.path(name)}' does not exist`);
    } else if (typeName !== "zfspool") {
      const text = group.missingText(name);
      task.warn(`Could not remove disk '${volumeId}', check manually: ${text}`);
    }
  }
  group.free(name);
}

/** Drives first, then disks that are kept unused; of each, what waits stands behind what is in force. */
function disksOf(vm: Vm): Drive[] {
  return [vm.config, vm.pending].flatMap((entries) =>
    [...DRIVE_KEYS, ...Object.keys(entries).filter(isUnusedKey).sort()].flatMap((key) => {
      const value = entries[key];
      return value === undefined ? [] : [parseDrive(key, value)];
    }),
  );
}
