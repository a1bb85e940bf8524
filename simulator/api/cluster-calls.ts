import { printCaller } from "../access/caller";
import { ALL_USERS, needs } from "../access/permissions";
import { failure, parameterError } from "../schema/api-error";
import { hostAddress } from "../world/host-networks";
import { AS_ROOT, type Call, type Endpoint, numberOf, OPTIONAL_VM_ID } from "./endpoint";
import { isOffline } from "./node-rows";
import { clusterTaskRow } from "./task-rows";
import { resourceRows } from "./resource-rows";
import { VERSION } from "./version";

/** The first id that the server offers, and the first that it does not. */
const FREE_ID_RANGE = { first: 100, end: 1_000_000 };

/** How many tasks the cluster remembers for its overview. */
const RECENT_TASKS = 25;

function nextId(call: Call): string {
  const { vms } = call.world;
  const wanted = numberOf(call, "vmid");
  if (wanted !== undefined) {
    if (vms.has(wanted)) throw parameterError({ vmid: `VM ${wanted} already exists` });
    return String(wanted);
  }
  const { first, end } = FREE_ID_RANGE;
  for (let id = first; id < end; id += 1) if (!vms.has(id)) return String(id);
  throw failure(`unable to get any free VMID in range [${first}, ${end - 1}]`);
}

/** The tasks of all nodes; to a token, none but those of everybody are shown. */
function recentTasks({ world, rights }: Call): Record<string, unknown>[] {
  const seesAll = rights.has("/", "Sys.Audit");
  return world.tasks
    .list()
    .reverse()
    .slice(0, RECENT_TASKS)
    .filter(({ caller }) => seesAll || caller.user === printCaller(rights.caller))
    .map(clusterTaskRow);
}

/** The nodes, and the cluster that they make if there are several. */
function clusterStatus({ world }: Call): Record<string, unknown>[] {
  const { nodes } = world;
  const isCluster = nodes.length > 1;
  const rows = nodes.map((name, index) => ({
    id: `node/${name}`,
    type: "node",
    name,
    nodeid: isCluster ? index + 1 : 0,
    ip: hostAddress(index),
    level: "",
    local: index === 0 ? 1 : 0,
    online: isOffline(world, name) ? 0 : 1,
  }));
  if (!isCluster) return rows;
  const online = rows.filter((row) => row.online === 1).length;
  const quorate = online > nodes.length / 2 ? 1 : 0;
  const cluster = {
    id: "cluster",
    type: "cluster",
    name: "simulated",
    version: nodes.length,
    nodes: nodes.length,
  };
  return [{ ...cluster, quorate }, ...rows];
}

/** Calls on the cluster as a whole. */
export const CLUSTER_CALLS: readonly Endpoint[] = [
  { method: "GET", path: "/version", permissions: ALL_USERS, parameters: {}, handle: () => VERSION },
  {
    method: "GET",
    path: "/cluster/nextid",
    permissions: ALL_USERS,
    parameters: { vmid: OPTIONAL_VM_ID },
    handle: nextId,
  },
  {
    method: "GET",
    path: "/cluster/resources",
    permissions: ALL_USERS,
    parameters: { type: { type: "string", optional: true, enum: ["vm", "storage", "node", "sdn"] } },
    handle: (call) => resourceRows(call.world, call.rights, call.parameters.type, call.process),
  },
  {
    method: "GET",
    path: "/cluster/status",
    ...AS_ROOT,
    permissions: needs("/", "Sys.Audit"),
    parameters: {},
    handle: clusterStatus,
  },
  {
    method: "GET",
    path: "/cluster/tasks",
    permissions: ALL_USERS,
    parameters: {},
    handle: recentTasks,
  },
];
