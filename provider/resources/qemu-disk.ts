import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue } from "../plugin/value";
import { parseDiskRequest } from "../proxmox/disk";
import { optionalText } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/**
 * What a change of `scsi0` asks of a VM that is there: nothing or growth, a new VM, or what cannot be.
 * A value that is not known yet asks for nothing.
 */
export function compareDisk(prior: ObjectValue, planned: ObjectValue): "keep" | "replace" | Diagnostic {
  const [before, after] = [optionalText(prior, "scsi0"), optionalText(planned, "scsi0")];
  if (before === after || after === undefined) return "keep";
  if (before === undefined) {
    return errorDiagnostic(
      `${vmLabel(prior)} has no disk at scsi0`,
      "Its boot disk is not attached any more; if it is still there Proxmox lists it as an unused disk of the VM. " +
        "Attach it again as scsi0 in Proxmox, or make the VM anew: terraform taint ADDRESS, then apply.",
      ["scsi0"],
    );
  }
  const [from, to] = [parseDiskRequest(before), parseDiskRequest(after)];
  if (from.storage !== to.storage) return "replace";
  if (to.sizeGiB >= from.sizeGiB) return "keep";
  return errorDiagnostic(
    `The disk of ${vmLabel(prior)} cannot shrink`,
    `scsi0 has ${from.sizeGiB} GiB and ${to.sizeGiB} GiB are asked for. Disks grow but never shrink: ask for at ` +
      `least ${from.sizeGiB} GiB, or make the VM anew: terraform taint ADDRESS, then apply.`,
    ["scsi0"],
  );
}

/** A warning where a plan cannot tell what becomes of the disk. */
export function unknownDiskDiagnostic(prior: ObjectValue, device: string): Diagnostic {
  return warningDiagnostic(
    `${device} of ${vmLabel(prior)} is known only at apply`,
    "If it then asks for another storage or a smaller disk the apply stops before it changes this VM. Run terraform " +
      "apply again in that case: the plan then knows the value." +
      (device === "scsi0" ? "" : ' If it then is "" the disk is deleted with its data.'),
    [device],
  );
}
