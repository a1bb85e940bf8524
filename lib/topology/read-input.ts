import { z } from "zod";
import { mergeCluster } from "./cluster-draft";
import type { TopologyDraft } from "./cluster-draft";
import { didYouMean } from "./did-you-mean";
import { quote } from "./fault";
import type { FaultPath } from "./fault";
import type { FaultCollector } from "./fault-collector";
import { accessSchema, clusterSchema, networkSchema, proxmoxSchema } from "./schema";

/** So many clusters keep the checks fast; it is far more than one Rancher looks after. */
const MOST_CLUSTERS = 1000;

/** Keys of the whole file that begin so are left alone: a place for anchors that several clusters share. */
const EXTENSION = "x-";

const sections = ["proxmox", "network", "access", "clusters"];

/** Reads an input of unknown shape: every good value comes back, every other one is a fault. */
export function readInput(input: unknown, faults: FaultCollector): TopologyDraft {
  const file = readMapping(input, [], sections, faults);
  if (!file) return { proxmox: {}, network: {}, clusters: [] };
  const shared = {
    proxmox: readObject(proxmoxSchema, file.get("proxmox"), ["proxmox"], faults),
    network: readObject(networkSchema, file.get("network"), ["network"], faults),
  };
  const { user } = readObject(accessSchema, file.get("access") ?? {}, ["access"], faults);
  return {
    ...shared,
    user,
    clusters: readClusters(file.get("clusters"), faults).map(([name, value]) => {
      const { proxmox, network, ...settings } = readObject(clusterSchema, value, ["clusters", name], faults);
      return mergeCluster(name, settings, { proxmox: proxmox ?? {}, network: network ?? {} }, shared);
    }),
  };
}

function readClusters(value: unknown, faults: FaultCollector): [string, unknown][] {
  const path = ["clusters"];
  const clusters = readMapping(value, path, undefined, faults);
  if (!clusters) return [];
  if (clusters.size === 0) faults.add(path, "got no cluster", "declare at least one");
  if (clusters.size > MOST_CLUSTERS) {
    faults.add(
      path,
      `got ${clusters.size} clusters`,
      `at most ${MOST_CLUSTERS} fit in one topology: split it`,
    );
    return [];
  }
  return [...clusters];
}

/**
 * Reads the keys of an object one by one, where zod would give back nothing as soon as one is bad.
 * A bad key comes back with the value undefined, a key that is left out does not come back.
 */
function readObject<S extends z.ZodObject>(
  schema: S,
  value: unknown,
  path: FaultPath,
  faults: FaultCollector,
): Partial<z.output<S>> {
  const leaves = Object.entries<z.core.$ZodType>(schema.shape);
  const keys = leaves.map(([key]) => key);
  const given = readMapping(value, path, keys, faults, nestedKeys(leaves));
  const result = Object.fromEntries(
    leaves.flatMap(([key, leaf]): [string, unknown][] => {
      if (!given) return [[key, undefined]];
      const nested = nestedObject(leaf);
      if (nested) return [[key, readObject(nested, given.get(key) ?? {}, [...path, key], faults)]];
      return readLeaf(leaf, key, given, path, faults);
    }),
  );
  return result as Partial<z.output<S>>;
}

/** The object that a key of an object holds, or undefined where it holds something else. */
function nestedObject(leaf: z.core.$ZodType): z.ZodObject | undefined {
  const inner = leaf instanceof z.ZodOptional ? leaf.unwrap() : leaf;
  return inner instanceof z.ZodObject ? inner : undefined;
}

/** The keys one level further in, each with its path: "vlanId" is "network.vlanId" in a cluster. */
function nestedKeys(leaves: readonly [string, z.core.$ZodType][]): Map<string, string> {
  const paths = leaves.flatMap(([key, leaf]) =>
    Object.keys(nestedObject(leaf)?.shape ?? {}).map((inner): [string, string] => [inner, `${key}.${inner}`]),
  );
  return new Map(paths);
}

function readLeaf(
  leaf: z.core.$ZodType,
  key: string,
  given: ReadonlyMap<string, unknown>,
  path: FaultPath,
  faults: FaultCollector,
): [string, unknown][] {
  const parsed = z.safeParse(leaf, given.get(key));
  if (parsed.success) return parsed.data === undefined ? [] : [[key, parsed.data]];
  const told = new Set<string>();
  for (const issue of parsed.error.issues) {
    const inside = issue.path.filter((segment) => typeof segment !== "symbol");
    // One value can break several rules at once; they all say the same thing that is allowed.
    if (told.has(inside.join())) continue;
    told.add(inside.join());
    const at = [...path, key, ...inside];
    const got = inside.reduce<unknown>(
      (outer, index) => (Array.isArray(outer) ? outer[Number(index)] : outer),
      given.get(key),
    );
    faults.add(at, given.has(key) ? `got ${quote(got)}` : "is missing", issue.message);
  }
  return [[key, undefined]];
}

/** The entries of a mapping; a fault for anything else, and for every key that is not among those allowed. */
function readMapping(
  value: unknown,
  path: FaultPath,
  allowed: readonly string[] | undefined,
  faults: FaultCollector,
  nested: ReadonlyMap<string, string> = new Map(),
): Map<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const keys = allowed ? `(its keys: ${allowed.join(", ")})` : "from names of clusters to their settings";
    faults.add(path, value === undefined ? "is missing" : `got ${quote(value)}`, `must be a mapping ${keys}`);
    return undefined;
  }
  const entries = new Map<string, unknown>(Object.entries(value));
  for (const key of entries.keys()) {
    if (!allowed || allowed.includes(key) || (path.length === 0 && key.startsWith(EXTENSION))) continue;
    const meant = nested.get(key) ?? didYouMean(key, allowed);
    const problem = `no such key (the keys here: ${allowed.join(", ")})`;
    faults.add([...path, key], problem, meant ? `did you mean ${meant}?` : "take it out");
  }
  return entries;
}
