import type { LocatedVolume } from "../world/storages";
import type { Vm } from "../world/vm";
import { canHaveSnapshots, hasFeatureAtSnapshot } from "../world/volume-snapshots";
import type { World } from "../world/world";
import { requireSnapshot, snapshotDisks } from "./snapshots";

/** What the disks of a VM can be asked to do: have snapshots, be built upon by linked clones, be copied in full. */
export type Feature = "snapshot" | "clone" | "copy";

/**
 * Whether all disks of a VM can do something. Optical drives do not count.
 *
 * @param snapname the snapshot of which it is asked. Absent for the VM as it is now
 * @throws ApiError 500 `snapshot 'x' does not exist`
 */
export function hasFeature(world: World, vm: Vm, feature: Feature, snapname: string | undefined): boolean {
  const section = snapname === undefined ? vm.config : requireSnapshot(vm, snapname);
  return snapshotDisks(world, vm, section).every(({ located }) => {
    if (feature === "snapshot") return !isBase(located) && canHaveSnapshots(located);
    if (snapname !== undefined) return hasFeatureAtSnapshot(located, feature);
    return feature === "copy" || isBase(located);
  });
}

/** The nodes on which all disks of a VM are to be had. */
export function nodesWithDisks(world: World, vm: Vm, snapname: string | undefined): string[] {
  const section = snapname === undefined ? vm.config : requireSnapshot(vm, snapname);
  const storages = snapshotDisks(world, vm, section).map(({ located }) =>
    world.storages.require(located.group.storage, vm.node),
  );
  return world.nodes.filter((node) =>
    storages.every(({ shared, nodes }) => node === vm.node || (shared && (nodes?.includes(node) ?? true))),
  );
}

function isBase({ volume }: LocatedVolume): boolean {
  return volume.name.split("/").at(-1)?.startsWith("base-") === true;
}
