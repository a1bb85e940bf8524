import type { TaskRecord } from "../world/tasks";

/** A task as `GET …/tasks/{upid}/status` shows it. */
export function taskStatus(task: TaskRecord): Record<string, unknown> {
  return {
    ...identity(task),
    pid: task.pid,
    pstart: task.pstart,
    status: task.exitStatus === undefined ? "running" : "stopped",
    ...(task.exitStatus !== undefined && { exitstatus: task.exitStatus }),
  };
}

/** A task as a row of `GET /nodes/{node}/tasks`. */
export function nodeTaskRow(task: TaskRecord): Record<string, unknown> {
  return { ...identity(task), pid: task.pid, pstart: task.pstart, ...outcome(task, "RUNNING") };
}

/** A task as a row of `GET /cluster/tasks`. */
export function clusterTaskRow(task: TaskRecord): Record<string, unknown> {
  const isDone = task.endMs !== undefined;
  return { ...identity(task), ...outcome(task, undefined), ...(isDone && { saved: "1" }) };
}

function identity(task: TaskRecord): Record<string, unknown> {
  return {
    upid: task.upid,
    node: task.node,
    type: task.type,
    id: task.id,
    user: task.caller.user,
    tokenid: task.caller.tokenId,
    starttime: Math.floor(task.startMs / 1000),
  };
}

function outcome(task: TaskRecord, running: string | undefined): Record<string, unknown> {
  if (task.endMs === undefined) return running === undefined ? {} : { status: running };
  return { status: task.exitStatus, endtime: Math.floor(task.endMs / 1000) };
}
