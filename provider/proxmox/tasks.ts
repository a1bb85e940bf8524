import type { Logger } from "../logger";
import type { ApiClient } from "./api-client";
import { TaskError } from "./api-error";
import { waitFor, type Deadline } from "./waiting";

interface TaskStatus {
  readonly status: "running" | "stopped";
  readonly type: string;
  readonly id: string;
  readonly exitstatus?: string;
}

const LOG_TAIL_LINES = 10;

/**
 * Waits for a task to end.
 *
 * @param upid such as `UPID:pve1:0000041A:000AD3F5:6B034459:qmclone:400:root@pam:`; its second field is the node
 * @throws TaskError where the task failed, WaitError where it takes too long (it goes on then), ApiError
 */
export async function waitForTask(
  client: ApiClient,
  upid: string,
  deadline: Deadline,
  logger: Logger,
): Promise<void> {
  const [, node = "", , , , type = "", id = ""] = upid.split(":");
  const path = `/nodes/${node}/tasks/${encodeURIComponent(upid)}`;
  const startedMs = Date.now();
  const exitStatus = await waitFor(`task ${type} of VM ${id} to end`, deadline, async (seen) => {
    const task = await client.get<TaskStatus>(`${path}/status`);
    seen(`task ${upid} is ${task.status}`);
    return task.status === "stopped" ? (task.exitstatus ?? "unexpected status") : undefined;
  });
  logger.info("Proxmox task ended", { upid, exitStatus, ms: Date.now() - startedMs });
  if (exitStatus === "OK") return;
  // limit=0 asks for the whole log: without it a long one comes without its end.
  const log = await client
    .get<readonly { n: number; t: string }[]>(`${path}/log`, { limit: 0 })
    .catch(() => [] as const);
  const logTail = log.slice(-LOG_TAIL_LINES).map((line) => line.t);
  if (exitStatus.startsWith("WARNINGS")) {
    logger.warn("Proxmox task ended with warnings", { upid, exitStatus, log: logTail.join(" | ") });
    return;
  }
  throw new TaskError(upid, type, exitStatus, logTail);
}
