import type { Logger } from "../logger";
import type { ApiClient } from "./api-client";
import { TaskError } from "./api-error";
import { RecentAnswers } from "./recent";
import { sharedPace } from "./pace";
import type { VmPlace } from "./virtual-machine";
import { waitFor, type Deadline } from "./waiting";

interface TaskStatus {
  readonly status: "running" | "stopped";
  readonly type: string;
  readonly id: string;
  readonly exitstatus?: string;
}

/** A task as its node lists it. */
interface ListedTask {
  readonly upid: string;
  /** Missing while the task runs. */
  readonly endtime?: number;
}

interface LogLine {
  readonly n: number;
  readonly t: string;
}

/** What a task that was carried out warned of. */
export interface TaskWarnings {
  readonly upid: string;
  /** Empty where it did not. */
  readonly lines: readonly string[];
}

const LOG_TAIL_LINES = 10;
/** What a clone's log says of its new id comes first, or after waiting for locks. */
const LOG_HEAD_LINES = 10;

/**
 * Waits for a task to end.
 *
 * @param upid such as `UPID:pve1:0000041A:000AD3F5:6B034459:qmclone:400:root@pam:`; its second field is the node
 * @returns what it warned of
 * @throws TaskError where the task failed, WaitError where it takes too long (it goes on then), ApiError
 */
export async function waitForTask(
  client: ApiClient,
  upid: string,
  deadline: Deadline,
  logger: Logger,
): Promise<TaskWarnings> {
  const [, node = "", , , , type = "", id = ""] = upid.split(":");
  const path = `/nodes/${node}/tasks/${encodeURIComponent(upid)}`;
  const startedMs = Date.now();
  let lookedAtMs = startedMs;
  const look = async (seen: (what: string) => void): Promise<string | undefined> => {
    const isListed = (await runningTasks(client).get(node)).has(upid);
    if (isListed && Date.now() - lookedAtMs < TRUSTED_MS) {
      seen(`task ${upid} is running`);
      return undefined;
    }
    lookedAtMs = Date.now();
    const task = await client.get<TaskStatus>(`${path}/status`);
    seen(`task ${upid} is ${task.status}`);
    return task.status === "stopped" ? (task.exitstatus ?? "unexpected status") : undefined;
  };
  const exitStatus = await waitFor(`task ${type} of VM ${id} to end`, deadline, look, sharedPace);
  logger.info("Proxmox task ended", { upid, exitStatus, ms: Date.now() - startedMs });
  if (exitStatus === "OK") return { upid, lines: [] };
  // limit=0 asks for the whole log: without it a long one comes without its end.
  const log = await client.get<readonly LogLine[]>(`${path}/log`, { limit: 0 }).catch(() => [] as const);
  const texts = log.map((line) => line.t);
  if (exitStatus.startsWith("WARNINGS")) {
    const warnings = texts.filter((text) => text.startsWith("WARN: "));
    logger.warn("Proxmox task ended with warnings", { upid, exitStatus, log: warnings.join(" | ") });
    return { upid, lines: warnings.length > 0 ? warnings : [exitStatus] };
  }
  throw new TaskError(upid, type, exitStatus, texts.slice(-LOG_TAIL_LINES));
}

/**
 * How long a list is believed that a task runs, before the task itself is looked at. A list is what Proxmox has written
 * down last: a task whose worker nobody watched stays in it. Source: pve-common src/PVE/RESTEnvironment.pm
 * (active_workers).
 */
const TRUSTED_MS = 5000;

/** Of how many running tasks a node tells; one that is left out is asked for by itself. */
const LISTED_TASKS = 500;
/** Waits look in step, but not to the millisecond. */
const LIST_SHARED_MS = 40;

const runningTasksOf = new WeakMap<ApiClient, RecentAnswers<ReadonlySet<string>>>();

/** The UPIDs of the tasks that run on a node, as far as the token may see them: its own at least. */
function runningTasks(client: ApiClient): RecentAnswers<ReadonlySet<string>> {
  const known = runningTasksOf.get(client);
  if (known !== undefined) return known;
  const answers = new RecentAnswers(LIST_SHARED_MS, async (node) => {
    const query = { source: "active", limit: LISTED_TASKS };
    const tasks = await client.get<readonly ListedTask[]>(`/nodes/${node}/tasks`, query);
    return new Set(tasks.filter(({ endtime }) => endtime === undefined).map(({ upid }) => upid));
  });
  runningTasksOf.set(client, answers);
  return answers;
}

/** A clone that runs for the client's own token. */
export interface RunningClone {
  readonly upid: string;
  /** Whether its log names the VM id that it makes. Before 9 it does not, nor while it waits for a lock. */
  readonly isCertain: boolean;
}

/**
 * Finds the running clone task of the client's own token that makes a VM id; where no log names that id, one whose log
 * names none, which may be the one.
 * Source of the log line: qemu-server src/PVE/API2/Qemu.pm (clone_vm).
 *
 * @throws ApiError, ConnectionError
 */
export async function findRunningClone(
  client: ApiClient,
  template: VmPlace,
  newid: number,
): Promise<RunningClone | undefined> {
  const tasks = await client.get<readonly ListedTask[]>(`/nodes/${template.node}/tasks`, {
    source: "active",
    typefilter: "qmclone",
    vmid: template.vmid,
  });
  let candidate: RunningClone | undefined;
  for (const { upid, endtime } of tasks) {
    const [, node = "", , , , , , owner] = upid.split(":");
    if (endtime !== undefined || owner !== client.tokenId) continue;
    const path = `/nodes/${node}/tasks/${encodeURIComponent(upid)}/log`;
    const log = await client.get<readonly LogLine[]>(path, { limit: LOG_HEAD_LINES });
    if (log.some(({ t }) => t.endsWith(` with ID ${newid}`))) return { upid, isCertain: true };
    if (!log.some(({ t }) => / with ID \d+$/.test(t))) candidate = { upid, isCertain: false };
  }
  return candidate;
}

/**
 * Ends a running task; a clone then removes what it has made.
 *
 * @throws ApiError, ConnectionError
 */
export async function abortTask(client: ApiClient, upid: string): Promise<void> {
  const [, node = ""] = upid.split(":");
  await client.delete(`/nodes/${node}/tasks/${encodeURIComponent(upid)}`);
}
