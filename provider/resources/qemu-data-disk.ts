import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import { OccupiedDiskError } from "../failure/occupied-disk-error";
import type { ObjectValue } from "../plugin/value";
import {
  bytesToGiB,
  parseDisk,
  parseDiskRequest,
  parseSizeBytes,
  printDiskRequest,
  printSize,
} from "../proxmox/disk";
import { parsePropertyString, printPropertyString } from "../proxmox/property-string";
import type { VmConfig } from "../proxmox/virtual-machine";
import { DATA_DISKS } from "./qemu-devices";
import { attributesOf } from "./qemu-state";
import { optionalText } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/**
 * What a plan has to say of a VM's data disks: what cannot be, and whose data is lost. Nothing here replaces the VM:
 * that would cost the boot disk for the sake of another.
 */
export function dataDiskDiagnostics(prior: ObjectValue, planned: ObjectValue): Diagnostic[] {
  return DATA_DISKS.flatMap((device) => {
    const [before, after] = [optionalText(prior, device) ?? "", optionalText(planned, device)];
    if (before === "" || after === undefined || before === after) return [];
    const fault =
      after === "" ? deletedDiagnostic(prior, device, before) : misfit(prior, device, before, after);
    return fault === undefined ? [] : [fault];
  });
}

function deletedDiagnostic(prior: ObjectValue, device: string, has: string): Diagnostic {
  return warningDiagnostic(
    `${device} of ${vmLabel(prior)} is going to be deleted`,
    `${device} is "": its disk, ${has}, is deleted, and all data on it is lost. To keep the disk leave ${device} out of the ` +
      "configuration instead.",
    [device],
  );
}

function misfit(prior: ObjectValue, device: string, has: string, asked: string): Diagnostic | undefined {
  const [from, to] = [parseDiskRequest(has), parseDiskRequest(asked)];
  if (from.storage !== to.storage) {
    return errorDiagnostic(
      `${device} of ${vmLabel(prior)} is on another storage`,
      `It is on ${from.storage}, and ${to.storage} is asked for. Move the disk in Proxmox first (Hardware, Disk Action, Move ` +
        `Storage, with Delete source): the next plan finds it there. Where its data can go set ${device} = "" and apply, which ` +
        "deletes it, then ask for the new one.",
      [device],
    );
  }
  if (to.sizeGiB >= from.sizeGiB) return undefined;
  return errorDiagnostic(
    `${device} of ${vmLabel(prior)} cannot shrink`,
    `It has ${from.sizeGiB} GiB and ${to.sizeGiB} GiB are asked for. Disks grow but never shrink: ask for at least ` +
      `${from.sizeGiB} GiB. Where its data can go set ${device} = "" and apply, which deletes it, then ask for the new one.`,
    [device],
  );
}

/**
 * Why an update does not begin: a disk that it would delete is not the one that the plan told of. Somebody attached it
 * since.
 */
export function unplannedDeletions(prior: ObjectValue, planned: ObjectValue, actual: VmConfig): Diagnostic[] {
  const now = attributesOf(actual, prior);
  return DATA_DISKS.filter((device) => {
    const isDeleted = planned[device] === "" && isDisk(actual[device]);
    return isDeleted && (optionalText(prior, device) === undefined || now[device] !== prior[device]);
  }).map((device) =>
    errorDiagnostic(
      `${device} of ${vmLabel(prior)} holds another disk than the plan says`,
      `${device} is "", which would delete "${actual[device] ?? ""}", and the plan did not tell of that disk. Nothing was changed. Run ` +
        `terraform apply again: the plan then shows what goes. To keep the disk leave ${device} out of the configuration.`,
      [device],
    ),
  );
}

function isDisk(stored: string | number | undefined): boolean {
  return stored !== undefined && parseDisk(String(stored)) !== undefined;
}

/** Data disks to make and to delete, so that a VM has those that are planned. */
export interface DataDiskChanges {
  /** Drives as Proxmox takes new ones, by device, none of which the VM has anything at. */
  readonly made: Readonly<Record<string, string>>;
  /** Devices whose disk goes, with its volume. */
  readonly deleted: readonly string[];
}

/**
 * Which data disks a VM lacks, and which it has too many. A disk that is there is never replaced by another: set in
 * Proxmox, `storage:GiB` would detach it.
 *
 * @throws OccupiedDiskError where something else is in the place of a disk
 */
export function dataDiskChanges(planned: ObjectValue, actual: VmConfig): DataDiskChanges {
  const made: Record<string, string> = {};
  const deleted: string[] = [];
  for (const device of DATA_DISKS) {
    const asked = optionalText(planned, device);
    const stored = actual[device];
    if (asked === undefined) continue;
    if (asked === "") {
      if (isDisk(stored)) deleted.push(device);
    } else if (stored === undefined) {
      made[device] = newDisk(asked, String(actual["scsi0"] ?? ""));
    } else if (!isDisk(stored)) {
      throw new OccupiedDiskError(device, String(stored));
    }
  }
  return { made, deleted };
}

/** How the guest sees the boot disk is for the template to say, and holds for the disks beside it. */
const SHARED_OPTIONS = ["discard", "iothread", "ssd"];

function newDisk(asked: string, bootDisk: string): string {
  const { storage, sizeGiB } = parseDiskRequest(asked);
  // The size that growing would give it: Proxmox counts in smaller steps when it makes a disk.
  const file = printDiskRequest({ storage, sizeGiB: bytesToGiB(parseSizeBytes(printSize(sizeGiB))) });
  const options = [...parsePropertyString(bootDisk, "file")].filter(([key]) => SHARED_OPTIONS.includes(key));
  return printPropertyString(new Map([["file", file], ...options]), "file");
}
