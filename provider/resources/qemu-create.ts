import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context, ResourceResult } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { TaskError } from "../proxmox/api-error";
import { waitForTask } from "../proxmox/tasks";
import {
  findVmConfig,
  printVmId,
  readVmConfig,
  updateVmConfig,
  type VmConfig,
  type VmPlace,
} from "../proxmox/virtual-machine";
import { deadlineIn, type Deadline } from "../proxmox/waiting";
import { failureDiagnostic } from "./failure";
import { beginClone } from "./qemu-clone";
import { configChanges } from "./qemu-config";
import { growDisk, startVm, waitUntilReady } from "./qemu-finish";
import { stateFromConfig, withoutUnknowns } from "./qemu-state";
import { timeoutSeconds } from "./timeouts";
import { requiredText } from "./values";
import { vmLabel } from "./vm-label";

/**
 * Clones, configures, grows, starts and awaits a VM. From the moment the clone has begun the answer holds the VM's
 * state, whatever fails after it: a VM that Terraform does not know of would be lost.
 */
export async function createQemu(
  { planned, config }: { planned: ObjectValue; config: ObjectValue },
  context: Context<ApiClient>,
): Promise<ResourceResult> {
  const { client, logger, stopping } = context;
  const place: VmPlace = { node: requiredText(planned, "node"), vmid: Number(requiredText(planned, "vmid")) };
  const label = `${vmLabel(planned)} on node ${place.node}`;
  const deadline = deadlineIn(timeoutSeconds(planned, "create"), stopping);

  if (stopping.aborted) return { state: null, diagnostics: [notBegun(label)] };
  let upid: string;
  try {
    const clone = await beginClone(client, planned);
    if (clone.refused !== undefined) return { state: null, diagnostics: [clone.refused] };
    upid = clone.upid;
  } catch (error) {
    return { state: null, diagnostics: [failureDiagnostic(cloning(planned, label), error, client.tokenId)] };
  }

  const unfinished: ObjectValue = { ...withoutUnknowns(planned), id: printVmId(place) };
  try {
    await waitForTask(client, upid, deadline, logger);
  } catch (error) {
    const diagnostics = [failureDiagnostic(cloning(planned, label), error, client.tokenId)];
    const isLeft = !(error instanceof TaskError) || (await leavesVm(client, place, error));
    return { state: isLeft ? unfinished : null, diagnostics };
  }

  let step = "configure";
  try {
    const actual = await configure(place, planned, deadline, context, (next) => (step = next));
    if (planned["startup"] !== true) return { state: stateFromConfig(planned, place, actual) };
    step = "start";
    await startVm(place, deadline, context);
    step = "wait for";
    const ready = await waitUntilReady(place, planned, config, actual, deadline, context);
    const state = stateFromConfig(planned, place, actual);
    return {
      state: { ...state, ipv4_address: state["ipv4_address"] ?? ready.address ?? null },
      diagnostics: ready.diagnostics,
    };
  } catch (error) {
    return { state: unfinished, diagnostics: [failureDiagnostic(`${step} ${label}`, error, client.tokenId)] };
  }
}

/**
 * Whether a clone that failed has left its VM behind, locked, as one whose worker was killed does; others clean up
 * after themselves. An id that somebody else took is none of this clone's business.
 */
async function leavesVm(client: ApiClient, place: VmPlace, { exitStatus }: TaskError): Promise<boolean> {
  if (/File exists|already exists|can't lock file '[^']*lock-/.test(exitStatus)) return false;
  try {
    return (await findVmConfig(client, place))?.["lock"] === "clone";
  } catch {
    return false;
  }
}

/** Gives a fresh clone its settings and size; answers the configuration that it then has. */
async function configure(
  place: VmPlace,
  planned: ObjectValue,
  deadline: Deadline,
  context: Context<ApiClient>,
  onStep: (step: string) => void,
): Promise<VmConfig> {
  const cloned = await readVmConfig(context.client, place);
  await updateVmConfig(context.client, place, configChanges(planned, null, cloned), cloned);
  onStep("grow the disk of");
  await growDisk(place, planned, cloned, deadline, context);
  onStep("read");
  return await readVmConfig(context.client, place);
}

function cloning(planned: ObjectValue, label: string): string {
  return `clone template ${requiredText(planned, "clone")} to ${label}`;
}

function notBegun(label: string): Diagnostic {
  return errorDiagnostic(
    `${label} was not made`,
    "Terraform was asked to stop before it was begun. Run terraform apply again.",
  );
}
