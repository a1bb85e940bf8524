import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context, ResourceResult } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { isVmRunning, parseVmId, type VmPlace } from "../proxmox/virtual-machine";
import { failureDiagnostic } from "./failure";
import { locateVm } from "./qemu-locate";
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
  context: Context<ApiClient>,
): Promise<ResourceResult> {
  const { client } = context;
  const place = placeOf(state);
  const label = `${vmLabel(state)} on node ${place.node}`;
  try {
    const located = await locateVm(client, place);
    if (located === "gone") return { state: null };
    if (located === "hidden") return { state, diagnostics: [hiddenDiagnostic(label, place)] };
    const isImport = (state["name"] ?? null) === null;
    if (isImport && located.config["template"] === 1) {
      return { state: null, diagnostics: [templateDiagnostic(`import ${label}`)] };
    }
    const diagnostics: Diagnostic[] =
      located.place.node === place.node ? [] : [movedDiagnostic(label, located.place.node)];
    return {
      state: {
        ...stateFromConfig(state, located.place, located.config),
        pool: await readPool(client, located.place, state),
        startup: await readStartup(client, located.place, state),
      },
      diagnostics,
    };
  } catch (error) {
    return { state, diagnostics: [failureDiagnostic(`read ${label}`, error, client.tokenId)] };
  }
}

/** A VM whose power state is not managed is not asked for it. */
async function readStartup(client: ApiClient, place: VmPlace, state: ObjectValue): Promise<boolean> {
  return state["startup"] === false ? false : await isVmRunning(client, place);
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
