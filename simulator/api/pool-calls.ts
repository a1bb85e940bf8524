import { ALL_USERS, needs } from "../access/permissions";
import { ApiError, failure } from "../schema/api-error";
import { poolId, splitList, storageIdList, vmIdList } from "../schema/formats";
import type { ParameterSchema, ParameterTable } from "../schema/types";
import type { World } from "../world/world";
import { AS_ROOT, type Call, type Endpoint, isOn, SWITCH, TEXT } from "./endpoint";
import { storageResourceRow, vmResourceRow } from "./resource-rows";

const MEMBER_TYPE: ParameterSchema = { type: "string", optional: true, enum: ["qemu", "lxc", "storage"] };

const CHANGES: ParameterTable = {
  "allow-move": SWITCH,
  comment: TEXT,
  delete: SWITCH,
  storage: { type: "string", optional: true, format: storageIdList },
  vms: { type: "string", optional: true, format: vmIdList },
};

function listPools(call: Call): Record<string, unknown>[] {
  const { parameters, rights } = call;
  const { pools } = call.world;
  if (parameters.poolid !== undefined) {
    rights.assert(`/pool/${parameters.poolid}`, "Pool.Audit");
    return [showPool(call)];
  }
  const seen = pools.ids().filter((id) => rights.has(`/pool/${id}`, "Pool.Audit"));
  return seen.map((id) => {
    const { comment } = pools.show(id);
    return { poolid: id, ...(comment !== undefined && { comment }) };
  });
}

function showPool({ world, parameters, process }: Call): Record<string, unknown> {
  const { id, comment, vmids, storageIds } = world.pools.show(parameters.poolid ?? "");
  const isWanted = (type: string): boolean => parameters.type === undefined || parameters.type === type;
  const members = [
    ...(isWanted("qemu") ? vmids.flatMap((vmid) => vmMember(world, vmid, process)) : []),
    ...(isWanted("storage") ? storageIds.flatMap((storage) => storageMember(world, storage)) : []),
  ];
  return { poolid: id, ...(comment !== undefined && { comment }), members };
}

function vmMember(world: World, vmid: number, process: number): Record<string, unknown>[] {
  const vm = world.vms.get(vmid);
  return vm === undefined ? [] : [vmResourceRow(world, vm, process)];
}

/** A storage is shown once, as the node that was asked has it, or else as the first that has it. */
function storageMember(world: World, id: string): Record<string, unknown>[] {
  const storage = world.storages.definitions.find((each) => each.id === id);
  if (storage === undefined) return [];
  const [asked = ""] = world.nodes;
  const [first = asked] = [...(storage.nodes ?? [])].sort();
  const node = storage.nodes === undefined || storage.nodes.includes(asked) ? asked : first;
  return [storageResourceRow(world, node, storage)];
}

/** The lock under which pools are changed makes a failure of its own of a missing right. */
function assertMayUpdate({ world, rights, parameters }: Call): void {
  const vmids = splitList(parameters.vms ?? "").map(Number);
  try {
    for (const vmid of vmids) {
      rights.assertMayModifyPermissions(`/vms/${vmid}`);
      const pool = world.pools.ofVm(vmid);
      const isMove = parameters["allow-move"] === "1" && parameters.delete !== "1";
      if (isMove && pool !== undefined) rights.assert(`/pool/${pool}`, "Pool.Allocate");
    }
    for (const id of splitList(parameters.storage ?? "")) rights.assertMayModifyPermissions(`/storage/${id}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw failure(`update pools failed: ${error.status} ${error.message.trimEnd()}`);
  }
}

function updatePool(call: Call): null {
  const { poolid = "", comment, vms = "", storage = "" } = call.parameters;
  assertMayUpdate(call);
  call.world.pools.update(poolid, {
    comment,
    vmids: splitList(vms).map(Number),
    storageIds: splitList(storage),
    isRemoval: isOn(call, "delete"),
    allowMove: isOn(call, "allow-move"),
  });
  return null;
}

function createPool({ world, parameters }: Call): null {
  world.pools.create(parameters.poolid ?? "", parameters.comment ?? "");
  return null;
}

/** What was granted on the pool goes with it. */
function removePool({ world, parameters }: Call): null {
  const { poolid = "" } = parameters;
  world.pools.remove(poolid, (member) =>
    "vmid" in member
      ? world.vms.has(member.vmid)
      : world.storages.definitions.some(({ id }) => id === member.storageId),
  );
  world.access.acl.removePath(`/pool/${poolid}`);
  return null;
}

/** Calls on resource pools. Those with the pool in their path cannot name a nested one. */
export const POOL_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/pools",
    permissions: ALL_USERS,
    parameters: {
      poolid: { type: "string", optional: true, format: poolId },
      type: { ...MEMBER_TYPE, requires: "poolid" },
    },
    handle: listPools,
  },
  {
    method: "POST",
    path: "/pools",
    ...AS_ROOT,
    permissions: needs("/pool/{poolid}", "Pool.Allocate"),
    parameters: {
      comment: TEXT,
      poolid: { type: "string", format: poolId },
    },
    handle: createPool,
  },
  {
    method: "DELETE",
    path: "/pools",
    ...AS_ROOT,
    permissions: needs("/pool/{poolid}", "Pool.Allocate"),
    parameters: { poolid: { type: "string", format: poolId } },
    handle: removePool,
  },
  {
    method: "PUT",
    path: "/pools",
    ...AS_ROOT,
    permissions: needs("/pool/{poolid}", "Pool.Allocate"),
    parameters: { ...CHANGES, poolid: { type: "string", format: poolId } },
    handle: updatePool,
  },
  {
    method: "GET",
    path: "/pools/{poolid}",
    permissions: needs("/pool/{poolid}", "Pool.Audit"),
    parameters: { type: MEMBER_TYPE },
    handle: showPool,
  },
  {
    method: "PUT",
    path: "/pools/{poolid}",
    ...AS_ROOT,
    permissions: needs("/pool/{poolid}", "Pool.Allocate"),
    parameters: CHANGES,
    handle: updatePool,
  },
  {
    method: "DELETE",
    path: "/pools/{poolid}",
    ...AS_ROOT,
    permissions: needs("/pool/{poolid}", "Pool.Allocate"),
    parameters: {},
    handle: removePool,
  },
];
