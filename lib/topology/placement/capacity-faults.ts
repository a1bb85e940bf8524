import type { FaultCollector } from "../fault-collector";
import { listed } from "../listed";
import { drawsOn, isShort, isTooLarge } from "./host";
import type { Host, Need, Supply } from "./host";
import type { PlacementPool } from "./placement-pool";

/** A member that is where it is whatever else there is. */
export interface Settled {
  readonly key: string;
  readonly need: Need;
  readonly host: Host;
}

/** Tells where the members that stay take more than there is, together or one alone. */
export function addCrowdedFaults(settled: readonly Settled[], faults: FaultCollector): void {
  const crowds = new Map<Supply, string[]>();
  for (const { key, need, host } of settled) {
    for (const { supply, amount } of drawsOn(host, need)) {
      // What is beyond the limit alone crowds the node as well, and is told as that.
      if (isTooLarge(supply, amount) && amount <= supply.limit) addTooLargeFault(key, amount, supply, faults);
      if (!isShort(supply, 0)) continue;
      const crowd = crowds.get(supply);
      if (crowd) crowd.push(key);
      else crowds.set(supply, [key]);
    }
  }
  for (const [supply, keys] of crowds) {
    const { declared, limit, taken, unit, node } = supply;
    const got = limit > declared ? `got ${declared} (over-committed ${rounded(limit)})` : `got ${declared}`;
    const what = `${taken} ${unit} ${whereText(supply)}`;
    const problem = `${got}, but the members that are recorded there or set by overrides take ${what}: ${listed(keys)}`;
    const fix =
      node === undefined
        ? "make them smaller or raise proxmox.overcommit"
        : "make them smaller, raise proxmox.overcommit, or set another node for some in their overrides, which makes those anew there";
    faults.add(supply.path, problem, fix);
  }
}

function addTooLargeFault(key: string, amount: number, supply: Supply, faults: FaultCollector): void {
  const { declared, unit, node = "" } = supply;
  const problem = `got ${declared}, but ${key}, which is recorded there or set by an override, has ${amount} ${unit}: Proxmox starts no VM with more than ${node} has`;
  faults.add(supply.path, problem, "make it smaller, or set another node in its override");
}

/** Why a member fits nowhere, and what to do. */
export interface Misfit {
  readonly problem: string;
  readonly fix: string;
}

/** The first member of a pool that fits nowhere, told while nothing has changed since it was tried. */
export function describeMisfit(key: string, need: Need, hosts: readonly Host[]): Misfit {
  const draws = hosts.flatMap((host) => drawsOn(host, need));
  const short = draws.filter(({ supply, amount }) => isShort(supply, amount));
  const left = new Set(
    short.map(({ supply, amount }) => {
      const { limit, declared, taken, unit } = supply;
      const room = rounded(Math.max(0, limit - taken));
      if (room >= amount) return `${declared} ${unit} for a single VM ${whereText(supply)}`;
      return `${room} of ${rounded(limit)} ${unit} ${whereText(supply)}`;
    }),
  );
  const sizes = need.storageGiB.map(([storage, sizeGiB]) => `${sizeGiB} GiB of ${storage}`);
  const needs = [`${need.cores} cores`, `${need.memoryMiB} MiB`, ...sizes].join(", ");
  const problem = `${key} needs ${needs}, and left are ${listed([...left])}`;
  const fix = hosts.some((host) => couldHold(host, need))
    ? "make its members smaller or fewer, let it use more nodes, or raise proxmox.overcommit"
    : "make its members smaller, or let it use nodes that have more";
  return { problem, fix };
}

/** Whether a member would have room on a host that is empty or over-committed enough. */
function couldHold(host: Host, need: Need): boolean {
  return drawsOn(host, need).every(
    ({ supply, amount }) => !isTooLarge(supply, amount) && (supply.declared > 0 || amount === 0),
  );
}

/**
 * Tells that members of a pool fit nowhere.
 * @param misfit what {@link describeMisfit} says of the first
 */
export function addMisfitFault(
  pool: PlacementPool,
  misfits: number,
  misfit: Misfit,
  faults: FaultCollector,
): void {
  const all = pool.members.length;
  const room = misfits === all ? "has no room" : `has room for ${all - misfits} of ${all} members only`;
  faults.add(pool.path, `${room}: ${misfit.problem}`, misfit.fix);
}

function whereText({ node }: Supply): string {
  return node === undefined ? "in all" : `on ${node}`;
}

function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}
