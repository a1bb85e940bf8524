import { type Caller, printCaller } from "../access/caller";
import { ApiError } from "../schema/api-error";
import { Interrupted, WorkerKilled } from "./clock";

/** A task as Proxmox VE keeps it, with the precise times of the simulation beside. */
export interface TaskRecord {
  readonly upid: string;
  readonly node: string;
  readonly pid: number;
  readonly pstart: number;
  readonly type: string;
  /** What it works on: a VM id, as text. */
  readonly id: string;
  /** The VM that it makes; absent for all but clones. */
  readonly newVmid?: number;
  readonly caller: Caller;
  /** Milliseconds since the epoch, with fractions. */
  readonly startMs: number;
  /** Milliseconds since the epoch, with fractions; absent while it runs. */
  readonly endMs?: number;
  /** `OK`, `WARNINGS: n` or the error on one line; absent while it runs. */
  readonly exitStatus?: string;
  readonly log: readonly string[];
}

/** What the work of a task may do to its task. */
export interface TaskHandle {
  /** Adds a line to the log. */
  readonly log: (line: string) => void;
  /** Adds a warning to the log; the task then ends as `WARNINGS: n`. */
  readonly warn: (text: string) => void;
  /** Aborted when the task is told to stop, or killed. */
  readonly signal: AbortSignal;
}

/** What a task does. */
export type TaskWork = (task: TaskHandle) => Promise<void>;

/** What is to be run, and for whom. */
interface TaskRequest {
  readonly node: string;
  readonly type: string;
  readonly id: string;
  /** The VM that it makes. @default - none */
  readonly newVmid?: number;
  readonly caller: Caller;
}

interface Task {
  record: TaskRecord;
  readonly abort: AbortController;
  /** Ends its process on the spot: its work throws {@link WorkerKilled}. */
  readonly kill: () => void;
  readonly done: Promise<void>;
}

/** All tasks of the simulated cluster, newest last. */
export class TaskList {
  readonly #tasks = new Map<string, Task>();
  #lastPid = 1000;

  /**
   * What becomes of a task's work before it begins, such as a fault that strikes it. `kill` ends the task's process on
   * the spot: its work throws {@link WorkerKilled}.
   */
  intercept: (task: TaskRequest, work: TaskWork, kill: () => void) => TaskWork = (_, work) => work;

  /** Starts work in the background and answers its UPID at once. */
  start(request: TaskRequest, work: TaskWork): string {
    const startMs = wallClockMs();
    const pid = (this.#lastPid += 1);
    const pstart = Math.round(performance.now() / 10);
    const log: string[] = [];
    const upid = printUpid(request, pid, pstart, startMs);
    const abort = new AbortController();
    let warnings = 0;
    const handle: TaskHandle = {
      log: (line) => log.push(line),
      warn: (text) => {
        warnings += 1;
        log.push(`WARN: ${text}`);
      },
      signal: abort.signal,
    };
    const kill = (): void => {
      abort.abort(new WorkerKilled());
    };
    const record: TaskRecord = { upid, pid, pstart, startMs, log, ...request };
    const finish = (exitStatus: string, lastLine?: string): void => {
      if (lastLine !== undefined) log.push(lastLine);
      task.record = { ...task.record, endMs: wallClockMs(), exitStatus };
    };
    const done = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.intercept(request, work, kill)(handle))
      .then(
        () => {
          if (warnings > 0) finish(`WARNINGS: ${warnings}`, `TASK WARNINGS: ${warnings}`);
          else finish("OK", "TASK OK");
        },
        (error: unknown) => {
          const text = oneLine(error);
          if (error instanceof WorkerKilled) finish(text);
          else finish(text, `TASK ERROR: ${text}`);
        },
      );
    const task: Task = { record, abort, kill, done };
    this.#tasks.set(upid, task);
    return upid;
  }

  /** The task of that UPID, or undefined. */
  find(upid: string): TaskRecord | undefined {
    return this.#tasks.get(upid)?.record;
  }

  /** All tasks, oldest first; the log of one that runs grows. */
  list(): TaskRecord[] {
    return [...this.#tasks.values()].map(({ record }) => record);
  }

  /** Resolves when the task has ended. */
  async wait(upid: string): Promise<void> {
    await this.#tasks.get(upid)?.done;
  }

  /** Kills the processes of all tasks of a node, as its end does. */
  killAll(node: string): void {
    for (const { record, kill } of this.#tasks.values()) if (record.node === node) kill();
  }

  /** Interrupts a task and waits until it has cleaned up; does nothing to one that has ended. */
  async stop(upid: string): Promise<void> {
    const task = this.#tasks.get(upid);
    task?.abort.abort();
    await task?.done;
  }
}

/** Milliseconds since the epoch, with fractions. */
function wallClockMs(): number {
  return performance.timeOrigin + performance.now();
}

function printUpid(request: TaskRequest, pid: number, pstart: number, startMs: number): string {
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, "0");
  const seconds = Math.floor(startMs / 1000);
  const owner = printCaller(request.caller);
  return `UPID:${request.node}:${hex(pid)}:${hex(pstart)}:${hex(seconds)}:${request.type}:${request.id}:${owner}:`;
}

function oneLine(error: unknown): string {
  if (error instanceof Interrupted) return error.message;
  return taskText(error).trim().replaceAll("\n", " ");
}

/** What a task says of an error; one that would have had a status of its own in an answer names it first. */
function taskText(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  const { status, message, errors = {} } = error;
  const faults = Object.entries(errors).map(([name, text]) => `${name}: ${text}\n`);
  return `${status === 500 ? "" : `${status} `}${message}${faults.join("")}`;
}
