import type { ApiClient } from "../proxmox/api-client";
import { ApiError } from "../proxmox/api-error";
import {
  findVmSettings,
  isVmIdFree,
  listClusterVms,
  type VmPlace,
  type VmSettings,
} from "../proxmox/virtual-machine";

/** A VM with where it was found. */
export interface LocatedVm extends VmSettings {
  readonly place: VmPlace;
}

/** Where a VM was found, or that it is nowhere. */
export type Located = LocatedVm | "gone" | "hidden";

/**
 * Finds a VM that was last seen at `place`.
 *
 * Only a free VM id proves that a VM is gone: for a token whose rights hang on the VM or its pool a VM that was
 * removed answers 403 like one that it may not see (pve-manager checks permissions before existence).
 *
 * @returns `hidden` where the id is taken but the token does not see what holds it
 * @throws ApiError, ConnectionError
 */
export async function locateVm(client: ApiClient, place: VmPlace): Promise<Located> {
  let denied: ApiError | undefined;
  try {
    const settings = await findVmSettings(client, place);
    if (settings !== undefined) return { place, ...settings };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 403) throw error;
    denied = error;
  }
  if (await isVmIdFree(client, place.vmid)) return "gone";
  const row = (await listClusterVms(client)).find(({ vmid, type }) => vmid === place.vmid && type === "qemu");
  if (row !== undefined && row.node !== place.node) {
    const moved = { node: row.node, vmid: place.vmid };
    const settings = await findVmSettings(client, moved);
    if (settings !== undefined) return { place: moved, ...settings };
  }
  if (denied !== undefined) throw denied;
  return "hidden";
}
