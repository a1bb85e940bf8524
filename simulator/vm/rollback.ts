import { randomUUID } from "node:crypto";
import { failure } from "../schema/api-error";
import { isUnusedKey } from "../schema/drive-schema";
import type { TaskHandle } from "../world/tasks";
import type { Vm } from "../world/vm";
import { assertRollbackPossible, rollBackVolume } from "../world/volume-snapshots";
import { assertUnlocked, workOnVm, type World } from "../world/world";
import { bootGuest } from "./guest";
import { type NamedSnapshot, requireSnapshot, snapshotContent, snapshotDisks } from "./snapshots";
import { keepAsUnused } from "./unused-disks";
import { randomPid } from "../world/random-ids";

/** Keys that say how a VM ran when its memory was saved. */
const OF_STATE = /^running(?:machine|cpu)$/;

/**
 * The work of a `qmrollback` task: a running VM is stopped the hard way; one whose memory was saved goes on from there.
 */
export async function rollBack(world: World, request: NamedSnapshot, task: TaskHandle): Promise<void> {
  const { name } = request;
  await workOnVm(world, request, task, async (vm) => {
    assertPossible(world, vm, name);
    if (vm.guest !== undefined) await world.clock.sleep(world.profile.stopSeconds, task.signal);
    vm.guest = undefined;
    vm.config.lock = "rollback";
  });
  await world.clock.sleep(world.profile.snapshotSeconds, task.signal);
  await workOnVm(world, request, task, (vm) => {
    const section = requireSnapshot(vm, name);
    for (const { located } of snapshotDisks(world, vm, section)) rollBackVolume(located, name);
    restoreConfig(world, vm, name, section);
    if (section.vmstate !== undefined) resume(world, vm);
  });
}

/** The guest goes on where it was, and its agent with it. */
function resume(world: World, vm: Vm): void {
  const guest = bootGuest(world, vm, randomPid());
  const hasAgent = guest.agentSeconds !== undefined;
  vm.guest = { ...guest, ...(hasAgent && { agentSeconds: world.clock.now() }) };
}

function assertPossible(world: World, vm: Vm, name: string): void {
  if (vm.isTemplate) throw failure("you can't rollback if vm is a template");
  const section = requireSnapshot(vm, name);
  for (const { located } of snapshotDisks(world, vm, section)) assertRollbackPossible(located, name);
  if (section.snapstate !== undefined) {
    throw failure(`unable to rollback to incomplete snapshot (snapstate = ${section.snapstate})`);
  }
  assertUnlocked(vm);
}

/** Brings the configuration back; disks that were added since are kept as unused ones, what waited is forgotten. */
function restoreConfig(world: World, vm: Vm, name: string, section: Readonly<Record<string, string>>): void {
  const before = vm.config;
  const kept = Object.entries(before).filter(([key]) => isUnusedKey(key) || key === "description");
  const content = Object.entries(snapshotContent(section)).filter(([key]) => !OF_STATE.test(key));
  vm.config = { ...Object.fromEntries(content), ...Object.fromEntries(kept), parent: name };
  if (vm.config.vmgenid !== undefined) vm.config.vmgenid = randomUUID();
  vm.writeCloudInitImage();
  vm.pending = {};
  vm.pendingDelete.clear();
  const disks = new Set(snapshotDisks(world, vm, section).map(({ drive }) => drive.file));
  for (const { drive } of snapshotDisks(world, vm, before)) {
    if (!disks.has(drive.file)) keepAsUnused(world, vm, drive);
  }
}
