import type { TopologyDraft } from "../draft";
import type { FaultPath } from "../fault";
import type { RuleLevel } from "../input";
import type { Topology } from "../topology";

/** A rule that has a name, so that its level can be set. */
export interface NamedRule {
  /** What `checks` and `acknowledge` know it by: lower-case words with hyphens. */
  readonly name: string;
  /** How seriously it is taken where the topology does not say. */
  readonly level: RuleLevel;
  /** What it tells of, as one sentence: "A cluster has an even number of servers." */
  readonly summary: string;
  /** Why that matters, and what to do about it, in one or two sentences. */
  readonly reason: string;
}

/** A rule that is checked on a resolved topology. */
export interface Rule extends NamedRule {
  /**
   * Reports every place where the topology breaks it.
   * @param topology without warnings
   * @param written where its settings are written
   */
  readonly check: (topology: Topology, report: Report, written: Written) => void;
}

/** Takes what a rule has found. */
export type Report = (finding: Finding) => void;

/** One place where a topology breaks a rule. */
export interface Finding {
  /** The value to change. */
  readonly path: FaultPath;
  /** What is wrong, the value that was got included: "got 2 servers, …". */
  readonly problem: string;
  /** What to do about it. */
  readonly fix: string;
  /** Names of the clusters it is about: any of them can acknowledge it. */
  readonly clusters: readonly string[];
}

/** What a topology was resolved from, as far as findings depend on where it is said, and by whom. */
export type Written = Pick<
  TopologyDraft,
  "proxmox" | "network" | "networks" | "defaults" | "profiles" | "clusters"
> & {
  /**
   * Whether a pipeline resolves it, whose files are lost.
   * @default false
   */
  readonly inPipeline?: boolean;
};

/** What a topology says of the rules: their levels, and what is acknowledged anywhere and in each cluster. */
export type RuleSettings = Pick<TopologyDraft, "checks" | "acknowledge"> & Written;
