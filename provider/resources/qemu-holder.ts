import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { ApiError } from "../proxmox/api-error";
import { bytesToGiB, parseDisk, parseDiskRequest, parseSizeBytes, printSize } from "../proxmox/disk";
import {
  findVmConfig,
  isVmIdFree,
  listClusterVms,
  type ClusterVm,
  type VmConfig,
  type VmPlace,
} from "../proxmox/virtual-machine";
import { DISKS } from "./qemu-devices";
import { describedAs, signatureOf } from "../session/mark";
import { findOwnClone } from "./qemu-own-clone";
import { optionalText, requiredText } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/** What holds the VM id of a VM that is to be made. */
export type Holder =
  | { readonly kind: "nobody" }
  /** This resource's VM, left unfinished by a run that was killed or whose calls got lost. */
  | { readonly kind: "own"; readonly place: VmPlace }
  /** A clone of this resource's that is still under way, or may be. */
  | { readonly kind: "own clone"; readonly upid: string }
  | OtherHolder;

/** Something that the provider cannot prove to be its own, or that is not what is planned. */
export interface OtherHolder {
  readonly kind: "other";
  /** @default - the token may not see it */
  readonly row?: ClusterVm;
  readonly isHalfCloned: boolean;
  /** In what an unfinished VM of this resource's own differs from the plan. @default - it is none of its own */
  readonly misfit?: string;
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
  const isHalfCloned = config?.["lock"] === "clone";
  const isOwn = config !== undefined && isMarked(client, planned, config);
  // A VM that is being cloned has no description of its own at first, is in no pool that could show it, and is not
  // finished when its lock is gone: it has yet to be moved and to join its pool.
  if (row === undefined || isHalfCloned || isOwn) {
    const clone = await findOwnClone(client, planned, vms);
    if (clone !== undefined) return { kind: "own clone", upid: clone.upid };
  }
  if (place === undefined || config === undefined || !isOwn || isHalfCloned) {
    return { kind: "other", row, isHalfCloned };
  }
  const misfit = findMisfit(planned, place, config);
  return misfit === undefined ? { kind: "own", place } : { kind: "other", row, isHalfCloned, misfit };
}

/** Whether a VM carries this resource's mark of one that is being made. */
export function isMarked(client: ApiClient, planned: ObjectValue, config: VmConfig): boolean {
  return config["template"] !== 1 && describedAs(config).signature === signatureOf(client, planned);
}

/** What only making the VM anew could change: its node, and disks on another storage or too large. */
function findMisfit(planned: ObjectValue, place: VmPlace, config: VmConfig): string | undefined {
  const node = requiredText(planned, "node");
  if (place.node !== node) return `it is on node ${place.node}, and ${node} is asked for`;
  const misfits = DISKS.map((device) => findDiskMisfit(planned, device, config));
  return misfits.find((misfit) => misfit !== undefined);
}

function findDiskMisfit(planned: ObjectValue, device: string, config: VmConfig): string | undefined {
  const asked = optionalText(planned, device);
  const disk = parseDisk(String(config[device] ?? "none"));
  if (asked === undefined || asked === "" || disk?.sizeBytes === undefined) return undefined;
  const { storage, sizeGiB } = parseDiskRequest(asked);
  const hasGiB = bytesToGiB(disk.sizeBytes);
  if (disk.storage === storage && disk.sizeBytes <= parseSizeBytes(printSize(sizeGiB))) return undefined;
  const which = device === "scsi0" ? "its disk" : `its disk ${device}`;
  return `${which} is ${disk.storage}:${hasGiB}, and ${asked} is asked for`;
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
export function takenDiagnostic(planned: ObjectValue, holder: OtherHolder): Diagnostic {
  const { row } = holder;
  const vmid = Number(requiredText(planned, "vmid"));
  const who =
    row === undefined
      ? "a VM or container that this API token may not see"
      : `${row.type === "lxc" ? "container" : "VM"} "${row.name ?? vmid}" on node ${row.node}`;
  return errorDiagnostic(
    `Unable to create ${vmLabel(planned)}: VM id ${vmid} is taken`,
    `VM id ${vmid} belongs to ${who}. It was not touched. ${adviseTaken(vmid, holder)}`,
    ["vmid"],
  );
}

function adviseTaken(vmid: number, { row, isHalfCloned, misfit }: OtherHolder): string {
  if (misfit !== undefined && row !== undefined) {
    return (
      `An interrupted run of this resource left it unfinished, but it does not fit any more: ${misfit}. Put that back to ` +
      `have it finished, or remove it on node ${row.node}: qm destroy ${vmid}.`
    );
  }
  if (isHalfCloned && row !== undefined) {
    return (
      "It is locked by a clone: if that still runs let it end. What a clone that was killed has left can be removed " +
      `on node ${row.node} by qm unlock ${vmid} and qm destroy ${vmid}.`
    );
  }
  if (row === undefined) return "If it is being made just now let that end; else choose a free vmid.";
  if (row.type !== "qemu" || row.template === 1) return "Choose a free vmid.";
  return `Choose a free vmid, or take that VM over: terraform import ADDRESS ${row.node}/${vmid}.`;
}

/** A word in the plan that an unfinished VM is going to be finished. */
export function resumedDiagnostic(planned: ObjectValue): Diagnostic {
  return warningDiagnostic(
    `${vmLabel(planned)} was left half made: apply finishes it`,
    `An earlier run was interrupted while it made this VM from template ${requiredText(planned, "clone")}. Its mark is in the VM's notes; apply ` +
      "takes the VM up where it was left.",
    ["vmid"],
  );
}

/**
 * Two resources that ask for one id.
 *
 * @param other the name of the VM of the other one. @default - not known: it is made already
 */
export function sharedIdDiagnostic(planned: ObjectValue, other?: string): Diagnostic {
  const vmid = requiredText(planned, "vmid");
  const rival = other === undefined ? "" : `, "${other}",`;
  return errorDiagnostic(
    `Unable to create ${vmLabel(planned)}: VM id ${vmid} is wanted twice`,
    `Another resource of this configuration${rival} has vmid ${vmid} too. Give each VM an id of its own.`,
    ["vmid"],
  );
}

/** An id that is still held by a VM of the same state. */
export function heldDiagnostic(planned: ObjectValue): Diagnostic {
  const vmid = requiredText(planned, "vmid");
  return errorDiagnostic(
    `Unable to create ${vmLabel(planned)}: VM id ${vmid} is held by a VM of this state`,
    "That VM is to go, but was not gone yet: with create_before_destroy, or where a resource was renamed, the new VM " +
      "comes first. Two VMs cannot have one id: take create_before_destroy away, record a renaming in a moved block, or " +
      "run terraform apply again where the VM was to be destroyed anyway.",
    ["vmid"],
  );
}
