/** What a topology says of a cluster. */
import type { NetworkInput } from "./network";
import type { PoolInput } from "./pool";

/** One cluster: written in short with `members` and the keys of its only pool, or with `pools`. */
export interface ClusterInput extends Partial<Omit<PoolInput, "count" | "role">> {
  /**
   * "manager" runs Rancher itself (one cluster at most), "apps" is managed by it.
   * @example "apps"
   */
  readonly role: ClusterRole;
  /**
   * Names of the clusters whose VMs must all be ready before the first VM of this one is made.
   * @default - waits for none
   * @example ["rancher-manager", "registry"]
   */
  readonly waitsFor?: readonly string[];
  /**
   * A plain address of the main network that the cluster's API is to be reached at; no VM gets it.
   * @default - none
   * @example "10.20.0.10"
   */
  readonly apiAddress?: string;
  /**
   * In the short form: the number of the last member, 1-5000. All members are servers.
   * @default - none: there are pools
   * @example 3
   */
  readonly members?: number;
  /**
   * Pools by name, in place of the short form. A name is a DNS label, and not digits alone.
   * @default - none: the short form
   */
  readonly pools?: Readonly<Record<string, PoolInput>>;
  /**
   * Settings of the topology's `network` that differ for this cluster.
   * @default - none differ
   */
  readonly network?: Partial<NetworkInput>;
  /**
   * Names of rules whose warnings are meant where they are about this cluster.
   * @default - none
   * @example ["even-servers"]
   */
  readonly acknowledge?: readonly string[];
}

/** What a cluster is for: to run Rancher itself, or to be managed by it. */
export type ClusterRole = "manager" | "apps";
