import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { ApiError, saysVmNotOnNode, TaskError } from "../proxmox/api-error";
import { isWorthRepeating, reach, type Goal } from "../proxmox/persistence";
import { abortTask, waitForTask, type TaskWarnings } from "../proxmox/tasks";
import { isVmRunning, listClusterVms, printVmId, smbiosUuid, vmPath } from "../proxmox/virtual-machine";
import { deadlineIn, type Deadline } from "../proxmox/waiting";
import { failureDiagnostic } from "../failure/failure";
import type { Proxmox } from "../session/proxmox";
import { locateVm, placeOf, type LocatedVm } from "./qemu-locate";
import { findOwnClone } from "./qemu-own-clone";
import { powerOff } from "./qemu-power";
import { hiddenDiagnostic, replacedDiagnostic, templateDiagnostic } from "./qemu-read";
import { taskWarningDiagnostics } from "./task-warning";
import { timeoutSeconds } from "./timeouts";
import { vmLabel } from "./vm-label";

/** A VM that must not be removed, with why. */
class Refusal extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.summary);
  }
}

/** A clone that was told to end has not cleaned up yet. */
class StillCloning extends Error {}

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
  const deadline = deadlineIn(timeoutSeconds(state, "delete"), stopping);
  const { vmid } = placeOf(state);
  let label = `${vmLabel(state)} on node ${placeOf(state).node}`;
  let known = state;
  let found: LocatedVm | undefined;
  let warnings: readonly Diagnostic[] = [];
  let isBegun = false;
  let forbiddenInARow = 0;
  const goal: Goal = {
    what: `VM ${vmid} to be removed`,
    isReached: async () => {
      const located = await locateVm(client, known);
      // After a first attempt another VM under the id is proof that this one is gone.
      if (located === "gone" || (located === "replaced" && isBegun)) return true;
      if (located === "replaced") throw new Refusal(replacedDiagnostic(label, vmid));
      if (located === "hidden") throw new Refusal(hiddenDiagnostic(label, placeOf(known)));
      found = located === "cloning" ? undefined : located;
      if (found === undefined) return false;
      label = `${vmLabel(state)} on node ${found.place.node}`;
      assertRemovable(found, label);
      known = identified(known, found);
      return false;
    },
    attempt: async () => {
      isBegun = true;
      if (found === undefined || found.config["lock"] === "clone") await abortClone(client, known);
      if (found === undefined) throw new StillCloning();
      warnings = taskWarningDiagnostics(
        `${label} was deleted`,
        await remove(found, state, deadline, context),
      );
    },
    isPassing: (error) => {
      forbiddenInARow = saysForbidden(error) ? forbiddenInARow + 1 : 0;
      const mayBeGoing = forbiddenInARow > 0 && forbiddenInARow < FORBIDDEN_LIMIT;
      return isWorthRepeating(error) || saysGone(error) || mayBeGoing || error instanceof StillCloning;
    },
  };
  try {
    await reach(goal, deadline, logger);
    proxmox.vmIds.noteGone(vmid);
    return warnings;
  } catch (error) {
    if (error instanceof Refusal) return [error.diagnostic];
    return [failureDiagnostic(`delete ${label}`, error, client.tokenId)];
  } finally {
    proxmox.forget();
  }
}

function assertRemovable({ config, place }: LocatedVm, label: string): void {
  if (config["template"] === 1) throw new Refusal(templateDiagnostic(`delete ${label}`));
  // Proxmox refuses to delete a protected VM, but only after it would have been stopped.
  if (config["protection"] === 1) throw new Refusal(protectedDiagnostic(label, place.vmid));
}

async function remove(
  { place }: LocatedVm,
  state: ObjectValue,
  deadline: Deadline,
  context: Context<Proxmox>,
): Promise<TaskWarnings> {
  const {
    client: { client },
    logger,
  } = context;
  if (await isVmRunning(client, place)) await powerOff(place, state, deadline, context);
  // Disks that the configuration does not name stay: what lies under this id on a shared storage can be another cluster's.
  const upid = await client.delete<string>(vmPath(place), { purge: true });
  return await waitForTask(client, upid, deadline, logger);
}

/** Ends the clone that still makes the VM, where it is this token's own: it then removes what it has made. */
async function abortClone(client: ApiClient, state: ObjectValue): Promise<void> {
  const clone = await findOwnClone(client, state, await listClusterVms(client));
  if (clone?.isCertain === true) await abortTask(client, clone.upid);
}

/** The state with what tells the VM that was found from any other that comes to have its id. */
function identified(state: ObjectValue, { place, config }: LocatedVm): ObjectValue {
  const id = printVmId(place);
  if (config["lock"] === "clone") return { ...state, id };
  return { ...state, id, smbios_uuid: smbiosUuid(config) ?? null };
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

function protectedDiagnostic(label: string, vmid: number): Diagnostic {
  return errorDiagnostic(
    `Unable to delete ${label}: it is protected`,
    `It was not touched. To let it go switch off Protection in its Options in Proxmox (qm set ${vmid} --protection 0 on the node), ` +
      "then run again.",
  );
}
