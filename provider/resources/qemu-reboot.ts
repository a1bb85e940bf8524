import { warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient, Parameters } from "../proxmox/api-client";
import { listPendingKeys, type VmPlace } from "../proxmox/virtual-machine";
import { vmLabel } from "./vm-label";

/** Cloud-init reads these when the VM starts. Proxmox counts them as applied at once. */
const CLOUD_INIT_KEYS = ["name", "ciuser", "sshkeys", "ipconfig0", "nameserver", "searchdomain"];

/**
 * A warning that names the changes which a running VM takes up only at its next start.
 *
 * @param changes what was just sent
 * @throws ApiError, ConnectionError
 */
export async function rebootDiagnostics(
  client: ApiClient,
  place: VmPlace,
  values: ObjectValue,
  changes: Parameters,
): Promise<Diagnostic[]> {
  const cleared = String(changes["delete"] ?? "").split(",");
  const forCloudInit = CLOUD_INIT_KEYS.filter((key) => changes[key] !== undefined || cleared.includes(key));
  const keys = [...(await listPendingKeys(client, place)), ...forCloudInit];
  if (keys.length === 0) return [];
  return [
    warningDiagnostic(
      `${vmLabel(values)} needs a reboot to take up a change`,
      `Proxmox has stored ${keys.join(", ")}, but the running VM takes it up only at its next start from Proxmox ` +
        `(qm reboot ${place.vmid}, or Reboot in the web interface; a reboot inside the guest is not enough).`,
    ),
  ];
}
