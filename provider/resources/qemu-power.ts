import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import { ApiError } from "../proxmox/api-error";
import { reach, readThrough, type Goal } from "../proxmox/persistence";
import { waitForTask } from "../proxmox/tasks";
import { isVmRunning, readVmStatus, vmPath, type VmPlace } from "../proxmox/virtual-machine";
import { waitFor, type Deadline } from "../proxmox/waiting";
import type { Proxmox } from "../session/proxmox";
import { parseDurationSeconds } from "./timeouts";
import { optionalText } from "../plugin/object-values";

/**
 * Stops a running VM: at once, or after the guest was asked to shut down where `shutdown_timeout` says how long it may
 * take for that.
 *
 * @throws ApiError, TaskError, WaitError, ConnectionError
 */
export async function powerOff(
  place: VmPlace,
  values: ObjectValue,
  deadline: Deadline,
  context: Context<Proxmox>,
): Promise<void> {
  const {
    client: { client },
    logger,
  } = context;
  const limit = shutdownSeconds(values);
  const goal: Goal = {
    what: `VM ${place.vmid} to stop`,
    isReached: async () => !(await isVmRunning(client, place)),
    attempt: async () => {
      const path = `${vmPath(place)}/status`;
      const stop = (): Promise<string> => client.post<string>(`${path}/stop`);
      // Proxmox stops the VM itself when the guest does not follow in time, or its agent hangs.
      const upid =
        limit === undefined
          ? await stop()
          : await client
              .post<string>(`${path}/shutdown`, { timeout: limit, forceStop: true })
              .catch((error: unknown) => {
                if (saysPaused(error)) return stop();
                throw error;
              });
      await waitForPowerTask(upid, place, false, deadline, context);
    },
    isNew: true,
  };
  await reach(goal, deadline, logger);
}

/**
 * Shuts the guest down and starts the VM again, with what waited for that.
 *
 * @throws ApiError, TaskError, WaitError, ConnectionError
 */
export async function rebootVm(
  place: VmPlace,
  values: ObjectValue,
  deadline: Deadline,
  { client: proxmox, logger }: Context<Proxmox>,
): Promise<void> {
  const { client } = proxmox;
  const before = await readThrough(`VM ${place.vmid}`, deadline, logger, () => readVmStatus(client, place));
  // Another process is another start, whoever caused it.
  const isRebooted = async (): Promise<boolean> => {
    const now = await readVmStatus(client, place);
    return now.status === "running" && now.pid !== before.pid;
  };
  const goal: Goal = {
    what: `VM ${place.vmid} to reboot`,
    isReached: isRebooted,
    attempt: async () => {
      const path = `${vmPath(place)}/status/reboot`;
      const upid = await client.post<string>(path, { timeout: shutdownSeconds(values) });
      await waitForTask(client, upid, deadline, logger);
      // The task ends when the guest has stopped; the node starts it a moment later (qemu-server, qm cleanup).
      await waitFor(
        `VM ${place.vmid} to start again`,
        deadline,
        async () => (await isRebooted()) || undefined,
      );
    },
    isNew: true,
  };
  await reach(goal, deadline, logger);
  proxmox.forget();
}

/**
 * Waits for a VM to run, or not, after a task that was to bring that about. The task of a VM that is managed by HA ends
 * when it has only asked for it.
 *
 * @throws ApiError, TaskError, WaitError, ConnectionError
 */
export async function waitForPowerTask(
  upid: string,
  place: VmPlace,
  runs: boolean,
  deadline: Deadline,
  { client: { client }, logger }: Context<Proxmox>,
): Promise<void> {
  await waitForTask(client, upid, deadline, logger);
  const [, , , , , type = ""] = upid.split(":");
  if (!type.startsWith("ha")) return;
  const awaited = `HA to ${runs ? "start" : "stop"} VM ${place.vmid}`;
  await waitFor(awaited, deadline, async () => (await isVmRunning(client, place)) === runs || undefined);
}

/** Whether the guest cannot follow a shutdown, for it does not run. */
function saysPaused(error: unknown): boolean {
  return error instanceof ApiError && error.said.startsWith("VM is paused");
}

function shutdownSeconds(values: ObjectValue): number | undefined {
  const text = optionalText(values, "shutdown_timeout");
  return text === undefined ? undefined : parseDurationSeconds(text);
}
