import { warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue } from "../plugin/value";
import { IP_CONFIGS } from "./qemu-devices";
import { requiredText } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/** Cloud-init reads these when the VM starts. Proxmox counts them as applied at once. */
const CLOUD_INIT_KEYS = ["name", "ciuser", "sshkeys", ...IP_CONFIGS, "nameserver", "searchdomain"];

/**
 * The changes that a running VM takes up only at its next start.
 *
 * @param pendingKeys what Proxmox says waits
 * @param changedKeys what was just set or removed
 */
export function keysDueForReboot(pendingKeys: readonly string[], changedKeys: readonly string[]): string[] {
  return [...new Set([...pendingKeys, ...changedKeys.filter((key) => CLOUD_INIT_KEYS.includes(key))])];
}

/** A warning that names them. */
export function rebootDiagnostic(values: ObjectValue, keys: readonly string[]): Diagnostic {
  return warningDiagnostic(
    `${vmLabel(values)} needs a reboot to take up a change`,
    `Proxmox has stored ${keys.join(", ")}, but the running VM takes it up only at its next start from Proxmox ` +
      `(qm reboot ${requiredText(values, "vmid")}, or Reboot in the web interface; a reboot inside the guest is not enough). ` +
      "With reboot_on_change = true terraform apply does that.",
  );
}
