import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { PlanRequest, PlanResult } from "../plugin/provider";
import { UNKNOWN, type ObjectValue, type Value } from "../plugin/value";
import { compareDisk, unknownDiskDiagnostic } from "./qemu-disk";
import { placeOf } from "./qemu-read";
import { staticAddress } from "./qemu-state";
import { vmLabel } from "./vm-label";

/** What only this resource knows of its plans: disks do not shrink, moved VMs are not replaced, addresses are known. */
export function planQemu({ prior, planned, config }: PlanRequest): PlanResult {
  const withAddress = planAddress(prior, planned);
  if (prior === null) {
    return { planned: withAddress, diagnostics: config["clone"] === null ? [missingClone(planned)] : [] };
  }
  const disk = compareDisk(prior, planned);
  const moves = planned["node"] !== prior["node"] && planned["node"] !== placeOf(prior).node;
  const isReplaced =
    moves || ["vmid", "clone"].some((name) => replaces(prior[name] ?? null, planned[name] ?? null));
  return {
    planned: withAddress,
    requiresReplace: [...(moves ? ["node"] : []), ...(disk === "replace" ? ["scsi0"] : [])],
    // A VM that is made anew gets whatever disk is asked for.
    diagnostics: isReplaced ? [] : diskDiagnostics(prior, planned, disk),
  };
}

function diskDiagnostics(
  prior: ObjectValue,
  planned: ObjectValue,
  disk: ReturnType<typeof compareDisk>,
): Diagnostic[] {
  if (planned["scsi0"] === UNKNOWN) return [unknownDiskDiagnostic(prior)];
  return typeof disk === "object" ? [disk] : [];
}

function replaces(prior: Value, planned: Value): boolean {
  return prior !== null && prior !== planned;
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
