import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { PlanRequest, PlanResult } from "../plugin/provider";
import { UNKNOWN, type ObjectValue, type Value } from "../plugin/value";
import { parseDiskRequest } from "../proxmox/disk";
import { placeOf } from "./qemu-read";
import { staticAddress } from "./qemu-state";
import { vmLabel } from "./vm-label";

/** What only this resource knows of its plans: disks do not shrink, moved VMs are not replaced, addresses are known. */
export function planQemu({ prior, planned, config }: PlanRequest): PlanResult {
  const withAddress = planAddress(prior, planned);
  if (prior === null) {
    return { planned: withAddress, diagnostics: config["clone"] === null ? [missingClone(planned)] : [] };
  }
  const disk = planDisk(prior, planned);
  const moves = planned["node"] !== prior["node"] && planned["node"] !== placeOf(prior).node;
  return {
    planned: withAddress,
    requiresReplace: [...(moves ? ["node"] : []), ...(disk === "replace" ? ["scsi0"] : [])],
    diagnostics: typeof disk === "object" ? [disk] : [],
  };
}

/** A static address is known before the VM is; one from DHCP only when it runs. */
function planAddress(prior: ObjectValue | null, planned: ObjectValue): ObjectValue {
  const ipconfig0: Value = planned["ipconfig0"] ?? null;
  if (prior !== null && prior["ipconfig0"] === ipconfig0) return planned;
  return { ...planned, ipv4_address: staticAddress(ipconfig0) ?? UNKNOWN };
}

function missingClone(planned: ObjectValue): Diagnostic {
  return errorDiagnostic(
    `${vmLabel(planned)} has no template to be made from`,
    "clone is left out. Give the VM id of a template, such as clone = 400. (Only a VM that was imported needs none.)",
    ["clone"],
  );
}

function planDisk(prior: ObjectValue, planned: ObjectValue): "replace" | "keep" | Diagnostic {
  const [before, after] = [prior["scsi0"], planned["scsi0"]];
  if (before === after || typeof after !== "string") return "keep";
  if (typeof before !== "string") {
    return errorDiagnostic(
      `${vmLabel(prior)} has no disk at scsi0`,
      "Its boot disk is not attached any more; if it is still there Proxmox lists it as an unused disk of the VM. " +
        "Attach it again as scsi0 in Proxmox, or make the VM anew with terraform apply -replace=ADDRESS.",
      ["scsi0"],
    );
  }
  const [from, to] = [parseDiskRequest(before), parseDiskRequest(after)];
  if (from.storage !== to.storage) return "replace";
  if (to.sizeGiB >= from.sizeGiB) return "keep";
  return errorDiagnostic(
    `The disk of ${vmLabel(prior)} cannot shrink`,
    `scsi0 has ${from.sizeGiB} GiB and ${to.sizeGiB} GiB are asked for. Disks grow but never shrink: ask for at ` +
      `least ${from.sizeGiB} GiB, or make the VM anew with terraform apply -replace=ADDRESS.`,
    ["scsi0"],
  );
}
