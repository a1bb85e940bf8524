import type { PlacementStrategy } from "../input";
import { hasRoom } from "./host";
import type { Host, Need } from "./host";
import type { PlacementPool } from "./placement-pool";

/** How many members of a kind each host has, by the hosts' indices; nothing stands for none. */
export type Census = number[];

/**
 * Counts members by their kind: the servers of a cluster are one, whichever pools they are in, because the cluster
 * lives as long as most of them do; the agents of each pool are another.
 */
export class Population {
  private readonly kinds = new Map<string | PlacementPool, Census>();

  /** How many members of the kind of a pool's each host has; to be read and counted up. */
  of(pool: PlacementPool): Census {
    const kind = pool.role === "server" ? pool.cluster : pool;
    let census = this.kinds.get(kind);
    if (!census) this.kinds.set(kind, (census = []));
    return census;
  }
}

/** Adds one to what a host has. */
export function count(census: Census, host: Host): void {
  census[host.index] = (census[host.index] ?? 0) + 1;
}

/**
 * The host that a strategy chooses for a member; undefined where none has room.
 * @param number the member's number in its pool, from 1: hosts are tried in turn from the one that it falls on
 * @param need left out: it takes nothing
 */
export function chooseHost(
  strategy: PlacementStrategy,
  hosts: readonly Host[],
  number: number,
  census: Census,
  need: Need | undefined,
): Host | undefined {
  const start = strategy === "spread" || strategy === "rotate" ? number - 1 : 0;
  let chosen: Host | undefined;
  let fewest = Infinity;
  for (let step = 0; step < hosts.length; step++) {
    const host = hosts[(start + step) % hosts.length];
    if (!host) continue;
    const there = strategy === "spread" ? (census[host.index] ?? 0) : 0;
    if (there >= fewest || (need && !hasRoom(host, need))) continue;
    if (there === 0) return host;
    [chosen, fewest] = [host, there];
  }
  return chosen;
}
