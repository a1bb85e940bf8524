import type { PoolDraft } from "../draft";
import type { FaultPath } from "../fault";
import { SHARED_NETWORK, clusterOfNetwork } from "../networks/main-network-name";
import type { NetworkInput, SizesInput } from "../input";
import type { Cluster, Pool, Vm } from "../topology";
import type { Written } from "./rule";

/** Where a pool, or one of its keys, is in the topology; the short form of a cluster has the pool's keys itself. */
export function poolPath(cluster: Cluster, pool: Pool, ...keys: string[]): FaultPath {
  const place = ["clusters", cluster.name];
  return pool.name === undefined ? [...place, ...keys] : [...place, "pools", pool.name, ...keys];
}

/** Where it is said how many members a pool has. */
export function countPath(cluster: Cluster, pool: Pool): FaultPath {
  return poolPath(cluster, pool, pool.name === undefined ? "members" : "count");
}

/** What is written of a pool, or of the cluster whose short form it is. */
export function settingsOf(
  { name }: Cluster,
  pool: Pool,
  { clusters = {} }: Written,
): Omit<PoolDraft, "role" | "count"> {
  const settings = clusters[name];
  return (pool.name === undefined ? settings : settings?.pools?.[pool.name]) ?? {};
}

/** Members of a pool and the one place where a setting of theirs can be changed. */
export interface SettingPlace {
  readonly path: FaultPath;
  /** At least one. */
  readonly vms: readonly Vm[];
}

/**
 * Where a size of some members is written: in the override of each that sets it; for all others in the pool, in its
 * profile or in the defaults.
 */
export function settingPaths(
  cluster: Cluster,
  pool: Pool,
  vms: readonly Vm[],
  key: keyof SizesInput,
  written: Written,
): SettingPlace[] {
  const settings = settingsOf(cluster, pool, written);
  const { profiles = {}, defaults = {} } = written;
  const { overrides = {}, profile } = settings;
  const isOwn = ({ number }: Vm): boolean => key in (overrides[number] ?? {});
  const inherited = vms.filter((vm) => !isOwn(vm));
  const places = vms
    .filter(isOwn)
    .map((vm) => ({ path: poolPath(cluster, pool, "overrides", String(vm.number), key), vms: [vm] }));
  if (inherited.length === 0) return places;
  let path = poolPath(cluster, pool, key);
  if (!(key in settings)) {
    if (profile !== undefined && key in (profiles[profile] ?? {})) path = ["profiles", profile, key];
    else if (key in defaults) path = ["defaults", key];
  }
  return [{ path, vms: inherited }, ...places];
}

/** Where a network, or one of its keys, is in the topology. */
export function networkPath(name: string, ...keys: (string | number)[]): FaultPath {
  const cluster = clusterOfNetwork(name);
  if (cluster !== undefined) return ["clusters", cluster, "network", ...keys];
  return name === SHARED_NETWORK ? ["network", ...keys] : ["networks", name, ...keys];
}

/** Where a setting of a network is written: for one of a cluster that leaves it as it is, in the network of all. */
export function networkSettingPath(
  name: string,
  { clusters = {}, network = {} }: Written,
  key: keyof NetworkInput,
  ...keys: number[]
): FaultPath {
  const own = clusters[clusterOfNetwork(name) ?? ""]?.network ?? {};
  const isInherited = !(key in own) && key in network;
  return networkPath(
    isInherited && clusterOfNetwork(name) !== undefined ? SHARED_NETWORK : name,
    key,
    ...keys,
  );
}

/** So many VMs are named one by one. */
const MOST_NAMES = 3;

/** The names of VMs, at least one, in as many words as can be read: "web-1, web-2", "web-1, web-2, web-3 and 97 more". */
export function namesOf(vms: readonly Vm[]): string {
  const named = vms.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = vms.length - named.length;
  return named.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
