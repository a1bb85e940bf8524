import { failure } from "../schema/api-error";
import { isDriveKey, isUnusedKey } from "../schema/drive-schema";
import type { LocatedVolume } from "../world/storages";
import type { TaskHandle } from "../world/tasks";
import type { Vm } from "../world/vm";
import { assertUnlocked, holdVmLock, requireVm, type World } from "../world/world";
import { driveVolume, parseDrive } from "./drives";

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
  await holdVmLock(
    world,
    request.vmid,
    async () => {
      const vm = requireVm(world, request.node, request.vmid);
      assertUnlocked(vm);
      assertDestroyable(vm);
      const volumes = ownVolumes(world, vm, request.destroyUnreferencedDisks);
      for (const { group, volume } of volumes) {
        if (group.clonesOf(volume.name).length === 0) continue;
        throw failure(`base volume '${group.storage}:${volume.name}' is still in use by linked cloned`);
      }
      await world.clock.sleep(world.profile.destroySeconds, task.signal);
      for (const { group, volume } of volumes) group.free(volume.name);
      if (request.purge) task.log(`purging VM ${vm.vmid} from related configurations..`);
      world.pools.leave(vm.vmid);
      world.access.forgetVm(vm.vmid);
      world.vms.delete(vm.vmid);
    },
    { task },
  );
}

function ownVolumes(world: World, vm: Vm, withUnreferenced: boolean): LocatedVolume[] {
  if (withUnreferenced) {
    return world.storages.onNode(vm.node).flatMap(({ id }) => {
      const group = world.storages.group(id, vm.node);
      return group
        .list()
        .filter((volume) => volume.vmid === vm.vmid)
        .map((volume) => ({ group, volume }));
    });
  }
  const sections = [vm.config, vm.pending, ...vm.snapshots.values()];
  const disks = sections
    .flatMap((entries) => Object.entries(entries))
    .filter(([key]) => isDriveKey(key) || isUnusedKey(key))
    .map(([key, value]) => driveVolume(world, vm.node, parseDrive(key, value)));
  const states = sections.map(({ vmstate }) => vmstate && world.storages.find(vmstate, vm.node));
  return [...disks, ...states]
    .filter((located) => located !== undefined && located !== "")
    .filter(({ volume }) => volume.vmid === vm.vmid);
}
