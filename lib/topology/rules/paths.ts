import type { FaultPath } from "../fault";
import type { Cluster, Pool, Vm } from "../topology";

/** Where a pool, or one of its keys, is in the topology; the short form of a cluster has the pool's keys itself. */
export function poolPath(cluster: Cluster, pool: Pool, ...keys: (string | number)[]): FaultPath {
  const place = ["clusters", cluster.name];
  return pool.name === undefined ? [...place, ...keys] : [...place, "pools", pool.name, ...keys];
}

/** Where it is said how many members a pool has. */
export function countPath(cluster: Cluster, pool: Pool): FaultPath {
  return poolPath(cluster, pool, pool.name === undefined ? "members" : "count");
}

/** So many VMs are named one by one. */
const MOST_NAMES = 3;

/** The names of VMs, at least one, in as many words as can be read: "web-1, web-2", "web-1, web-2, web-3 and 97 more". */
export function namesOf(vms: readonly Vm[]): string {
  const named = vms.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = vms.length - named.length;
  return named.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
