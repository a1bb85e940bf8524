import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { ApiError, saysVmNotOnNode, TaskError } from "../proxmox/api-error";
import { isWorthRepeating, reach, type Goal } from "../proxmox/persistence";
import { abortTask, findRunningClone, waitForTask, type TaskWarnings } from "../proxmox/tasks";
import { isVmRunning, vmPath, type VmPlace } from "../proxmox/virtual-machine";
import { deadlineIn, type Deadline } from "../proxmox/waiting";
import { failureDiagnostic } from "./failure";
import type { Proxmox } from "./proxmox";
import { locateVm, type LocatedVm } from "./qemu-locate";
import { powerOff } from "./qemu-power";
import { hiddenDiagnostic, placeOf, templateDiagnostic } from "./qemu-read";
import { taskWarningDiagnostics } from "./task-warning";
import { timeoutSeconds } from "./timeouts";
import { vmLabel } from "./vm-label";

/** A VM that must not be removed, with why. */
class Refusal extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.summary);
  }
}

/**
 * How often in a row Proxmox may say 403 before it is believed: to a token whose rights hang on the VM or its pool, a VM
 * that is being removed is forbidden a moment before it is gone.
 */
const FORBIDDEN_LIMIT = 3;

/**
 * Stops a VM and removes it with all its disks. One that is not there any more is as good as removed; one that is locked
 * is waited for.
 */
export async function deleteQemu(
  { state }: { state: ObjectValue },
  context: Context<Proxmox>,
): Promise<readonly Diagnostic[]> {
  const { client: proxmox, logger, stopping } = context;
  const { client } = proxmox;
  const known = placeOf(state);
  const deadline = deadlineIn(timeoutSeconds(state, "delete"), stopping);
  let label = `${vmLabel(state)} on node ${known.node}`;
  let found: LocatedVm | undefined;
  let warnings: readonly Diagnostic[] = [];
  let forbiddenInARow = 0;
  const goal: Goal = {
    what: `VM ${known.vmid} to be removed`,
    isReached: async () => {
      const located = await locateVm(client, found?.place ?? known);
      if (located === "gone") return true;
      if (located === "hidden") throw new Refusal(hiddenDiagnostic(label, known));
      label = `${vmLabel(state)} on node ${located.place.node}`;
      assertRemovable(located, label);
      found = located;
      return false;
    },
    attempt: async () => {
      if (found === undefined) return;
      warnings = taskWarningDiagnostics(
        `${label} was deleted`,
        await remove(found, state, deadline, context),
      );
    },
    isPassing: (error) => {
      forbiddenInARow = saysForbidden(error) ? forbiddenInARow + 1 : 0;
      const mayBeGoing = forbiddenInARow > 0 && forbiddenInARow < FORBIDDEN_LIMIT;
      return isWorthRepeating(error) || saysGone(error) || mayBeGoing;
    },
  };
  try {
    await reach(goal, deadline, logger);
    proxmox.vmIds.release(known.vmid);
    return warnings;
  } catch (error) {
    if (error instanceof Refusal) return [error.diagnostic];
    return [failureDiagnostic(`delete ${label}`, error, client.tokenId)];
  } finally {
    proxmox.forget();
  }
}

function assertRemovable({ config }: LocatedVm, label: string): void {
  if (config["template"] === 1) throw new Refusal(templateDiagnostic(`delete ${label}`));
  // Proxmox refuses to delete a protected VM, but only after it would have been stopped.
  if (config["protection"] === 1) throw new Refusal(protectedDiagnostic(label));
}

async function remove(
  { place, config }: LocatedVm,
  state: ObjectValue,
  deadline: Deadline,
  context: Context<Proxmox>,
): Promise<TaskWarnings> {
  const {
    client: { client },
    logger,
  } = context;
  if (config["lock"] === "clone") await abortClone(client, place, state);
  if (await isVmRunning(client, place)) await powerOff(place, state, deadline, context);
  const upid = await client.delete<string>(vmPath(place), {
    purge: true,
    "destroy-unreferenced-disks": true,
  });
  return await waitForTask(client, upid, deadline, logger);
}

/** Ends the clone that still makes the VM, where it is this token's own: it then removes what it has made. */
async function abortClone(client: ApiClient, { node, vmid }: VmPlace, state: ObjectValue): Promise<void> {
  if (typeof state["clone"] !== "number") return;
  const upid = await findRunningClone(client, { node, vmid: state["clone"] }, vmid);
  if (upid !== undefined) await abortTask(client, upid);
}

/** Whether the VM was removed, or moved to another node, after it had been looked at. */
function saysGone(error: unknown): boolean {
  if (error instanceof TaskError)
    return /does not exist|unable to find configuration file/.test(error.exitStatus);
  return saysVmNotOnNode(error);
}

function saysForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}

function protectedDiagnostic(label: string): Diagnostic {
  return errorDiagnostic(
    `Unable to delete ${label}: it is protected`,
    "It was not touched. To let it go switch off Protection in its Options in Proxmox, then run again.",
  );
}
