import { rightsOfRoot } from "../access/rights";
import { VmRights } from "../access/vm-rights";
import { ApiError, failure } from "../schema/api-error";
import { MIB } from "../schema/sizes";
import { applyPending } from "../vm/apply-pending";
import { relocate } from "../vm/migrate";
import { assertUpdatable, updateVm } from "../vm/update";
import { readUpdateRequest } from "../vm/update-request";
import type { Vm } from "../world/vm";
import type { VolumeGroup } from "../world/volumes";
import { holdVmLock, type World } from "../world/world";
import type { Incident } from "./incident-rule";

/**
 * Brings an incident about, at once and whatever locks say; one that lasts for a time is undone at its end.
 *
 * @throws ApiError where it cannot be: there is no such VM, node or storage
 */
function causeIncident(world: World, incident: Incident): void {
  switch (incident.kind) {
    case "node-offline":
      takeOffline(world, incident.node, incident.powerLoss ?? false);
      later(world, incident.seconds, () => world.trouble.offlineNodes.delete(incident.node));
      return;
    case "storage-full": {
      const giveBack = findGroup(world, incident.storage, incident.node).fillUp(
        (incident.freeMiB ?? 0) * MIB,
      );
      later(world, incident.seconds, giveBack);
      return;
    }
    case "agent-late":
      delayAgent(world, incident.vmid, incident.afterSeconds === "never" ? Infinity : incident.afterSeconds);
      return;
    case "vm-lock": {
      const vm = findVm(world, incident.vmid);
      const lock = incident.lock ?? "backup";
      if (vm.lock !== undefined) throw failure(`VM is locked (${vm.lock})`);
      vm.config.lock = lock;
      later(world, incident.seconds, () => {
        if (vm.lock === lock) Reflect.deleteProperty(vm.config, "lock");
      });
      return;
    }
    case "vm-lock-file":
      void holdVmLock(world, incident.vmid, () => world.clock.sleep(incident.seconds), {
        timeoutSeconds: incident.seconds,
      }).catch(ignoreTimeout);
      return;
    case "storage-lock-file": {
      const { path } = world.storages.lock(
        incident.storage,
        incident.node ?? nodeWith(world, incident.storage),
      );
      void world.locks
        .hold(path, { mode: "exclusive", timeoutSeconds: incident.seconds }, () =>
          world.clock.sleep(incident.seconds),
        )
        .catch(ignoreTimeout);
      return;
    }
    case "change-vm": {
      const vm = findVm(world, incident.vmid);
      const rights = new VmRights(rightsOfRoot(world.access), vm.vmid);
      const request = readUpdateRequest(world, vm.node, incident.set, rights);
      assertUpdatable(vm, request);
      updateVm(world, vm, request, rights);
      return;
    }
    case "migrate-vm":
      assertNode(world, incident.node);
      relocate(world, findVm(world, incident.vmid), incident.node);
      return;
    case "stop-vm":
      pullPlug(world, findVm(world, incident.vmid));
      return;
    case "remove-vm":
      removeVm(world, findVm(world, incident.vmid));
  }
}

/**
 * Brings an incident about, or tells what was in the way.
 *
 * @returns undefined where all went as it was to go
 */
export function attempt(world: World, incident: Incident): string | undefined {
  try {
    causeIncident(world, incident);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError)
      return [error.message.trim(), ...Object.values(error.errors ?? {})].join(" ");
    throw error;
  }
}

/** Somebody else was there first and stayed: then there is nothing to hold up. */
function ignoreTimeout(): void {
  // Deliberately empty.
}

function later(world: World, seconds: number | undefined, undo: () => void): void {
  if (seconds !== undefined) world.clock.after(seconds, undo);
}

function findVm(world: World, vmid: number): Vm {
  const vm = world.vms.get(vmid);
  if (vm === undefined) throw failure(`there is no VM ${vmid}`);
  return vm;
}

function findGroup(world: World, storage: string, node: string | undefined): VolumeGroup {
  return world.storages.group(storage, node ?? nodeWith(world, storage));
}

function nodeWith(world: World, storage: string): string {
  const hasIt = (node: string): boolean => world.storages.onNode(node).some(({ id }) => id === storage);
  return world.nodes.find(hasIt) ?? world.nodes[0] ?? "";
}

function assertNode(world: World, node: string): void {
  if (!world.nodes.includes(node)) throw failure(`no such cluster node '${node}'`);
}

function takeOffline(world: World, node: string, powerLoss: boolean): void {
  assertNode(world, node);
  world.trouble.offlineNodes.add(node);
  if (!powerLoss) return;
  world.tasks.killAll(node);
  for (const vm of world.vms.values()) if (vm.node === node) pullPlug(world, vm);
}

function delayAgent(world: World, vmid: number, seconds: number): void {
  world.trouble.agentSeconds.set(vmid, seconds);
  const guest = world.vms.get(vmid)?.guest;
  if (guest?.agentSeconds === undefined) return;
  const vm = findVm(world, vmid);
  vm.guest = { ...guest, agentSeconds: guest.startedSeconds + seconds };
}

function pullPlug(world: World, vm: Vm): void {
  vm.guest = undefined;
  applyPending(world, vm);
}

function removeVm(world: World, vm: Vm): void {
  pullPlug(world, vm);
  for (const group of world.storages.allGroups()) {
    for (const volume of group.list()) if (volume.vmid === vm.vmid) group.free(volume.name);
  }
  world.pools.leave(vm.vmid);
  world.access.forgetVm(vm.vmid);
  world.vms.delete(vm.vmid);
}
