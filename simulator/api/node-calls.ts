import { ALL_USERS, needs, needsAny } from "../access/permissions";
import { parameterError } from "../schema/api-error";
import { contentList, nodeName, splitList, storageId } from "../schema/formats";
import { rebootHost, switchHostOff } from "../vm/host-power";
import type { StorageDefinition } from "../world/storages";
import { AS_ROOT_ON_NODE, ON_NODE, type Call, type Endpoint, isOn, nodeOf, SWITCH } from "./endpoint";
import { nodeRow, nodeStatus } from "./node-rows";
import { isUsable, storageRow, storageStatus } from "./storage-rows";
import { VERSION } from "./version";
import { qmpStatus, vmRow } from "./vm-rows";

function listNodes({ world, rights }: Call): Record<string, unknown>[] {
  return world.nodes.map((node) => ({
    ...nodeRow(world, rights, node),
    ssl_fingerprint: world.fingerprint,
  }));
}

function listVms(call: Call): Record<string, unknown>[] {
  const { world, rights } = call;
  const vms = [...world.vms.values()]
    .filter((vm) => vm.node === nodeOf(call))
    .filter(({ vmid }) => rights.has(`/vms/${vmid}`, "VM.Audit"));
  return vms.map((vm) => ({
    ...vmRow(world, vm),
    ...(isOn(call, "full") && { qmpstatus: qmpStatus(vm) }),
  }));
}

function listStorages(call: Call): Record<string, unknown>[] {
  const { world, parameters, rights } = call;
  const node = nodeOf(call);
  if (parameters.storage !== undefined) findStorage(call, parameters.storage);
  const wanted = splitList(parameters.content ?? "");
  return world.storages.definitions
    .filter(({ id }) => rights.has(`/storage/${id}`, "Datastore.Audit", "Datastore.AllocateSpace"))
    .filter(({ id }) => parameters.storage === undefined || parameters.storage === id)
    .filter(({ disabled }) => !(isOn(call, "enabled") && disabled === true))
    .filter((storage) => wanted.length === 0 || holdsAny(storage, node, wanted))
    .filter(({ shared, nodes }) => isSeenBy(parameters.target, shared, nodes))
    .map((storage) => storageRow(world, node, storage));
}

/** A list by content leaves out storages that the node cannot use, which a list of all shows as not enabled. */
function holdsAny(storage: StorageDefinition, node: string, types: readonly string[]): boolean {
  return isUsable(storage, node) && types.some((type) => storage.content.includes(type));
}

/** With a target node, only what both nodes share is of interest. */
function isSeenBy(
  target: string | undefined,
  shared: boolean,
  nodes: readonly string[] | undefined,
): boolean {
  return target === undefined || (shared && (nodes?.includes(target) ?? true));
}

function findStorage(call: Call, id: string): StorageDefinition {
  const storage = call.world.storages.definitions.find((each) => each.id === id);
  if (storage === undefined) throw parameterError({ storage: "No such storage." });
  return storage;
}

function showStorage(call: Call): Record<string, unknown> {
  const storage = findStorage(call, call.parameters.storage ?? "");
  return storageStatus(call.world, nodeOf(call), storage);
}

function listDefinitions({ world, rights }: Call): Record<string, unknown>[] {
  const seen = world.storages.definitions.filter(({ id }) =>
    rights.has(`/storage/${id}`, "Datastore.Audit", "Datastore.AllocateSpace"),
  );
  return seen.map(({ id, type, content, shared, nodes }) => ({
    storage: id,
    type,
    content: content.join(","),
    ...(shared && { shared: 1 }),
    ...(nodes !== undefined && { nodes: nodes.join(",") }),
  }));
}

/** Answers first: the host that is told is the one that answers. */
function changePower(call: Call): null {
  const { world, parameters } = call;
  const change = parameters.command === "reboot" ? rebootHost : switchHostOff;
  world.clock.after(0, () => {
    change(world, nodeOf(call));
  });
  return null;
}

/** Calls on hosts and their storages. */
export const NODE_CALLS: readonly Endpoint[] = [
  { method: "GET", path: "/nodes", permissions: ALL_USERS, parameters: {}, handle: listNodes },
  {
    method: "GET",
    path: "/nodes/{node}/version",
    ...ON_NODE,
    permissions: ALL_USERS,
    parameters: {},
    handle: () => VERSION,
  },
  {
    method: "GET",
    path: "/nodes/{node}/status",
    ...ON_NODE,
    permissions: needs("/nodes/{node}", "Sys.Audit"),
    parameters: {},
    handle: (call) => nodeStatus(call.world, nodeOf(call)),
  },
  {
    method: "POST",
    path: "/nodes/{node}/status",
    ...AS_ROOT_ON_NODE,
    permissions: needs("/nodes/{node}", "Sys.PowerMgmt"),
    parameters: { command: { type: "string", enum: ["reboot", "shutdown"] } },
    handle: changePower,
  },
  {
    method: "GET",
    path: "/nodes/{node}/qemu",
    ...AS_ROOT_ON_NODE,
    permissions: ALL_USERS,
    parameters: { full: SWITCH },
    handle: listVms,
  },
  // Containers are not simulated; there are none.
  {
    method: "GET",
    path: "/nodes/{node}/lxc",
    ...AS_ROOT_ON_NODE,
    permissions: ALL_USERS,
    parameters: {},
    handle: () => [],
  },
  {
    method: "GET",
    path: "/nodes/{node}/storage",
    ...AS_ROOT_ON_NODE,
    permissions: ALL_USERS,
    parameters: {
      content: { type: "string", optional: true, format: contentList },
      enabled: SWITCH,
      format: SWITCH,
      storage: { type: "string", optional: true, format: storageId },
      target: { type: "string", optional: true, format: nodeName },
    },
    handle: listStorages,
  },
  {
    method: "GET",
    path: "/nodes/{node}/storage/{storage}/status",
    ...AS_ROOT_ON_NODE,
    permissions: needsAny("/storage/{storage}", "Datastore.Audit", "Datastore.AllocateSpace"),
    parameters: {},
    handle: showStorage,
  },
  { method: "GET", path: "/storage", permissions: ALL_USERS, parameters: {}, handle: listDefinitions },
];
