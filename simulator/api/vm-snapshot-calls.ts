import { ALL_USERS, needs, needsAny } from "../access/permissions";
import { failure } from "../schema/api-error";
import { configId } from "../schema/formats";
import { configAtSnapshot } from "../vm/config-view";
import { type Feature, hasFeature, nodesWithDisks } from "../vm/features";
import { rollBack } from "../vm/rollback";
import { deleteSnapshot, requireSnapshot, takeSnapshot } from "../vm/snapshots";
import { startVm } from "../vm/start";
import type { Vm } from "../world/vm";
import { assertUnlocked, holdVmLock, requireVm } from "../world/world";
import {
  AS_ROOT_ON_NODE,
  type Call,
  type Endpoint,
  isOn,
  nodeOf,
  ON_NODE,
  startVmTask,
  SWITCH,
  TEXT,
  vmidOf,
} from "./endpoint";

function list(call: Call): Record<string, unknown>[] {
  const vm = requireVm(call.world, nodeOf(call), vmidOf(call));
  const snapshots = [...vm.snapshots].map(([name, section]) => ({
    name,
    snaptime: Number(section.snaptime ?? 0),
    vmstate: section.vmstate === undefined ? 0 : 1,
    description: section.description ?? "",
    ...(section.parent !== undefined && { parent: section.parent }),
    ...(section.snapstate !== undefined && { snapstate: section.snapstate }),
  }));
  return [...snapshots, currentRow(vm)];
}

function currentRow(vm: Vm): Record<string, unknown> {
  return {
    name: "current",
    digest: vm.digest,
    running: vm.guest === undefined ? 0 : 1,
    description: "You are here!",
    ...(vm.config.parent !== undefined && { parent: vm.config.parent }),
  };
}

function take(call: Call): string {
  const { snapname: name = "", description } = call.parameters;
  if (name === "current" || name.toLowerCase() === "pending") {
    throw failure(`unable to use snapshot name '${name === "current" ? name : "pending"}' (reserved name)`);
  }
  requireVm(call.world, nodeOf(call), vmidOf(call));
  return startVmTask(call, "qmsnapshot", (task) =>
    takeSnapshot(call.world, { ...target(call), description, withState: isOn(call, "vmstate") }, task),
  );
}

function remove(call: Call): string {
  return startVmTask(call, "qmdelsnapshot", (task) => deleteSnapshot(call.world, target(call), task));
}

function goBack(call: Call): string {
  const { world, caller } = call;
  return startVmTask(call, "qmrollback", async (task) => {
    const { node, vmid } = target(call);
    await rollBack(world, target(call), task);
    if (!isOn(call, "start") || world.vms.get(vmid)?.guest !== undefined) return;
    const starting = { node, type: "qmstart", id: String(vmid), caller };
    world.tasks.start(starting, (handle) => startVm(world, node, vmid, handle));
  });
}

function showConfig(call: Call): unknown {
  const vm = requireVm(call.world, nodeOf(call), vmidOf(call));
  return configAtSnapshot(requireSnapshot(vm, target(call).name));
}

async function describe(call: Call): Promise<null> {
  const { world, parameters } = call;
  const { description } = parameters;
  if (description === undefined) return null;
  await holdVmLock(world, vmidOf(call), () => {
    const vm = requireVm(world, nodeOf(call), vmidOf(call));
    assertUnlocked(vm);
    const section = requireSnapshot(vm, target(call).name);
    const text = description.trimEnd();
    if (text === "") Reflect.deleteProperty(section, "description");
    else section.description = text;
  });
  return null;
}

function showFeature(call: Call): Record<string, unknown> {
  const { world, parameters } = call;
  const { feature, snapname } = parameters;
  const vm = requireVm(world, nodeOf(call), vmidOf(call));
  return {
    hasFeature: hasFeature(world, vm, feature as Feature, snapname) ? 1 : 0,
    nodes: nodesWithDisks(world, vm, snapname),
  };
}

function target(call: Call): { node: string; vmid: number; name: string } {
  return { node: nodeOf(call), vmid: vmidOf(call), name: call.parameters.snapname ?? "" };
}

const PATH = "/nodes/{node}/qemu/{vmid}/snapshot";
const MAY_SNAPSHOT = needs("/vms/{vmid}", "VM.Snapshot");

/** Calls on the snapshots of a VM, and on what its disks can do. */
export const VM_SNAPSHOT_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: PATH,
    ...AS_ROOT_ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Audit"),
    parameters: {},
    handle: list,
  },
  {
    method: "POST",
    path: PATH,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_SNAPSHOT,
    parameters: {
      description: TEXT,
      snapname: { type: "string", format: configId, maxLength: 40 },
      vmstate: SWITCH,
    },
    handle: take,
  },
  {
    method: "GET",
    path: `${PATH}/{snapname}`,
    permissions: ALL_USERS,
    parameters: {},
    handle: () => [{ cmd: "rollback" }, { cmd: "config" }],
  },
  {
    method: "DELETE",
    path: `${PATH}/{snapname}`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_SNAPSHOT,
    parameters: { force: SWITCH },
    handle: remove,
  },
  {
    method: "GET",
    path: `${PATH}/{snapname}/config`,
    ...ON_NODE,
    permissions: needsAny("/vms/{vmid}", "VM.Snapshot", "VM.Snapshot.Rollback", "VM.Audit"),
    parameters: {},
    handle: showConfig,
  },
  {
    method: "PUT",
    path: `${PATH}/{snapname}/config`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_SNAPSHOT,
    parameters: { description: TEXT },
    handle: describe,
  },
  {
    method: "POST",
    path: `${PATH}/{snapname}/rollback`,
    ...AS_ROOT_ON_NODE,
    permissions: needsAny("/vms/{vmid}", "VM.Snapshot", "VM.Snapshot.Rollback"),
    parameters: { start: SWITCH },
    handle: goBack,
  },
  {
    method: "GET",
    path: "/nodes/{node}/qemu/{vmid}/feature",
    ...AS_ROOT_ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Audit"),
    parameters: {
      feature: { type: "string", enum: ["snapshot", "clone", "copy"] },
      snapname: { type: "string", optional: true, format: configId, maxLength: 40 },
    },
    handle: showFeature,
  },
];
