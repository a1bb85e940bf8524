import { formatFault } from "../../../../lib/topology/fault";
import { FaultCollector } from "../../../../lib/topology/fault-collector";
import { placeMembers } from "../../../../lib/topology/placement/place-members";
import type { PlacementMember, PlacementPool } from "../../../../lib/topology/placement/placement-pool";
import type { Capacity, ProxmoxNode, Storage } from "../../../../lib/topology/topology";

/** What tests place members on; what is left out is not limited. */
export interface Ground {
  /** @default - pve1, pve2 and pve3 */
  readonly nodes?: readonly ProxmoxNode[];
  readonly storages?: readonly Storage[];
  /** The node that each key is recorded on; "none": no record is kept. @default - none of them is recorded yet */
  readonly recorded?: Readonly<Record<string, string>> | "none";
  /** Of shared storages. @default 1 */
  readonly storageOvercommit?: number;
}

/** pve1 to pve<count>, each with the same to give. */
export function nodes(count: number, capacity: Partial<Capacity> = {}): ProxmoxNode[] {
  return Array.from({ length: count }, (_, index) => node(`pve${index + 1}`, capacity));
}

export function node(name: string, capacity: Partial<Capacity> = {}): ProxmoxNode {
  return {
    name,
    capacity: { storageGiB: {}, overcommit: { cores: 1, memory: 1, storage: 1 }, ...capacity },
  };
}

/** A pool of servers of 2 cores, 4096 MiB and 20 GiB of local-zfs each, named after its cluster and pool. */
export function pool(
  name: string,
  count: number,
  {
    members = {},
    without = [],
    ...settings
  }: Partial<Omit<PlacementPool, "members">> & {
    /** What differs for single members, by number. */
    readonly members?: Readonly<Record<number, Partial<PlacementMember>>>;
    readonly without?: readonly number[];
  } = {},
): PlacementPool {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return {
    cluster: name,
    role: "server",
    strategy: "spread",
    nodes: ["pve1", "pve2", "pve3"],
    path: ["clusters", name],
    count,
    members: numbers
      .filter((number) => !without.includes(number))
      .map((number) => ({
        key: `${name}-${number}`,
        number,
        cores: 2,
        memoryMiB: 4096,
        disks: [{ storage: "local-zfs", sizeGiB: 20 }],
        ...members[number],
      })),
    ...settings,
  };
}

/** Places the members of pools: where each is, and what users are told. */
export function place(pools: readonly PlacementPool[], ground: Ground = {}) {
  const { nodes: hosts = nodes(3), storages = [], recorded = {}, storageOvercommit = 1 } = ground;
  const faults = new FaultCollector();
  const overcommit = { cores: 1, memory: 1, storage: storageOvercommit };
  const placed = placeMembers(
    pools,
    {
      nodes: hosts,
      storages,
      overcommit,
      recorded: recorded === "none" ? undefined : new Map(Object.entries(recorded)),
    },
    faults,
  );
  return {
    on: Object.fromEntries(placed),
    faults: faults.all().map((fault) => formatFault(fault)),
  };
}
