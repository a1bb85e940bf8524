import type { TaskRecord } from "../world/tasks";
import type { CallMatch, TaskMatch } from "./rule";

/** What a rule looks at in a call. */
export interface CallSubject {
  readonly method: string;
  /** Below `/api2/json`. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The task whose UPID is in the path. @default - none is */
  readonly task?: TaskSubject;
}

/** What a rule looks at in a task. */
export type TaskSubject = Pick<TaskRecord, "type" | "id" | "node" | "newVmid">;

/** Whether a rule is for a call. */
export function matchesCall(match: CallMatch, { method, path, parameters, task }: CallSubject): boolean {
  return (
    (match.method ?? method) === method &&
    (match.path === undefined || matchesPath(match.path, path)) &&
    (match.node === undefined || match.node === parameters.node) &&
    (match.vmid === undefined ||
      [parameters.vmid, parameters.newid].includes(String(match.vmid)) ||
      (task !== undefined && isAbout(task, match.vmid)))
  );
}

/** Whether a rule is for a task. */
export function matchesTask(match: TaskMatch, task: TaskSubject): boolean {
  return (
    (match.type ?? task.type) === task.type &&
    (match.node ?? task.node) === task.node &&
    (match.vmid === undefined || isAbout(task, match.vmid))
  );
}

function isAbout(task: TaskSubject, vmid: number): boolean {
  return task.id === String(vmid) || task.newVmid === vmid;
}

function matchesPath(pattern: string, path: string): boolean {
  const parts = pattern.split("/").slice(1);
  const segments = path.split("/").slice(1);
  return (
    parts.length === segments.length &&
    parts.every((part, index) => /^(?:\*|\{\w+\})$/.test(part) || part === segments[index])
  );
}
