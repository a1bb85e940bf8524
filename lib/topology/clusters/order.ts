import { adviserOn } from "../did-you-mean";
import { quote } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { listed } from "../listed";
import type { ClusterPlan } from "../pools/pool-plan";

/**
 * Checks that each cluster waits for others that exist, and that none ends up waiting for itself.
 * @param names those of all clusters, the ones included whose settings are no mapping
 */
export function checkOrder(
  clusters: readonly ClusterPlan[],
  names: readonly string[],
  faults: FaultCollector,
): void {
  const known = new Set(names);
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  const advise = adviserOn(names);
  for (const { name, path: clusterPath, settings } of clusters) {
    settings.waitsFor?.forEach((other, index) => {
      const path = [...clusterPath, "waitsFor", index];
      if (other === name) {
        faults.add(
          path,
          `got ${quote(other)}, the cluster itself`,
          "take it out: a cluster cannot wait for itself",
        );
      } else if (!known.has(other)) {
        const fix = advise(other, name) ?? choiceOf(names, name);
        faults.add(path, `got ${quote(other)}, which is no cluster`, fix);
      }
    });
  }
  for (const circle of findCircles(clusters)) {
    const [first = "", second = ""] = circle;
    const index = byName.get(first)?.settings.waitsFor?.indexOf(second) ?? 0;
    const problem = `the clusters wait in a circle: ${[...circle, first].join(" -> ")}`;
    faults.add(["clusters", first, "waitsFor", index], problem, "take one of these out of a waitsFor");
  }
}

function choiceOf(clusters: Iterable<string>, name: string): string {
  const others = [...clusters].filter((other) => other !== name);
  return others.length > 0 ? `the other clusters are ${listed(others)}` : "there is no other cluster";
}

/** The clusters, each after those it waits for, else in their given order. The order must be checked. */
export function inOrder<T extends { readonly name: string; readonly waitsFor: readonly string[] }>(
  clusters: readonly T[],
): T[] {
  const waiting = clusters.map(({ waitsFor }) => waitsFor.length);
  const followers = new Map<string, number[]>(clusters.map(({ name }) => [name, []]));
  clusters.forEach(({ waitsFor }, index) => {
    for (const name of waitsFor) followers.get(name)?.push(index);
  });
  // Positions of those that can go, in descending order: the first of the file is taken from the end.
  const ready = [...waiting.keys()].filter((index) => waiting[index] === 0).reverse();
  const ordered: T[] = [];
  for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
    const next = clusters[index];
    if (!next) continue;
    ordered.push(next);
    for (const follower of followers.get(next.name) ?? []) {
      const left = (waiting[follower] ?? 0) - 1;
      waiting[follower] = left;
      if (left === 0) ready.splice(placeOf(follower, ready), 0, follower);
    }
  }
  if (ordered.length < clusters.length)
    throw new Error("clusters that wait for each other were not refused; this is a bug in lib/topology");
  return ordered;
}

/** Where a number belongs among others in descending order. */
function placeOf(number: number, descending: readonly number[]): number {
  let [low, high] = [0, descending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((descending[middle] ?? 0) > number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Circles of two or more clusters that wait for each other; at least one out of every knot of them. */
function findCircles(clusters: readonly ClusterPlan[]): string[][] {
  const waitsFor = new Map(clusters.map(({ name, settings }) => [name, settings.waitsFor ?? []]));
  const circles: string[][] = [];
  const done = new Set<string>();
  const trail = new Set<string>();
  const visit = (name: string): void => {
    if (trail.has(name)) {
      const walked = [...trail];
      circles.push(walked.slice(walked.indexOf(name)));
      return;
    }
    if (done.has(name)) return;
    trail.add(name);
    for (const other of waitsFor.get(name) ?? []) {
      if (other !== name) visit(other);
    }
    trail.delete(name);
    done.add(name);
  };
  for (const name of waitsFor.keys()) visit(name);
  return circles;
}
