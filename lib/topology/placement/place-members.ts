import { didYouMean } from "../did-you-mean";
import { quote } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { Overcommit, ProxmoxNode, Storage } from "../topology";
import type { Misfit } from "./capacity-faults";
import { listed } from "../listed";
import { addCrowdedFaults, addMisfitFault, describeMisfit } from "./capacity-faults";
import type { Settled } from "./capacity-faults";
import { count, HostChooser, Population } from "./choose-host";
import { hostsOf, needOf, take } from "./host";
import type { Host } from "./host";
import type { PlacementMember, PlacementPool } from "./placement-pool";

/** What members are placed on. */
export interface PlacementGround {
  /** All nodes that a pool may use. */
  readonly nodes: readonly ProxmoxNode[];
  readonly storages: readonly Storage[];
  /** That of shared storages; nodes have their own. */
  readonly overcommit: Overcommit;
  /**
   * The node that each member has been placed on before, by its key. Keys that no member has do no harm.
   * @default - no record is kept
   */
  readonly recorded?: ReadonlyMap<string, string>;
}

/**
 * Places the members of all pools on Proxmox nodes.
 *
 * A member stays where its override, or else the record, has it, as long as its pool may still use the recorded node.
 * Those take their room first. All others follow, pool by pool in the order of their numbers, each on the node that
 * its pool's strategy chooses. So nothing that is added moves a member that is recorded, and of hosts that are equally
 * good the one with the fewest VMs is chosen.
 *
 * Where no record is kept there is nothing else to hold them: then a member that an override sets elsewhere keeps its
 * place in the order, so that the others are where they would be without the override.
 *
 * @param faults gets what does not fit, unknown nodes in overrides, and "pin" with several nodes
 * @returns the name of each member's node by its key; a member that is missing has a fault
 */
export function placeMembers(
  pools: readonly PlacementPool[],
  { nodes, storages, overcommit, recorded }: PlacementGround,
  faults: FaultCollector,
): Map<string, string> {
  const hosts = hostsOf(nodes, storages, overcommit);
  const population = new Population();
  const settled = pools.flatMap((pool) => settle(pool, recorded, hosts, population, faults));
  addCrowdedFaults(settled, faults);
  const placed = new Map(settled.map(({ key, host }) => [key, host.name]));
  for (const pool of pools) placeOthers(pool, recorded, hosts, population, placed, faults);
  return placed;
}

/** The members of a pool that have their node already, and what they take of it taken. */
function settle(
  pool: PlacementPool,
  recorded: ReadonlyMap<string, string> | undefined,
  hosts: ReadonlyMap<string, Host>,
  population: Population,
  faults: FaultCollector,
): Settled[] {
  const allowed = new Set(pool.nodes);
  const census = population.of(pool);
  return pool.members.flatMap((member): Settled[] => {
    const before = recorded?.get(member.key);
    const name = member.node ?? (before !== undefined && allowed.has(before) ? before : undefined);
    if (name === undefined) return [];
    const host = hosts.get(name);
    if (!host) {
      addUnknownNodeFault(pool, member, name, [...hosts.keys()], faults);
      return [];
    }
    const need = needOf(member);
    take(host, need);
    if (recorded) {
      count(census, host);
      count(population.all, host);
    }
    return [{ key: member.key, need, host }];
  });
}

function placeOthers(
  pool: PlacementPool,
  recorded: ReadonlyMap<string, string> | undefined,
  hostsByName: ReadonlyMap<string, Host>,
  population: Population,
  placed: Map<string, string>,
  faults: FaultCollector,
): void {
  const { members, strategy } = pool;
  if (strategy === "pin" && pool.nodes.length > 1) {
    const problem = `got "pin", but there are ${pool.nodes.length} nodes to choose from: ${listed(pool.nodes)}`;
    const fix = "name one in the proxmox.nodes of the pool or cluster, or use spread, rotate or pack";
    faults.add([...pool.path, "placement"], problem, fix);
    return;
  }
  const hosts = pool.nodes.flatMap((name) => hostsByName.get(name) ?? []);
  const chooser = new HostChooser(pool, hosts, population, recorded !== undefined);
  const byNumber = new Map(members.map((member) => [member.number, member]));
  // Members that are recorded stay anyway. Else one that is left out has its place kept, so that nobody moves up.
  const keepsPlaces = !members.some(({ key }) => recorded?.has(key));
  let misfits = 0;
  let misfit: Misfit | undefined;
  for (let number = 1; number <= pool.count; number++) {
    const member = byNumber.get(number);
    const settledOn = member && (placed.get(member.key) ?? member.node);
    if (recorded && settledOn !== undefined) {
      const host = hostsByName.get(settledOn);
      if (host) chooser.follow(host);
      continue;
    }
    if (!member && !keepsPlaces) continue;
    const need = member && settledOn === undefined ? needOf(member) : undefined;
    const host = chooser.choose(number, need);
    if (!member || !need) continue;
    if (host) {
      take(host, need);
      placed.set(member.key, host.name);
    } else {
      misfit ??= describeMisfit(member.key, need, hosts);
      misfits++;
    }
  }
  if (misfit) addMisfitFault(pool, misfits, misfit, faults);
}

function addUnknownNodeFault(
  pool: PlacementPool,
  member: PlacementMember,
  name: string,
  known: readonly string[],
  faults: FaultCollector,
): void {
  const fix = didYouMean(name, known) ?? `use one of ${listed(known)}`;
  const path = [...pool.path, "overrides", String(member.number), "node"];
  faults.add(path, `got ${quote(name)}, which is not among the nodes`, fix);
}
