import type { Vm } from "../topology";
import { namesOf, poolPath } from "./paths";
import type { Rule } from "./rule";

/**
 * etcd knows its members by their addresses, and agents know the server that they join by its own.
 * Source: Rancher, "Installation Requirements", "Node IP Addresses",
 * https://ranchermanager.docs.rancher.com/getting-started/installation-and-upgrade/installation-requirements.
 */
export const serversByDhcp: Rule = {
  name: "servers-by-dhcp",
  level: "warning",
  summary: "A server has no fixed address in its main network.",
  reason:
    "etcd knows its members by their addresses: a server that comes back with another one is a stranger. Give servers fixed addresses, or reserve theirs at the DHCP server.",
  check: ({ clusters }, report) => {
    for (const cluster of clusters) {
      for (const pool of cluster.pools) {
        if (pool.role !== "server") continue;
        const moving = pool.vms.filter((vm) => !hasFixedAddress(vm));
        if (moving.length === 0) continue;
        report({
          path: poolPath(cluster, pool, "addresses"),
          problem: `got no fixed address for ${namesOf(moving)}, by which etcd knows a server`,
          fix: "give firstAddress or addresses, or reserve theirs at the DHCP server and acknowledge this",
          clusters: [cluster.name],
        });
      }
    }
  },
};

function hasFixedAddress({ interfaces: [main] }: Vm): boolean {
  return typeof main?.ipv4 === "object" || typeof main?.ipv6 === "object";
}
