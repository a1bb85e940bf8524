import { printCaller } from "../access/caller";
import { ALL_USERS } from "../access/permissions";
import { failure, parameterError } from "../schema/api-error";
import { splitList, taskStatusList } from "../schema/formats";
import type { TaskRecord } from "../world/tasks";
import {
  AS_ROOT_ON_NODE,
  ON_NODE,
  type Call,
  COUNT,
  type Endpoint,
  isOn,
  nodeOf,
  numberOf,
  OPTIONAL_VM_ID,
  Page,
  SWITCH,
  TEXT,
} from "./endpoint";
import { nodeTaskRow, taskStatus } from "./task-rows";

const UPID_PATTERN =
  /^UPID:([a-zA-Z0-9-]+):[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:[^:\s/]+:[^:\s/]*:[^:\s/]+:$/;

/** Rows of a list or a log that are answered where the caller sets no limit. */
const DEFAULT_LIMIT = 50;

/** The task of a call's UPID, if it is one of that node's. */
function findTask(call: Call): TaskRecord | undefined {
  const { upid = "" } = call.parameters;
  if (!UPID_PATTERN.test(upid)) throw parameterError({ upid: "unable to parse worker upid" });
  const task = call.world.tasks.find(upid);
  return task?.node === nodeOf(call) ? task : undefined;
}

/** Whether the caller started the task, or is the user of the token that did. */
function isOwn({ rights }: Call, task: TaskRecord): boolean {
  const caller = printCaller(rights.caller);
  return caller === printCaller(task.caller) || caller === task.caller.user;
}

function assertMaySee(call: Call, task: TaskRecord): void {
  if (!isOwn(call, task)) call.rights.assert(`/nodes/${nodeOf(call)}`, "Sys.Audit");
}

function showStatus(call: Call): Record<string, unknown> {
  const task = findTask(call);
  if (task === undefined) throw parameterError({ upid: "no such task" });
  assertMaySee(call, task);
  return taskStatus(task);
}

function showLog(call: Call): Page {
  if (isOn(call, "download")) throw failure("downloads of task logs are not simulated: leave out 'download'");
  const task = findTask(call);
  if (task !== undefined) assertMaySee(call, task);
  const lines = task?.log ?? ["unable to open file - No such file or directory"];
  const shown = lines.length === 0 ? ["no content"] : lines;
  const start = numberOf(call, "start") ?? 0;
  const limit = numberOf(call, "limit") ?? DEFAULT_LIMIT;
  const rows = shown.map((text, index) => ({ n: index + 1, t: text }));
  return new Page(rows.slice(start, limit === 0 ? undefined : start + limit), shown.length);
}

async function stop(call: Call): Promise<null> {
  const task = findTask(call);
  if (task === undefined) return null;
  if (!isOwn(call, task)) call.rights.assert(`/nodes/${nodeOf(call)}`, "Sys.Modify");
  await call.world.tasks.stop(task.upid);
  return null;
}

function list(call: Call): Page {
  const start = numberOf(call, "start") ?? 0;
  const limit = numberOf(call, "limit") ?? DEFAULT_LIMIT;
  const seesAll = call.rights.has(`/nodes/${nodeOf(call)}`, "Sys.Audit");
  const tasks = call.world.tasks
    .list()
    .reverse()
    .filter((task) => task.node === nodeOf(call) && isWanted(call, task))
    .filter((task) => seesAll || isOwn(call, task));
  return new Page(tasks.slice(start, start + limit).map(nodeTaskRow), tasks.length);
}

function isWanted(call: Call, task: TaskRecord): boolean {
  const { vmid, typefilter, userfilter, source = "archive", statusfilter } = call.parameters;
  const outcome = outcomeOf(task);
  const since = numberOf(call, "since") ?? 0;
  const until = numberOf(call, "until") ?? Infinity;
  const startSeconds = Math.floor(task.startMs / 1000);
  return (
    (vmid === undefined || task.id === vmid) &&
    (typefilter === undefined || task.type === typefilter) &&
    (userfilter === undefined || task.caller.user.includes(userfilter)) &&
    (source === "all" || (source === "active") === (outcome === "running")) &&
    (statusfilter === undefined || splitList(statusfilter).includes(outcome)) &&
    (!isOn(call, "errors") || outcome === "error") &&
    startSeconds >= since &&
    startSeconds <= until
  );
}

function outcomeOf(task: TaskRecord): "running" | "ok" | "warning" | "error" {
  if (task.exitStatus === undefined) return "running";
  if (task.exitStatus === "OK") return "ok";
  return task.exitStatus.startsWith("WARNINGS: ") ? "warning" : "error";
}

/** Calls on tasks. */
export const TASK_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/nodes/{node}/tasks",
    ...ON_NODE,
    permissions: ALL_USERS,
    parameters: {
      errors: SWITCH,
      limit: COUNT,
      since: { type: "integer", optional: true },
      source: { type: "string", optional: true, enum: ["archive", "active", "all"] },
      start: COUNT,
      statusfilter: { type: "string", optional: true, format: taskStatusList },
      typefilter: TEXT,
      until: { type: "integer", optional: true },
      userfilter: TEXT,
      vmid: OPTIONAL_VM_ID,
    },
    handle: list,
  },
  {
    method: "GET",
    path: "/nodes/{node}/tasks/{upid}",
    permissions: ALL_USERS,
    parameters: {},
    handle: () => [{ name: "log" }, { name: "status" }],
  },
  {
    method: "DELETE",
    path: "/nodes/{node}/tasks/{upid}",
    ...AS_ROOT_ON_NODE,
    permissions: ALL_USERS,
    parameters: {},
    handle: stop,
  },
  {
    method: "GET",
    path: "/nodes/{node}/tasks/{upid}/status",
    ...AS_ROOT_ON_NODE,
    permissions: ALL_USERS,
    parameters: {},
    handle: showStatus,
  },
  {
    method: "GET",
    path: "/nodes/{node}/tasks/{upid}/log",
    ...AS_ROOT_ON_NODE,
    permissions: ALL_USERS,
    parameters: { download: SWITCH, limit: COUNT, start: COUNT },
    handle: showLog,
  },
];
