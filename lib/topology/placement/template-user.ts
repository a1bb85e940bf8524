import type { FaultPath } from "../fault";

/** A pool as far as it matters where its members' template is. */
export interface TemplateUser {
  /** What its members' names begin with: "web-workers". */
  readonly name: string;
  /** Names of all nodes that a member may be on, those that overrides set included. */
  readonly nodes: readonly string[];
  /** Where those are written that no override sets. */
  readonly nodesPath: FaultPath;
  /** The template's id, or the id of the template on each node. */
  readonly templateId: number | Readonly<Record<string, number | undefined>>;
  readonly templateIdPath: FaultPath;
  /** The storage that the template's disks are on. */
  readonly templateStorage: string;
  /** The storages that its members' boot disks are on. */
  readonly storages: readonly string[];
}
