import type { PlacementStrategy } from "../input";
import { hasRoom } from "./host";
import type { Host, Need } from "./host";
import type { PlacementPool } from "./placement-pool";

/** How many members each host has, by the hosts' indices; nothing stands for none. */
export type Census = number[];

/**
 * Counts members by their kind: the servers of a cluster are one, whichever pools they are in, because the cluster
 * lives as long as most of them do; the agents of each pool are another.
 */
export class Population {
  /** How many members of all clusters each host has; to be read and counted up. */
  readonly all: Census = [];
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

/** Chooses hosts for the members of a pool, one after another in the order of their numbers. */
export class HostChooser {
  private readonly kind: Census;
  /** The place in the list of the host whose turn is next. */
  private turn: number | undefined;

  /**
   * @param hosts those that the pool may use, in their order
   * @param keepsRecord whether a record holds members where they are: then what is on the hosts decides where a pool
   *   begins. Else its own numbers do, so that no edit of one pool moves members of another
   */
  constructor(
    private readonly pool: PlacementPool,
    private readonly hosts: readonly Host[],
    private readonly population: Population,
    private readonly keepsRecord: boolean,
  ) {
    this.kind = population.of(pool);
  }

  /**
   * The host for a member, which is counted there; undefined where none has room.
   * @param number the member's number in its pool, from 1
   * @param need left out: it takes nothing
   */
  choose(number: number, need: Need | undefined): Host | undefined {
    const { start, censuses } = this.preference(number);
    const host = fewest(this.hosts, start, censuses, need);
    if (!host) return undefined;
    count(this.kind, host);
    count(this.population.all, host);
    this.follow(host);
    return host;
  }

  /** Goes on after the host of a member that has its host already. */
  follow(host: Host): void {
    if (this.pool.strategy !== "rotate") return;
    const place = this.hosts.indexOf(host);
    if (place >= 0) this.turn = place + 1;
  }

  /** The place in the list to begin at, and what is to be as low as can be, the first census before all. */
  private preference(number: number): { readonly start: number; readonly censuses: readonly Census[] } {
    const { strategy } = this.pool;
    if (!turning.has(strategy)) return { start: 0, censuses: [] };
    if (!this.keepsRecord) return { start: number - 1, censuses: strategy === "spread" ? [this.kind] : [] };
    if (strategy === "rotate" && this.turn !== undefined) return { start: this.turn, censuses: [] };
    return { start: 0, censuses: [this.kind, this.population.all] };
  }
}

/** The strategies that use all hosts alike. */
const turning: ReadonlySet<PlacementStrategy> = new Set(["spread", "rotate"]);

/** Of the hosts with room the one with the lowest counts; of several the first from the place `start` on. */
function fewest(
  hosts: readonly Host[],
  start: number,
  censuses: readonly Census[],
  need: Need | undefined,
): Host | undefined {
  let chosen: Host | undefined;
  for (let step = 0; step < hosts.length; step++) {
    const host = hosts[(start + step) % hosts.length];
    if (!host || (chosen && !hasFewer(host, chosen, censuses)) || (need && !hasRoom(host, need))) continue;
    chosen = host;
    if (censuses.every((census) => !census[host.index])) break;
  }
  return chosen;
}

/** Whether a host has fewer than another by the first census in which they differ. */
function hasFewer({ index }: Host, other: Host, censuses: readonly Census[]): boolean {
  for (const census of censuses) {
    const difference = (census[index] ?? 0) - (census[other.index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
