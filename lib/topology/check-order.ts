import { clusterPath } from "./cluster-draft";
import type { ClusterDraft } from "./cluster-draft";
import { didYouMean } from "./did-you-mean";
import { quote } from "./fault";
import type { FaultCollector } from "./fault-collector";

/** Checks that each cluster waits for others that exist, and that none ends up waiting for itself. */
export function checkOrder(clusters: readonly ClusterDraft[], faults: FaultCollector): void {
  const names = clusters.map(({ name }) => name);
  for (const { name, settings } of clusters) {
    settings.waitsFor?.forEach((other, index) => {
      const path = [...clusterPath(name, "waitsFor"), index];
      if (other === name) {
        faults.add(
          path,
          `got ${quote(other)}, the cluster itself`,
          "take it out: a cluster cannot wait for itself",
        );
      } else if (!names.includes(other)) {
        const others = names.filter((candidate) => candidate !== name);
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
    const index = clusters.find(({ name }) => name === first)?.settings.waitsFor?.indexOf(second) ?? 0;
    const problem = `the clusters wait in a circle: ${[...circle, first].join(" -> ")}`;
    faults.add([...clusterPath(first, "waitsFor"), index], problem, "take one of these out of a waitsFor");
  }
}

/** The names of the clusters, each after those it waits for, else in their given order. The order must be checked. */
export function inOrder<T extends { readonly name: string; readonly waitsFor: readonly string[] }>(
  clusters: readonly T[],
): T[] {
  const ordered: T[] = [];
  const placed = new Set<string>();
  let waiting = [...clusters];
  while (waiting.length > 0) {
    const next = waiting.find(({ waitsFor }) => waitsFor.every((name) => placed.has(name)));
    if (!next)
      throw new Error("clusters that wait for each other were not refused; this is a bug in lib/topology");
    ordered.push(next);
    placed.add(next.name);
    waiting = waiting.filter((cluster) => cluster !== next);
  }
  return ordered;
}

/** Circles of two or more clusters that wait for each other; at least one out of every knot of them. */
function findCircles(clusters: readonly ClusterDraft[]): string[][] {
  const waitsFor = new Map(clusters.map(({ name, settings }) => [name, settings.waitsFor ?? []]));
  const circles: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (name: string): void => {
    if (trail.includes(name)) {
      circles.push(trail.slice(trail.indexOf(name)));
      return;
    }
    if (done.has(name)) return;
    trail.push(name);
    for (const other of waitsFor.get(name) ?? []) {
      if (other !== name) visit(other);
    }
    trail.pop();
    done.add(name);
  };
  for (const name of waitsFor.keys()) visit(name);
  return circles;
}
