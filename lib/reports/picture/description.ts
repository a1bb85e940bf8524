import type { Cluster } from "../../topology";
import { countOf } from "../units";
import type { Scene } from "./scene";
import { MOST_CLUSTERS, MOST_HOSTS, MOST_NETWORKS } from "./scene";
import { summaryRemarks } from "./legend";

/** The picture in words, for those who do not see it. */
export function describePicture(scene: Scene): string {
  const { topology, vms, groups } = scene;
  const held = (node: string) => (groups.get(node) ?? []).reduce((sum, group) => sum + group.vms.length, 0);
  return [
    `${countOf(vms.length, "VM")} in ${countOf(topology.clusters.length, "cluster")} on ${countOf(topology.nodes.length, "Proxmox host")}.`,
    ...topology.clusters.slice(0, MOST_CLUSTERS).map(describeCluster),
    `Hosts: ${topology.nodes
      .slice(0, MOST_HOSTS)
      .map(({ name }) => `${name} with ${countOf(held(name), "VM")}`)
      .join(", ")}.`,
    `Networks: ${topology.networks
      .slice(0, MOST_NETWORKS)
      .map(({ name, ipv4, ipv6, vlanId }) =>
        [name, vlanId === undefined ? "" : `VLAN ${vlanId}`, ipv4?.cidr, ipv6?.cidr]
          .filter(Boolean)
          .join(" "),
      )
      .join(", ")}.`,
    ...summaryRemarks(scene),
  ].join(" ");
}

function describeCluster({ name, role, pools, waitsFor, apiAddress }: Cluster): string {
  const members = pools
    .map(
      (pool) =>
        `${countOf(pool.vms.length, pool.role)}${pool.name === undefined ? "" : ` in pool ${pool.name}`}`,
    )
    .join(", ");
  const api = apiAddress === undefined ? "" : `; API at ${apiAddress}`;
  const order =
    waitsFor.length > 0
      ? `; made when ${waitsFor.join(" and ")} ${waitsFor.length === 1 ? "is" : "are"} ready`
      : "";
  return `Cluster ${name} (${role}): ${members}${api}${order}.`;
}
