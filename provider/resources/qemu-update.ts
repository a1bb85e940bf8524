import type { Diagnostic } from "../plugin/diagnostic";
import type { Context, ResourceResult } from "../plugin/provider";
import { UNKNOWN, type ObjectValue } from "../plugin/value";
import { readThrough } from "../proxmox/persistence";
import { isVmRunning, readVmSettings, type VmPlace } from "../proxmox/virtual-machine";
import { deadlineIn, type Deadline } from "../proxmox/waiting";
import { failureDiagnostic } from "../failure/failure";
import type { Proxmox } from "../session/proxmox";
import { applySettings } from "./qemu-config";
import { unplannedDeletions } from "./qemu-data-disk";
import { growDisks, startVm } from "./qemu-finish";
import { changePool } from "./qemu-pool";
import { rebootVm } from "./qemu-power";
import { isLocated, locateVm, placeOf } from "./qemu-locate";
import { lostDiagnostic } from "./qemu-read";
import { waitUntilReady, withAddresses, type Readiness } from "./qemu-readiness";
import { keysDueForReboot, rebootDiagnostic } from "./qemu-reboot";
import { stateFromConfig } from "./qemu-state";
import { timeoutSeconds } from "./timeouts";
import { vmLabel } from "./vm-label";

interface Change {
  readonly prior: ObjectValue;
  readonly planned: ObjectValue;
  readonly config: ObjectValue;
}

/** Changes a VM in place. Where a step fails the state keeps what was true before it, for the next plan to compare. */
export async function updateQemu(change: Change, context: Context<Proxmox>): Promise<ResourceResult> {
  const { prior, planned } = change;
  const { client } = context.client;
  let label = `${vmLabel(prior)} on node ${placeOf(prior).node}`;
  const deadline = deadlineIn(timeoutSeconds(planned, "update"), context.stopping);
  const steps = ["find"];
  try {
    const located = await readThrough(label, deadline, context.logger, () => locateVm(client, prior));
    if (!isLocated(located))
      return { state: prior, diagnostics: [lostDiagnostic(located, label, placeOf(prior))] };
    const surprises = unplannedDeletions(prior, planned, located.config);
    if (surprises.length > 0) return { state: prior, diagnostics: surprises };
    label = `${vmLabel(prior)} on node ${located.place.node}`;
    steps.push("configure");
    return await carryOut(located.place, change, deadline, context, (next) => steps.push(next));
  } catch (error) {
    const diagnostics = [failureDiagnostic(`${steps.at(-1) ?? ""} ${label}`, error, client.tokenId)];
    // That a reboot is due is known to nobody else when it fails.
    return { state: steps.includes("reboot") ? { ...prior, reboot_pending: true } : prior, diagnostics };
  }
}

async function carryOut(
  place: VmPlace,
  { prior, planned, config }: Change,
  deadline: Deadline,
  context: Context<Proxmox>,
  onStep: (step: string) => unknown,
): Promise<ResourceResult> {
  const {
    client: { client },
    logger,
  } = context;
  const { before, changedKeys } = await applySettings(
    place,
    asConfigured(planned, config),
    deadline,
    context,
  );
  onStep("grow the disks of");
  await growDisks(place, planned, before, deadline, context);
  onStep("change the pool of");
  await changePool(place, prior, planned, deadline, context);
  onStep("read");
  const [settings, isRunning] = await readThrough(`VM ${place.vmid}`, deadline, logger, () =>
    Promise.all([readVmSettings(client, place), isVmRunning(client, place)]),
  );
  const dueKeys = isRunning ? keysDueForReboot(settings.pendingKeys, changedKeys) : [];
  const isRebooted = dueKeys.length > 0 && planned["reboot_on_change"] === true;
  let ready: Readiness | undefined;
  if (isRebooted) {
    onStep("reboot");
    await rebootVm(place, planned, deadline, context);
  } else if (!isRunning && planned["startup"] === true) {
    onStep("start");
    await startVm(place, deadline, context);
  }
  if (isRebooted || (!isRunning && planned["startup"] === true)) {
    onStep("wait for");
    ready = await waitUntilReady(place, planned, config, settings.config, deadline, context);
  }
  const state = withAddresses(stateFromConfig(planned, place, settings.config), ready);
  const waiting: readonly Diagnostic[] =
    dueKeys.length === 0 || isRebooted ? [] : [rebootDiagnostic(planned, dueKeys)];
  return {
    state: {
      ...state,
      reboot_pending: dueKeys.length > 0 && !isRebooted,
    },
    diagnostics: [...waiting, ...(ready?.diagnostics ?? [])],
  };
}

/** What is not configured stays as the VM has it, also where that has changed since the plan. */
function asConfigured(planned: ObjectValue, config: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(planned).map(([name, value]) => [name, (config[name] ?? null) === null ? UNKNOWN : value]),
  );
}
