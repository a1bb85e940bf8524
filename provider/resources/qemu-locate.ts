import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { ApiError } from "../proxmox/api-error";
import {
  findVmSettings,
  isVmIdFree,
  listClusterVms,
  parseVmId,
  smbiosUuid,
  type ClusterVm,
  type VmPlace,
  type VmSettings,
} from "../proxmox/virtual-machine";
import { findOwnClone } from "./qemu-own-clone";
import { describedAs, signatureOf } from "../session/mark";
import { optionalText, requiredText } from "../plugin/object-values";

/** A VM with where it was found. */
export interface LocatedVm extends VmSettings {
  readonly place: VmPlace;
}

/** Where a VM was found, or what there is in its place. */
export type Located =
  | LocatedVm
  | "gone"
  /** The id is taken, but the token does not see what holds it. */
  | "hidden"
  /** The id belongs to another VM by now. */
  | "replaced"
  /** It is still being cloned, where the token cannot see it yet. */
  | "cloning";

/** Whether there is a VM to work with. */
export function isLocated(located: Located): located is LocatedVm {
  return typeof located === "object";
}

/** Where a VM is according to its state. */
export function placeOf(state: ObjectValue): VmPlace {
  return (
    parseVmId(requiredText(state, "id")) ?? {
      node: requiredText(state, "node"),
      vmid: Number(requiredText(state, "vmid")),
    }
  );
}

/**
 * Finds the VM of a state.
 *
 * Only a free VM id proves that a VM is gone: for a token whose rights hang on the VM or its pool a VM that was
 * removed answers 403 like one that it may not see (pve-manager checks permissions before existence). And only its UUID
 * proves that a VM is still the one that the state is about.
 *
 * @throws ApiError, ConnectionError
 */
export async function locateVm(client: ApiClient, state: ObjectValue): Promise<Located> {
  const place = placeOf(state);
  let failure: ApiError | undefined;
  try {
    const settings = await findVmSettings(client, place);
    if (settings !== undefined) return await identify(client, state, { place, ...settings });
  } catch (error) {
    if (!(error instanceof ApiError) || !(error.status === 403 || saysNodeIsAway(error))) throw error;
    failure = error;
  }
  if (await isVmIdFree(client, place.vmid)) return "gone";
  const vms = await listClusterVms(client);
  const moved = await findMoved(client, place, vms);
  if (moved !== undefined) return await identify(client, state, moved);
  if ((await findOwnClone(client, state, vms)) !== undefined) return "cloning";
  if (failure !== undefined) throw failure;
  return "hidden";
}

async function findMoved(
  client: ApiClient,
  place: VmPlace,
  vms: readonly ClusterVm[],
): Promise<LocatedVm | undefined> {
  const row = vms.find(({ vmid, type }) => vmid === place.vmid && type === "qemu");
  if (row === undefined || row.node === place.node) return undefined;
  const moved = { node: row.node, vmid: place.vmid };
  const settings = await findVmSettings(client, moved);
  return settings && { place: moved, ...settings };
}

/** A VM whose clone had not ended has no UUID in its state, and is known by its mark or the clone that still runs. */
async function identify(client: ApiClient, state: ObjectValue, located: LocatedVm): Promise<Located> {
  const expected = optionalText(state, "smbios_uuid");
  const actual = smbiosUuid(located.config);
  if (expected === undefined || (expected !== "" && actual === undefined)) return located;
  if (expected !== "") return actual === expected ? located : "replaced";
  if (describedAs(located.config).signature === signatureOf(client, state)) return located;
  const clone = await findOwnClone(client, state, await listClusterVms(client));
  return clone?.isCertain === true ? located : "replaced";
}

/** The node is down, or no longer part of the cluster: the VM may have been moved off it. */
function saysNodeIsAway({ status, said }: ApiError): boolean {
  return status >= 595 || /^hostname lookup '[^']*' failed|^no such cluster node/.test(said);
}
