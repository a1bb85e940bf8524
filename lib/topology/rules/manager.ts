import type { Cluster } from "../topology";
import type { Rule } from "./rule";
import { countPath } from "./paths";

/**
 * How the manager, which runs Rancher, and the clusters that it manages go together.
 * Source: Rancher, "Installation Requirements", https://ranchermanager.docs.rancher.com/getting-started/installation-and-upgrade/installation-requirements
 * (github.com/rancher/rancher-docs at 3bd785b): a highly available setup with at least three nodes is required for production.
 */

export const singleServerManager: Rule = {
  name: "single-server-manager",
  level: "warning",
  summary: "The manager has one server alone.",
  reason:
    "While that VM is down nothing is managed, and its etcd exists nowhere else. For production Rancher's documentation requires three.",
  check: ({ clusters }, report) => {
    for (const cluster of clusters) {
      if (cluster.role !== "manager") continue;
      const [pool, other] = cluster.pools.filter(({ role }) => role === "server");
      if (!pool || other || pool.vms.length !== 1) continue;
      report({
        path: countPath(cluster, pool),
        problem: "got 1 server: while it is down nothing is managed",
        fix: "use 3, as Rancher's documentation requires for production",
        clusters: [cluster.name],
      });
    }
  },
};

export const appsNotWaiting: Rule = {
  name: "apps-not-waiting",
  level: "warning",
  summary: "An apps cluster does not wait for the manager, neither itself nor through those it waits for.",
  reason:
    "Its VMs can be ready, and look for Rancher, before there is one. Name the manager in its waitsFor.",
  check: ({ clusters }, report) => {
    const manager = clusters.find(({ role }) => role === "manager");
    if (!manager) return;
    const waiting = new Set([manager.name]);
    // Each comes after those it waits for, so that one pass finds all that wait through others.
    for (const { name, waitsFor } of clusters)
      if (waitsFor.some((other) => waiting.has(other))) waiting.add(name);
    const before = waitedFor(manager, clusters);
    for (const { name, role, waitsFor } of clusters) {
      if (role !== "apps" || waiting.has(name)) continue;
      const others =
        waitsFor.length > 0 ? `got ${waitsFor.join(", ")}, none of which waits` : "does not wait";
      report({
        path: ["clusters", name, "waitsFor"],
        problem: `${others} for ${manager.name} (clusters.${manager.name}), which is to manage it`,
        fix: before.has(name)
          ? `take out what makes ${manager.name} wait for ${name} first (clusters.${manager.name}.waitsFor), then add ${manager.name}`
          : `add ${manager.name}`,
        clusters: [name],
      });
    }
  },
};

/** The names of the clusters that one waits for, itself or through others. */
function waitedFor({ waitsFor }: Cluster, clusters: readonly Cluster[]): ReadonlySet<string> {
  const names = new Set(waitsFor);
  // Each comes after those it waits for.
  for (const cluster of [...clusters].reverse()) {
    if (names.has(cluster.name)) for (const other of cluster.waitsFor) names.add(other);
  }
  return names;
}
