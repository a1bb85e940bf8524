import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context, ResourceResult } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { VmPlace } from "../proxmox/virtual-machine";
import { ApiError } from "../proxmox/api-error";
import { failureDiagnostic } from "../failure/failure";
import type { Proxmox } from "../session/proxmox";
import { isLocated, locateVm, placeOf, type Located, type LocatedVm } from "./qemu-locate";
import { describedAs } from "../session/mark";
import { readPool } from "./qemu-pool";
import { stateFromConfig } from "./qemu-state";
import { vmLabel } from "./vm-label";

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
  const located = await locateVm(client, state);
  const isImport = (state["name"] ?? null) === null;
  if (located === "gone") {
    proxmox.vmIds.noteGone(place.vmid);
    return { state: null, diagnostics: isImport ? [] : [goneDiagnostic(label)] };
  }
  if (!isLocated(located)) return { state, diagnostics: [lostDiagnostic(located, label, place)] };
  if (isImport && located.config["template"] === 1) {
    return { state: null, diagnostics: [templateDiagnostic(`import ${label}`)] };
  }
  // In a state that has its UUID: a mark that a run could not take off has done its duty. Without it the mark is all that the
  // VM is known by, and what is read now may never get into the state: a plan alone does not write it.
  const isKnown = state["smbios_uuid"] !== "";
  const isMarked = describedAs(located.config).signature !== undefined;
  const kept = isKnown && isMarked ? await proxmox.unconfirmed.confirm(located.place) : undefined;
  const isRunning = await proxmox.isRunning(located.place);
  return {
    state: {
      ...stateFromConfig(state, located.place, located.config),
      pool: await readPool(proxmox, located.place, state),
      // A VM whose power state is not managed is left out of account.
      startup: state["startup"] === false ? false : isRunning,
      // Proxmox does not say that a guest has yet to see its cloud-init settings: that is known until the VM stops.
      reboot_pending: isRunning && (located.pendingKeys.length > 0 || state["reboot_pending"] === true),
    },
    diagnostics: [
      ...(located.place.node === place.node ? [] : [movedDiagnostic(label, located.place.node)]),
      ...(isForbidden(kept) ? [markedDiagnostic(label, kept, client.tokenId)] : []),
    ],
  };
}

/** Terraform plans a VM that was removed like any new one. */
function goneDiagnostic(label: string): Diagnostic {
  return warningDiagnostic(
    `${label} is gone`,
    "It is in the state, but Proxmox has no VM of that id any more: it was removed outside Terraform. It leaves the state; if it " +
      "is still in the configuration apply makes it anew from its template, without what was on its disks. To have it back " +
      "restore it from a backup, with its id, before you apply.",
  );
}

/** What to do about a VM that cannot be worked with. */
export function lostDiagnostic(
  located: Exclude<Located, LocatedVm>,
  label: string,
  place: VmPlace,
): Diagnostic {
  switch (located) {
    case "hidden":
      return hiddenDiagnostic(label, place);
    case "replaced":
      return replacedDiagnostic(label, place.vmid);
    case "cloning":
      return cloningDiagnostic(label);
    case "gone":
      return errorDiagnostic(
        `Unable to find ${label}: it is gone`,
        "It was removed after the plan was made. Run terraform apply again: the next plan makes it anew.",
      );
  }
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

/** What to do about an id that belongs to another VM by now. */
export function replacedDiagnostic(label: string, vmid: number): Diagnostic {
  return errorDiagnostic(
    `Unable to find ${label}: its id belongs to another VM`,
    `VM ${vmid} in Proxmox is not the VM that the state is about: its UUID (smbios1) is another. It was not touched. If the ` +
      "VM was removed and another made, take the resource out of the state (terraform state rm ADDRESS) and choose " +
      "another vmid, or import the new one.",
    ["vmid"],
  );
}

function cloningDiagnostic(label: string): Diagnostic {
  return errorDiagnostic(
    `${label} is still being cloned`,
    "An earlier run began the clone and was stopped. Let it end, then run terraform again.",
  );
}

function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}

/** A mark that stays would make another state with the same token take the VM for its own. */
function markedDiagnostic(label: string, error: unknown, tokenId: string): Diagnostic {
  const { detail } = failureDiagnostic(`take the mark off ${label}`, error, tokenId);
  return warningDiagnostic(
    `${label} keeps the mark of a VM that is being made`,
    `It is done and in the state, but the token may not change its notes. ${detail}`,
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
