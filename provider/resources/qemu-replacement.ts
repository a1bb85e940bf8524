import { warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue, Value } from "../plugin/value";
import { compareDisk } from "./qemu-disk";
import { placeOf } from "./qemu-locate";
import { showValue } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/** Attributes that no VM which is there can have changed, besides the id, which replaces it whatever else is so. */
export const FIXED = ["node", "clone", "scsi0"] as const;

/**
 * What each of them asks of a VM that is there: nothing new ("same"), that its state alone says otherwise ("noted"), or
 * another VM ("replace").
 */
export type Verdicts = Readonly<Record<(typeof FIXED)[number], "same" | "noted" | "replace">>;

/**
 * Compares what cannot be changed of a VM.
 *
 * Another node replaces it, except where it runs by now. Another template does, except where it comes with the node that
 * the VM was migrated to: with a template on each node that is what the same configuration asks for there, and a VM that
 * somebody migrated in order to keep it must not be lost for that.
 */
export function compareFixed(prior: ObjectValue, planned: ObjectValue): Verdicts {
  const node =
    planned["node"] === prior["node"]
      ? "same"
      : planned["node"] === placeOf(prior).node
        ? "noted"
        : "replace";
  const template = prior["clone"] ?? null;
  const isSameTemplate = template === (planned["clone"] ?? null);
  // An imported VM has no template in its state.
  const isNoted = template === null || node === "noted";
  return {
    node,
    clone: isSameTemplate ? "same" : isNoted ? "noted" : "replace",
    scsi0: compareDisk(prior, planned) === "replace" ? "replace" : "same",
  };
}

/** Why a VM is going to be destroyed and made anew, a warning for each reason. */
export function findReplacements(
  prior: ObjectValue,
  planned: ObjectValue,
  { node, clone, scsi0 }: Verdicts,
): readonly Diagnostic[] {
  const reasons: Diagnostic[] = [];
  const add = (attribute: string, from: Value, why: string): void => {
    reasons.push(
      warningDiagnostic(
        `${vmLabel(prior)} is going to be destroyed and made anew: ${attribute} changes`,
        `${attribute} changes from ${showValue(from)} to ${showValue(planned[attribute] ?? null)}. ${why} All that is on ` +
          "its disks is lost.",
        [attribute],
      ),
    );
  };
  const vmid = prior["vmid"] ?? null;
  if (vmid !== null && vmid !== planned["vmid"]) add("vmid", vmid, "Proxmox cannot give a VM another id.");
  if (clone === "replace") {
    const advice =
      node === "replace"
        ? "Once the VM is migrated to the new node that template is noted, and nothing is replaced for it."
        : "To keep this one leave clone as it was.";
    add("clone", prior["clone"] ?? null, `A VM is made from one template for good. ${advice}`);
  }
  if (node === "replace") {
    const advice = "To keep it migrate it in Proxmox first: it is then followed, and not replaced.";
    add("node", placeOf(prior).node, advice);
  }
  if (scsi0 === "replace") {
    const why =
      "Its disk is to be on another storage. To keep it move the disk in Proxmox first (Hardware, Disk Action, Move Storage).";
    add("scsi0", prior["scsi0"] ?? null, why);
  }
  return reasons;
}

/** That a VM which was migrated stays though its template is another: who wants it made from that has to say so. */
export function notedDiagnostics(
  prior: ObjectValue,
  planned: ObjectValue,
  verdicts: Verdicts,
): readonly Diagnostic[] {
  const template = prior["clone"] ?? null;
  if (template === null || verdicts.node !== "noted" || verdicts.clone !== "noted") return [];
  const [from, to] = [showValue(template), showValue(planned["clone"] ?? null)];
  return [
    warningDiagnostic(
      `${vmLabel(prior)} is kept, and its template noted`,
      `clone changes from ${from} to ${to} together with node, which becomes the one that the VM was migrated to. That is ` +
        "taken to be the same template on another node, and changes the state alone. To have the VM made from it all the " +
        "same, without what is on its disks: terraform apply -replace=ADDRESS.",
      ["clone"],
    ),
  ];
}
