import type { FaultPath } from "../fault";
import type { MemberRole, PlacementStrategy } from "../input";
import type { ExtraDisk } from "../topology";

/** A pool whose members are to be placed. */
export interface PlacementPool {
  /** Name of its cluster. */
  readonly cluster: string;
  readonly role: MemberRole;
  readonly strategy: PlacementStrategy;
  /** Names of the Proxmox nodes that its members may be on, in order; at least one, each once. */
  readonly nodes: readonly string[];
  /** Where the pool is written: `["clusters", "web", "pools", "workers"]`, in the short form `["clusters", "web"]`. */
  readonly path: FaultPath;
  /** Number of the last member: those that are left out among 1 to this one hold their places. */
  readonly count: number;
  /** In the order of their numbers. */
  readonly members: readonly PlacementMember[];
}

/** A member that is to be placed, and what it takes of its node. */
export interface PlacementMember {
  /** Unique in the topology. */
  readonly key: string;
  /** Its number in the pool, from 1. */
  readonly number: number;
  /**
   * Name of the node that its override sets.
   * @default - none: it is placed
   */
  readonly node?: string;
  readonly cores: number;
  readonly memoryMiB: number;
  /** All its disks, the boot disk included. */
  readonly disks: readonly Pick<ExtraDisk, "storage" | "sizeGiB">[];
}
