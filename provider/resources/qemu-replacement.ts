import { warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue, Value } from "../plugin/value";
import { UNKNOWN } from "../plugin/value";
import { placeOf } from "./qemu-locate";
import { showValue } from "./values";
import { vmLabel } from "./vm-label";

/**
 * Why a VM is going to be destroyed and made anew, a warning for each reason.
 *
 * @param change what a comparison of the two does not show by itself
 */
export function findReplacements(
  prior: ObjectValue,
  planned: ObjectValue,
  change: { readonly moves: boolean; readonly movesDisk: boolean },
): readonly Diagnostic[] {
  const reasons: Diagnostic[] = [];
  const add = (attribute: string, from: Value, why: string): void => {
    reasons.push(
      warningDiagnostic(
        `${vmLabel(prior)} is going to be destroyed and made anew`,
        `${attribute} changes from ${showValue(from)} to ${showValue(planned[attribute] ?? null)}. ${why} All that is on ` +
          "its disks is lost.",
        [attribute],
      ),
    );
  };
  const differs = (name: string): boolean => {
    const [before, after] = [prior[name] ?? null, planned[name] ?? null];
    return before !== null && before !== after && after !== UNKNOWN;
  };
  if (differs("vmid")) add("vmid", prior["vmid"] ?? null, "Proxmox cannot give a VM another id.");
  if (differs("clone")) {
    const from = prior["clone"] ?? null;
    add("clone", from, "A VM is made from one template for good; to keep this one leave clone as it was.");
  }
  if (change.moves) {
    add(
      "node",
      placeOf(prior).node,
      "To keep it migrate it in Proxmox first: it is then followed, and not replaced.",
    );
  }
  if (change.movesDisk) {
    const why =
      "Its disk is to be on another storage. To keep it move the disk in Proxmox first (Hardware, Disk Action, Move Storage).";
    add("scsi0", prior["scsi0"] ?? null, why);
  }
  return reasons;
}
