import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { ApiError } from "../proxmox/api-error";
import { listClusterVms, type VmPlace } from "../proxmox/virtual-machine";
import { optionalText } from "./values";

/**
 * Brings a VM from the pool of its prior state to the planned one. That someone did so already is no failure.
 *
 * @throws ApiError, ConnectionError
 */
export async function changePool(
  client: ApiClient,
  place: VmPlace,
  prior: ObjectValue,
  planned: ObjectValue,
): Promise<void> {
  const from = optionalText(prior, "pool");
  const to = optionalText(planned, "pool");
  const vms = String(place.vmid);
  if (from === to) return;
  try {
    // A VM is in one pool at most: allow-move takes it out of the one it is in.
    if (to !== undefined) await client.put("/pools", { poolid: to, vms, "allow-move": true });
    else if (from !== undefined) await client.put("/pools", { poolid: from, vms, delete: true });
  } catch (error) {
    // Source: pve-manager src/PVE/API2/Pool.pm
    const isDone = to === undefined ? /is not a pool member/ : /is already a pool member/;
    if (!(error instanceof ApiError) || !isDone.test(error.said)) throw error;
  }
}

/**
 * The pool that a VM is in, where its state names one and the token may see pools (Pool.Audit); the one of its state
 * otherwise.
 *
 * @throws ApiError, ConnectionError
 */
export async function readPool(
  client: ApiClient,
  place: VmPlace,
  state: ObjectValue,
): Promise<string | null> {
  const known = optionalText(state, "pool");
  if (known === undefined) return null;
  const row = (await listClusterVms(client)).find(({ vmid }) => vmid === place.vmid);
  return row?.pool ?? known;
}
