import type { Diagnostic } from "../plugin/diagnostic";
import type { Context, ResourceResult } from "../plugin/provider";
import { UNKNOWN, type ObjectValue } from "../plugin/value";
import { readThrough } from "../proxmox/persistence";
import {
  isVmRunning,
  readVmConfig,
  readVmSettings,
  smbiosUuid,
  type VmPlace,
} from "../proxmox/virtual-machine";
import { deadlineIn, type Deadline } from "../proxmox/waiting";
import { failureDiagnostic } from "./failure";
import type { Proxmox } from "./proxmox";
import { applySettings } from "./qemu-config";
import { growDisk, startVm, waitUntilReady, type Readiness } from "./qemu-finish";
import { changePool } from "./qemu-pool";
import { rebootVm } from "./qemu-power";
import { placeOf } from "./qemu-locate";
import { replacedDiagnostic } from "./qemu-read";
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
  const place = placeOf(prior);
  const label = `${vmLabel(prior)} on node ${place.node}`;
  const deadline = deadlineIn(timeoutSeconds(planned, "update"), context.stopping);
  let step = "find";
  const steps: string[] = [];
  try {
    await assertSame(place, prior, label, deadline, context);
    step = "configure";
    return await carryOut(place, change, deadline, context, (next) => {
      step = next;
      steps.push(next);
    });
  } catch (error) {
    const { tokenId } = context.client.client;
    const diagnostic =
      error instanceof NotTheSame ? error.diagnostic : failureDiagnostic(`${step} ${label}`, error, tokenId);
    // That a reboot is due is known to nobody else when it fails.
    const isRebootDue = steps.includes("reboot");
    return { state: isRebootDue ? { ...prior, reboot_pending: true } : prior, diagnostics: [diagnostic] };
  }
}

class NotTheSame extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.summary);
  }
}

/** A VM that was made under the same id since the plan is none of this resource's business. */
async function assertSame(
  place: VmPlace,
  prior: ObjectValue,
  label: string,
  deadline: Deadline,
  { client: { client }, logger }: Context<Proxmox>,
): Promise<void> {
  const config = await readThrough(label, deadline, logger, () => readVmConfig(client, place));
  const expected = prior["smbios_uuid"] ?? "";
  const actual = smbiosUuid(config);
  if (expected === "" || actual === undefined || actual === expected) return;
  throw new NotTheSame(replacedDiagnostic(label, place.vmid));
}

async function carryOut(
  place: VmPlace,
  { prior, planned, config }: Change,
  deadline: Deadline,
  context: Context<Proxmox>,
  onStep: (step: string) => void,
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
  onStep("grow the disk of");
  await growDisk(place, planned, before, deadline, context);
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
  const state = stateFromConfig(planned, place, settings.config);
  const waiting: readonly Diagnostic[] =
    dueKeys.length === 0 || isRebooted ? [] : [rebootDiagnostic(planned, dueKeys)];
  return {
    state: {
      ...state,
      ipv4_address: state["ipv4_address"] ?? ready?.address ?? null,
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
