import { didYouMean } from "../did-you-mean";
import { quote } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { ClusterPlan } from "../pools/pool-plan";

/** Checks that each cluster waits for others that exist, and that none ends up waiting for itself. */
export function checkOrder(clusters: readonly ClusterPlan[], faults: FaultCollector): void {
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  for (const { name, path: clusterPath, settings } of clusters) {
    settings.waitsFor?.forEach((other, index) => {
      const path = [...clusterPath, "waitsFor", index];
      if (other === name) {
        faults.add(
          path,
          `got ${quote(other)}, the cluster itself`,
          "take it out: a cluster cannot wait for itself",
        );
      } else if (!byName.has(other)) {
        const others = [...byName.keys()].filter((candidate) => candidate !== name);
        const meant = didYouMean(other, others);
        const choice =
          others.length > 0 ? `the other clusters are ${others.join(", ")}` : "there is no other cluster";
        faults.add(
          path,
          `got ${quote(other)}, which is no cluster`,
          meant ? `did you mean ${meant}?` : choice,
        );
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

/** The clusters, each after those it waits for, else in their given order. The order must be checked. */
export function inOrder<T extends { readonly name: string; readonly waitsFor: readonly string[] }>(
  clusters: readonly T[],
): T[] {
  const ordered: T[] = [];
  const placed = new Set<string>();
  let waiting: readonly T[] = clusters;
  while (waiting.length > 0) {
    // The first that can go, goes; whoever stands before it has been passed over for lack of one that it waits for.
    const index = waiting.findIndex(({ waitsFor }) => waitsFor.every((name) => placed.has(name)));
    const next = waiting[index];
    if (!next)
      throw new Error("clusters that wait for each other were not refused; this is a bug in lib/topology");
    ordered.push(next);
    placed.add(next.name);
    waiting = [...waiting.slice(0, index), ...waiting.slice(index + 1)];
  }
  return ordered;
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
