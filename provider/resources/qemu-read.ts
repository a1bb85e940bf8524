import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context, ResourceResult } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import { parseVmId, type VmPlace } from "../proxmox/virtual-machine";
import { failureDiagnostic } from "./failure";
import type { Proxmox } from "./proxmox";
import { locateVm } from "./qemu-locate";
import { describedAs } from "./qemu-mark";
import { readPool } from "./qemu-pool";
import { stateFromConfig } from "./qemu-state";
import { requiredText } from "./values";
import { vmLabel } from "./vm-label";

/** Where a VM is according to its state. */
export function placeOf(state: ObjectValue): VmPlace {
  return (
    parseVmId(requiredText(state, "id")) ?? {
      node: requiredText(state, "node"),
      vmid: Number(requiredText(state, "vmid")),
    }
  );
}

/** Reads a VM anew: what changed behind Terraform's back, that it moved, that it is gone. */
export async function readQemu(
  { state }: { state: ObjectValue },
  context: Context<Proxmox>,
): Promise<ResourceResult> {
  const { client: proxmox } = context;
  const place = placeOf(state);
  proxmox.vmIds.noteInState(place.vmid);
  const label = `${vmLabel(state)} on node ${place.node}`;
  try {
    return await proxmox.read(label, context, () => readLocated(state, place, label, proxmox));
  } catch (error) {
    return { state, diagnostics: [failureDiagnostic(`read ${label}`, error, proxmox.client.tokenId)] };
  }
}

async function readLocated(
  state: ObjectValue,
  place: VmPlace,
  label: string,
  proxmox: Proxmox,
): Promise<ResourceResult> {
  const { client } = proxmox;
  const located = await locateVm(client, place);
  if (located === "gone") return { state: null };
  if (located === "hidden") return { state, diagnostics: [hiddenDiagnostic(label, place)] };
  const isImport = (state["name"] ?? null) === null;
  if (isImport && located.config["template"] === 1) {
    return { state: null, diagnostics: [templateDiagnostic(`import ${label}`)] };
  }
  // It is in the state by now: a mark that a run could not take off has done its duty.
  if (describedAs(located.config).signature !== undefined) await proxmox.unconfirmed.confirm(located.place);
  const isRunning = await proxmox.isRunning(located.place);
  return {
    state: {
      ...stateFromConfig(state, located.place, located.config),
      pool: await readPool(proxmox, located.place, state),
      // A VM whose power state is not managed is left out of account.
      startup: state["startup"] === false ? false : isRunning,
      reboot_pending: isRunning && located.pendingKeys.length > 0,
    },
    diagnostics: located.place.node === place.node ? [] : [movedDiagnostic(label, located.place.node)],
  };
}

/** What to do about a VM whose id is taken while the token does not see it. */
export function hiddenDiagnostic(label: string, place: VmPlace): Diagnostic {
  return errorDiagnostic(
    `Unable to find ${label}`,
    `VM id ${place.vmid} is taken in Proxmox, but no longer by a VM that this API token sees on node ${place.node}. ` +
      "If the VM was moved or re-made, grant the token VM.Audit on it; if the id now belongs to something else, " +
      "remove the resource from the state (terraform state rm) and choose another vmid.",
  );
}

function movedDiagnostic(label: string, node: string): Diagnostic {
  return warningDiagnostic(
    `${label} now runs on node ${node}`,
    "It was moved by Proxmox or by a person, and is followed there; nothing is replaced. To record the move in the " +
      `configuration set node = "${node}".`,
    ["node"],
  );
}

/** Others are cloned from a template: it is not for a resource that may replace or remove it. */
export function templateDiagnostic(doing: string): Diagnostic {
  return errorDiagnostic(
    `Unable to ${doing}: it is a template`,
    "pve_qemu manages VMs and leaves templates alone. It was not touched. If it is in the state, take it out with " +
      "terraform state rm.",
  );
}
