import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { ApiError } from "../proxmox/api-error";
import { findRunningClone } from "../proxmox/tasks";
import {
  findVmConfig,
  isVmIdFree,
  listClusterVms,
  type ClusterVm,
  type VmConfig,
  type VmPlace,
} from "../proxmox/virtual-machine";
import { describedAs, signatureOf } from "./qemu-mark";
import { optionalText, requiredText } from "./values";
import { vmLabel } from "./vm-label";

/** What holds the VM id of a VM that is to be made. */
export type Holder =
  | { readonly kind: "nobody" }
  /** This resource's VM, left unfinished by a run that was killed or whose calls got lost. */
  | { readonly kind: "own"; readonly place: VmPlace; readonly config: VmConfig }
  /** A clone of this resource's that is still under way. */
  | { readonly kind: "own clone"; readonly upid: string }
  /** Something that the provider cannot prove to be its own. `row` is missing where the token may not see it. */
  | { readonly kind: "other"; readonly row?: ClusterVm; readonly isHalfCloned: boolean };

/** Where the template of a planned VM is; where the token may not see it, on the VM's own node at best. */
export function templatePlace(planned: ObjectValue, vms: readonly ClusterVm[]): VmPlace {
  const vmid = Number(requiredText(planned, "clone"));
  return { node: vms.find((row) => row.vmid === vmid)?.node ?? requiredText(planned, "node"), vmid };
}

/**
 * Finds out what holds a planned VM's id, changing nothing.
 *
 * @throws ApiError, ConnectionError
 */
export async function findHolder(client: ApiClient, planned: ObjectValue): Promise<Holder> {
  const vmid = Number(requiredText(planned, "vmid"));
  if (await isVmIdFree(client, vmid)) return { kind: "nobody" };
  const vms = await listClusterVms(client);
  const row = vms.find((each) => each.vmid === vmid);
  const place = row?.type === "qemu" ? { node: row.node, vmid } : undefined;
  const config = place === undefined ? undefined : await findVisibleConfig(client, place);
  if (place !== undefined && config !== undefined) {
    const isOwn = describedAs(config).signature === signatureOf(client, planned);
    if (isOwn && config["lock"] !== "clone") return { kind: "own", place, config };
  }
  // A VM that is being cloned has no description of its own at first, and is in no pool that could show it.
  const isHalfCloned = config?.["lock"] === "clone";
  if (row === undefined || isHalfCloned) {
    const upid = await findRunningClone(client, templatePlace(planned, vms), vmid);
    if (upid !== undefined) return { kind: "own clone", upid };
  }
  return { kind: "other", row, isHalfCloned };
}

async function findVisibleConfig(client: ApiClient, place: VmPlace): Promise<VmConfig | undefined> {
  try {
    return await findVmConfig(client, place);
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
}

/** An error that names what holds the id and how to take it over. */
export function takenDiagnostic(
  planned: ObjectValue,
  { row, isHalfCloned }: Extract<Holder, { kind: "other" }>,
): Diagnostic {
  const vmid = Number(requiredText(planned, "vmid"));
  const who =
    row === undefined
      ? "a VM or container that this API token may not see"
      : `${row.type === "lxc" ? "container" : "VM"} "${row.name ?? vmid}" on node ${row.node}`;
  return errorDiagnostic(
    `Unable to create ${vmLabel(planned)}: VM id ${vmid} is taken`,
    `VM id ${vmid} belongs to ${who}. It was not touched. ${adviseTaken(vmid, row, isHalfCloned)}`,
    ["vmid"],
  );
}

function adviseTaken(vmid: number, row: ClusterVm | undefined, isHalfCloned: boolean): string {
  if (isHalfCloned && row !== undefined) {
    return (
      "It is locked by a clone: if that still runs let it end. What a clone that was killed has left can be removed " +
      `on node ${row.node} by qm unlock ${vmid} and qm destroy ${vmid}.`
    );
  }
  if (row?.type !== "qemu" || row.template === 1) return "Choose a free vmid.";
  return `Choose a free vmid, or take that VM over: terraform import ADDRESS ${row.node}/${vmid}.`;
}

/** A word in the plan that an unfinished VM is going to be finished. */
export function resumedDiagnostic(planned: ObjectValue): Diagnostic {
  const template = optionalText(planned, "clone") ?? requiredText(planned, "clone");
  return warningDiagnostic(
    `${vmLabel(planned)} is finished, not made anew`,
    `An earlier run was interrupted while it made this VM from template ${template}. Its mark is in the VM's notes; apply ` +
      "takes the VM up where it was left.",
    ["vmid"],
  );
}

/** Two resources that ask for one id. */
export function sharedIdDiagnostic(planned: ObjectValue, other: string): Diagnostic {
  const vmid = requiredText(planned, "vmid");
  return errorDiagnostic(
    `Unable to create ${vmLabel(planned)}: VM id ${vmid} is wanted twice`,
    `Another resource of this configuration, "${other}", is to be made with vmid ${vmid} too. Give each VM an id of its own.`,
    ["vmid"],
  );
}
