import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context, ResourceResult } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import { findVmConfig, printVmId, smbiosUuid, type VmConfig, type VmPlace } from "../proxmox/virtual-machine";
import { deadlineIn, type Deadline } from "../proxmox/waiting";
import { failureDiagnostic } from "../failure/failure";
import type { Proxmox } from "../session/proxmox";
import { cloneTemplate, plannedPlace } from "./qemu-clone";
import { applySettings } from "./qemu-config";
import { DATA_DISKS } from "./qemu-devices";
import { heldDiagnostic, isMarked, sharedIdDiagnostic } from "./qemu-holder";
import { changePool } from "./qemu-pool";
import { growDisks, startVm } from "./qemu-finish";
import { waitUntilReady, withAddresses } from "./qemu-readiness";
import { stateFromConfig, withoutUnknowns } from "./qemu-state";
import { timeoutSeconds } from "./timeouts";
import { requiredText } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/** A template is protected for its own sake: a VM that took that over could not be removed by who made it. */
const INHERITED_BY_MISTAKE = ["protection"];

interface Creation {
  readonly planned: ObjectValue;
  readonly config: ObjectValue;
}

/**
 * Clones, configures, grows, starts and awaits a VM, or finishes one that an earlier run has left. From the moment the
 * clone has begun the answer holds the VM's state, whatever fails after it: a VM that Terraform does not know of would
 * be lost.
 */
export async function createQemu(creation: Creation, context: Context<Proxmox>): Promise<ResourceResult> {
  const { planned } = creation;
  const { vmIds } = context.client;
  const vmid = Number(requiredText(planned, "vmid"));
  if (vmIds.isInState(vmid)) return { state: null, diagnostics: [heldDiagnostic(planned)] };
  if (!vmIds.claim(vmid)) return { state: null, diagnostics: [sharedIdDiagnostic(planned)] };
  const result = await makeVm(creation, context);
  if (result.state === null) vmIds.release(vmid);
  return result;
}

async function makeVm({ planned, config }: Creation, context: Context<Proxmox>): Promise<ResourceResult> {
  const { client: proxmox, stopping } = context;
  const { tokenId } = proxmox.client;
  const label = `${vmLabel(planned)} on node ${plannedPlace(planned).node}`;
  const deadline = deadlineIn(timeoutSeconds(planned, "create"), stopping);
  if (stopping.aborted) return { state: null, diagnostics: [notBegun(label)] };

  const clone = await cloneTemplate(planned, deadline, context);
  if (clone.kind === "refused") return { state: null, diagnostics: clone.diagnostics };
  if (clone.kind === "failed") {
    const doing = `clone template ${requiredText(planned, "clone")} to ${label}`;
    return {
      state: clone.isLeft ? await unfinishedState(planned, plannedPlace(planned), proxmox) : null,
      diagnostics: [
        clone.isLeft
          ? tainted(failureDiagnostic(doing, clone.error, tokenId))
          : failureDiagnostic(doing, clone.error, tokenId),
      ],
    };
  }

  const { place, isResumed, warnings } = clone;
  let step = "configure";
  try {
    const { actual, ...finished } = await finish(
      place,
      { planned, config, isResumed },
      deadline,
      context,
      (next) => (step = next),
    );
    proxmox.unconfirmed.add(place, actual);
    const told = (finished.diagnostics ?? []).map((each) =>
      each.severity === "error" ? tainted(each) : each,
    );
    return { ...finished, diagnostics: [...warnings, ...told] };
  } catch (error) {
    const diagnostics = [...warnings, tainted(failureDiagnostic(`${step} ${label}`, error, tokenId))];
    return { state: await unfinishedState(planned, place, proxmox), diagnostics };
  }
}

/** Each step looks what is left to do: the VM may be one that was finished half-way. */
async function finish(
  place: VmPlace,
  { planned, config, isResumed }: Creation & { readonly isResumed: boolean },
  deadline: Deadline,
  context: Context<Proxmox>,
  onStep: (step: string) => void,
): Promise<ResourceResult & { readonly actual: VmConfig }> {
  // Proxmox deletes no disk of a protected VM, not even in the call that takes the protection off.
  if (DATA_DISKS.some((device) => planned[device] === "")) {
    await applySettings(place, {}, deadline, context, INHERITED_BY_MISTAKE);
  }
  const { before } = await applySettings(place, planned, deadline, context, INHERITED_BY_MISTAKE);
  if (isResumed) {
    onStep("change the pool of");
    await changePool(place, {}, planned, deadline, context);
  }
  onStep("grow the disks of");
  const actual = await growDisks(place, planned, before, deadline, context);
  const state: ObjectValue = { ...stateFromConfig(planned, place, actual), reboot_pending: false };
  context.client.forget();
  if (planned["startup"] !== true) return { state, actual };
  onStep("start");
  await startVm(place, deadline, context);
  onStep("wait for");
  const ready = await waitUntilReady(place, planned, config, actual, deadline, context);
  return { state: withAddresses(state, ready), diagnostics: ready.diagnostics, actual };
}

/**
 * What is known of a VM that was not finished; without its UUID the next run knows it by its mark alone. A VM without the
 * mark may be another's, whose UUID in this state would have it removed.
 */
async function unfinishedState(
  planned: ObjectValue,
  place: VmPlace,
  { client }: Proxmox,
): Promise<ObjectValue> {
  const config = await findVmConfig(client, place).catch(() => undefined);
  const isWhole = config !== undefined && config["lock"] !== "clone" && isMarked(client, planned, config);
  return {
    ...withoutUnknowns(planned),
    id: printVmId(place),
    smbios_uuid: (isWhole ? smbiosUuid(config) : undefined) ?? "",
  };
}

/** What Terraform does with a VM whose making failed, and does not say. */
function tainted(diagnostic: Diagnostic): Diagnostic {
  const fate =
    "The VM is in the state as tainted: the next apply removes it and makes it anew. To keep it as it is: terraform untaint ADDRESS.";
  return { ...diagnostic, detail: `${diagnostic.detail}\n\n${fate}` };
}

function notBegun(label: string): Diagnostic {
  return errorDiagnostic(
    `${label} was not made`,
    "Terraform was asked to stop before it was begun. Run terraform apply again.",
  );
}
