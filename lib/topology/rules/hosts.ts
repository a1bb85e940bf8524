import type { Cluster, Vm } from "../topology";
import { namesOf } from "./paths";
import type { Rule } from "./rule";

/**
 * Which Proxmox nodes the servers of a cluster are on. While a node is down, or restarts after an update, so are its VMs.
 * Source: etcd's FAQ, "What is failure tolerance?", https://etcd.io/docs/v3.6/faq/.
 */

export const serversOnOneHost: Rule = {
  name: "servers-on-one-host",
  level: "warning",
  summary: "All servers of a cluster are on one Proxmox node.",
  reason:
    "Several servers are there so that the cluster outlives one of them, but when that node fails or restarts all are gone. Spread them over three nodes.",
  check: ({ clusters }, report) => {
    for (const cluster of clusters) {
      const servers = serversByNode(cluster);
      const [only, other] = servers;
      if (!only || other || only[1].length < 2) continue;
      const [node, vms] = only;
      report({
        path: ["clusters", cluster.name],
        problem: `got all ${vms.length} servers on ${node} (${namesOf(vms)}): while it is down, so is the cluster`,
        fix: "put them on three nodes, or make do with one server",
        clusters: [cluster.name],
      });
    }
  },
};

export const majorityOnOneHost: Rule = {
  name: "majority-on-one-host",
  level: "warning",
  summary: "A cluster cannot do without one of the Proxmox nodes that its servers are on.",
  reason:
    "etcd needs more than half of the servers: with two of three on one node the cluster stops when that node does. Three servers need three nodes.",
  check: ({ clusters }, report) => {
    for (const cluster of clusters) {
      const servers = serversByNode(cluster);
      const count = servers.reduce((sum, [, vms]) => sum + vms.length, 0);
      // Of two servers neither can be spared, wherever they are; even-servers tells of that.
      if (count < 3 || servers.length === 1) continue;
      const most = Math.ceil(count / 2) - 1;
      for (const [node, vms] of servers) {
        if (vms.length <= most) continue;
        report({
          path: ["clusters", cluster.name],
          problem: `got ${vms.length} of ${count} servers on ${node} (${namesOf(vms)}): while it is down, so is the cluster`,
          fix: `put at most ${most} of them on one node`,
          clusters: [cluster.name],
        });
      }
    }
  },
};

function serversByNode({ vms }: Cluster): [node: string, vms: Vm[]][] {
  const servers = new Map<string, Vm[]>();
  for (const vm of vms) {
    if (vm.role !== "server") continue;
    const others = servers.get(vm.node);
    if (others) others.push(vm);
    else servers.set(vm.node, [vm]);
  }
  return [...servers];
}
