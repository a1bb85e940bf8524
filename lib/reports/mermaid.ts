import type { Cluster, Pool, Topology, Vm } from "../topology";
import { addressTexts } from "./address-text";
import { addressRuns, vmIdRuns } from "./runs";
import { countOf } from "./units";

/** Up to so many VMs each is drawn by itself. */
const MOST_VMS = 40;

/** Up to so many pools each is drawn by itself. */
const MOST_POOLS = 100;

/** Mermaid takes no longer text by default, `maxTextSize`. */
const MOST_CHARACTERS = 50_000;

/** The hosts of a pool are named up to so many. */
const MOST_HOSTS = 4;

/** Runs of VM ids and addresses in a box. */
const MOST_RUNS = 3;

/**
 * A flowchart of the clusters in Mermaid's language, as GitHub, GitLab and many wikis draw it: the VMs of each cluster
 * lead to its ready gate, and the gate to the clusters that wait for it. Where VMs are many each pool is one box, and
 * where pools are many, or their boxes longer than Mermaid takes, each cluster.
 */
export function renderMermaid({ clusters }: Topology): string {
  const vms = clusters.reduce((count, cluster) => count + cluster.vms.length, 0);
  const pools = clusters.reduce((count, cluster) => count + cluster.pools.length, 0);
  if (pools <= MOST_POOLS) {
    const membersOf = (cluster: Cluster): string[] =>
      vms <= MOST_VMS ? cluster.vms.map(vmLabel) : cluster.pools.map(poolLabel);
    const chart = flowchart(clusters, (id, cluster) => subgraph(id, cluster, membersOf(cluster)), "gate");
    if (chart.length <= MOST_CHARACTERS) return chart;
  }
  return flowchart(clusters, (id, cluster) => [`  ${id}${box(clusterLabel(cluster))}`], "");
}

/**
 * @param draw the lines of a cluster, by its id
 * @param gate ending of the id from which lead the arrows to those that wait for a cluster
 */
function flowchart(
  clusters: readonly Cluster[],
  draw: (id: string, cluster: Cluster) => string[],
  gate: string,
): string {
  const ids = new Map(clusters.map(({ name }, index) => [name, `c${index + 1}`]));
  const idOf = (name: string): string => ids.get(name) ?? name;
  const boxes = clusters.flatMap((cluster) => draw(idOf(cluster.name), cluster));
  const waits = clusters.flatMap(({ name, waitsFor }) =>
    waitsFor.map((other) => `  ${idOf(other)}${gate} --> ${idOf(name)}`),
  );
  return `${["flowchart LR", ...boxes, ...waits].join("\n")}\n`;
}

function subgraph(id: string, { name, role, apiAddress }: Cluster, members: readonly string[]): string[] {
  const memberIds = members.map((_, index) => `${id}m${index + 1}`);
  const title = [`${name} (${role})`, ...(apiAddress === undefined ? [] : [`API ${apiAddress}`])].join(", ");
  return [
    `  subgraph ${id}${box(title)}`,
    ...members.map((label, index) => `    ${memberIds[index] ?? ""}${box(label)}`),
    `    ${id}gate{{"ready"}}`,
    `    ${memberIds.join(" & ")} --> ${id}gate`,
    "  end",
  ];
}

/** A label in quotes may hold anything but quotes. */
function box(label: string): string {
  return `["${label.replaceAll('"', "#quot;")}"]`;
}

function vmLabel(vm: Vm): string {
  return [vm.name, `${vm.vmId} on ${vm.node}`, ...mainAddresses(vm)].join("<br/>");
}

function poolLabel({ name, role, vms }: Pool): string {
  return [
    ...(name === undefined ? [] : [name]),
    countOf(vms.length, role),
    vmIdRuns(vms, MOST_RUNS, " to "),
    addressRuns(vms, MOST_RUNS),
    hostsText(vms),
  ].join("<br/>");
}

/** "pve1: 10, pve2: 9", of more than a few hosts how many they are. */
function hostsText(vms: readonly Vm[]): string {
  const perNode = new Map<string, number>();
  for (const { node } of vms) perNode.set(node, (perNode.get(node) ?? 0) + 1);
  if (perNode.size > MOST_HOSTS) return countOf(perNode.size, "host");
  return [...perNode].map(([node, count]) => `${node}: ${count}`).join(", ");
}

function clusterLabel({ name, role, vms }: Cluster): string {
  return `${name} (${role})<br/>${countOf(vms.length, "VM")}`;
}

/** Of its first interface. */
function mainAddresses({ interfaces }: Vm): string[] {
  return addressTexts(interfaces[0] ?? {});
}
