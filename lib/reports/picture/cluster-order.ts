import type { Cluster } from "../../topology";

/** A cluster in the order in which clusters are made. */
export interface OrderedCluster {
  readonly cluster: Cluster;
  /** 0: waits for none; otherwise one more than the last of those it waits for. */
  readonly step: number;
  /** The clusters it waits for, but those that one of the others waits for already. */
  readonly after: readonly string[];
}

/**
 * The steps in which clusters are made.
 * @param clusters each after those it waits for
 */
export function orderClusters(clusters: readonly Cluster[]): OrderedCluster[] {
  const steps = new Map<string, number>();
  const waits = new Map(clusters.map(({ name, waitsFor }) => [name, waitsFor]));
  return clusters.map((cluster) => {
    const step = Math.max(-1, ...cluster.waitsFor.map((name) => steps.get(name) ?? 0)) + 1;
    steps.set(cluster.name, step);
    return { cluster, step, after: withoutImplied(cluster.waitsFor, waits) };
  });
}

/** The clusters of each step, in the order of steps. */
export function stepsOf(clusters: readonly OrderedCluster[]): OrderedCluster[][] {
  const steps: OrderedCluster[][] = [];
  for (const ordered of clusters) (steps[ordered.step] ??= []).push(ordered);
  return steps.filter(Boolean);
}

/** Of some clusters those that none of the others waits for, however many clusters lie between. */
function withoutImplied(
  names: readonly string[],
  waits: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  if (names.length < 2) return names;
  const implied = new Set<string>();
  const open = names.flatMap((name) => waits.get(name) ?? []);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (implied.has(name)) continue;
    implied.add(name);
    open.push(...(waits.get(name) ?? []));
  }
  return names.filter((name) => !implied.has(name));
}
