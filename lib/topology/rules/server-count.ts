import type { FaultPath } from "../fault";
import type { Cluster } from "../topology";
import { countPath } from "./paths";
import type { Rule } from "./rule";

/**
 * How many servers a cluster has. The servers of K3s and RKE2 run etcd, which works while more than half of them do.
 * Sources: etcd's FAQ ("Why an odd number of cluster members?", "What is maximum cluster size?"), https://etcd.io/docs/v3.6/faq/;
 * K3s, "High Availability Embedded etcd", https://docs.k3s.io/datastore/ha-embedded.
 */

/** More than this, says etcd, cost more than they give. */
const MOST_SERVERS = 7;

export const noServers: Rule = {
  name: "no-servers",
  level: "error",
  summary: "A cluster has agents, but no server.",
  reason: "Servers run the Kubernetes control plane that agents join: without one there is no cluster.",
  check: ({ clusters }, report) => {
    for (const cluster of clusters) {
      if (countServers(cluster) > 0) continue;
      report({
        path: ["clusters", cluster.name],
        problem: `got ${members(cluster.vms.length, "agent")}, and no server for them to join`,
        fix: 'give the cluster a pool with the role "server"',
        clusters: [cluster.name],
      });
    }
  },
};

export const evenServers: Rule = {
  name: "even-servers",
  level: "warning",
  summary: "A cluster has an even number of servers.",
  reason:
    "etcd needs more than half of the servers: 4 bear the loss of 1 as 3 do, and 2 that of none, with one more that can fail. Use 1, 3 or 5.",
  check: ({ clusters }, report) => {
    for (const cluster of clusters) {
      const servers = countServers(cluster);
      if (servers === 0 || servers % 2 === 1) continue;
      const spare = servers / 2 - 1;
      report({
        path: serversPath(cluster),
        problem: `got ${servers} servers, which bear the loss of ${spare === 0 ? "none" : spare}, as ${servers - 1} would`,
        fix: `use ${servers - 1} or ${servers + 1}: etcd needs more than half of them`,
        clusters: [cluster.name],
      });
    }
  },
};

export const manyServers: Rule = {
  name: "many-servers",
  level: "warning",
  summary: `A cluster has more than ${MOST_SERVERS} servers.`,
  reason:
    "Every change is written by more than half of the servers before it counts, so each further one makes the cluster slower. Use 3 or 5, and a pool of agents for the work.",
  check: ({ clusters }, report) => {
    for (const cluster of clusters) {
      const servers = countServers(cluster);
      if (servers <= MOST_SERVERS) continue;
      report({
        path: serversPath(cluster),
        problem: `got ${servers} servers, more than the ${MOST_SERVERS} that etcd is at its best with`,
        fix: 'use 3 or 5, and pools with the role "agent" for the work',
        clusters: [cluster.name],
      });
    }
  },
};

function countServers({ vms }: Cluster): number {
  return vms.reduce((count, { role }) => (role === "server" ? count + 1 : count), 0);
}

/** Where the number of servers is written; of several pools the place around them. */
function serversPath(cluster: Cluster): FaultPath {
  const [pool, other] = cluster.pools.filter(({ role }) => role === "server");
  return pool && !other ? countPath(cluster, pool) : ["clusters", cluster.name, "pools"];
}

function members(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
