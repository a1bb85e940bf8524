import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import { ApiError } from "../proxmox/api-error";
import { reach } from "../proxmox/persistence";
import type { VmPlace } from "../proxmox/virtual-machine";
import type { Deadline } from "../proxmox/waiting";
import type { Proxmox } from "../session/proxmox";
import { optionalText } from "../plugin/object-values";

/**
 * Brings a VM from the pool of its prior state to the planned one. That someone did so already is no failure.
 *
 * @throws ApiError, ConnectionError, WaitError
 */
export async function changePool(
  place: VmPlace,
  prior: ObjectValue,
  planned: ObjectValue,
  deadline: Deadline,
  { client: proxmox, logger }: Context<Proxmox>,
): Promise<void> {
  const { client } = proxmox;
  const from = optionalText(prior, "pool");
  const to = optionalText(planned, "pool");
  const vms = String(place.vmid);
  if (from === to) return;
  const attempt = async (): Promise<void> => {
    try {
      // A VM is in one pool at most: allow-move takes it out of the one it is in.
      if (to !== undefined) await client.put("/pools", { poolid: to, vms, "allow-move": true });
      else if (from !== undefined) await client.put("/pools", { poolid: from, vms, delete: true });
    } catch (error) {
      // Source: pve-manager src/PVE/API2/Pool.pm
      const isDone = to === undefined ? /is not a pool member/ : /is already a pool member/;
      if (!(error instanceof ApiError) || !isDone.test(error.said)) throw error;
    }
  };
  // The token need not see pools. A call that was carried out and comes again is answered so, and does nothing.
  const isReached = (): Promise<boolean> => Promise.resolve(false);
  await reach({ what: `the pool of VM ${place.vmid}`, isReached, attempt }, deadline, logger);
  proxmox.forget();
}

/**
 * The pool that a VM is in, where its state names one and the token may see pools (Pool.Audit); the one of its state
 * otherwise.
 *
 * @throws ApiError, ConnectionError
 */
export async function readPool(proxmox: Proxmox, place: VmPlace, state: ObjectValue): Promise<string | null> {
  const known = optionalText(state, "pool");
  if (known === undefined) return null;
  return (await proxmox.poolOf(place.vmid)) ?? known;
}
