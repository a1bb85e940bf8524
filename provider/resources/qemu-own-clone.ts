import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { findRunningClone, type RunningClone } from "../proxmox/tasks";
import type { ClusterVm, VmPlace } from "../proxmox/virtual-machine";
import { requiredText } from "../plugin/object-values";

/** Where the template of a VM is; where the token may not see it, on the VM's own node at best. */
export function templatePlace(values: ObjectValue, vms: readonly ClusterVm[]): VmPlace {
  const vmid = Number(requiredText(values, "clone"));
  return { node: vms.find((row) => row.vmid === vmid)?.node ?? requiredText(values, "node"), vmid };
}

/**
 * The clone that this token has begun for a VM and that still runs.
 *
 * @param values the VM's plan or state
 * @throws ApiError, ConnectionError
 */
export async function findOwnClone(
  client: ApiClient,
  values: ObjectValue,
  vms: readonly ClusterVm[],
): Promise<RunningClone | undefined> {
  if (typeof values["clone"] !== "number") return undefined;
  return await findRunningClone(client, templatePlace(values, vms), Number(requiredText(values, "vmid")));
}
