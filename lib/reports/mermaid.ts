import type { Cluster, Pool, Topology, Vm } from "../topology";
import { addressTexts } from "./address-text";
import { countOf } from "./units";

/** Up to so many VMs each is drawn by itself. */
const MOST_VMS = 40;

/** Up to so many pools each is drawn by itself, else clusters alone: Mermaid takes 50,000 characters by default. */
const MOST_POOLS = 100;

/**
 * A flowchart of the clusters in Mermaid's language, as GitHub, GitLab and many wikis draw it: the VMs of each cluster
 * lead to its ready gate, and the gate to the clusters that wait for it. Where VMs are many each pool is one box, and
 * where pools are many each cluster.
 */
export function renderMermaid({ clusters }: Topology): string {
  const vms = clusters.reduce((count, cluster) => count + cluster.vms.length, 0);
  const pools = clusters.reduce((count, cluster) => count + cluster.pools.length, 0);
  const ids = new Map(clusters.map(({ name }, index) => [name, `c${index + 1}`]));
  const idOf = (name: string): string => ids.get(name) ?? name;
  const boxes = clusters.flatMap((cluster) => {
    const id = idOf(cluster.name);
    if (pools > MOST_POOLS) return [`  ${id}${box(clusterLabel(cluster))}`];
    const members = vms <= MOST_VMS ? cluster.vms.map(vmLabel) : cluster.pools.map(poolLabel);
    return subgraph(id, cluster, members);
  });
  const gate = pools > MOST_POOLS ? "" : "gate";
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
  const [first, last] = [vms[0], vms.at(-1)];
  const ends = (textOf: (vm: Vm) => string): string => {
    const texts = [first, last].map((vm) => (vm === undefined ? "" : textOf(vm)));
    return texts[0] === texts[1] ? (texts[0] ?? "") : texts.join(" to ");
  };
  const perNode = new Map<string, number>();
  for (const { node } of vms) perNode.set(node, (perNode.get(node) ?? 0) + 1);
  return [
    ...(name === undefined ? [] : [name]),
    countOf(vms.length, role),
    ends((vm) => String(vm.vmId)),
    ends((vm) => mainAddresses(vm)[0] ?? ""),
    [...perNode].map(([node, count]) => `${node}: ${count}`).join(", "),
  ]
    .filter((line) => line !== "")
    .join("<br/>");
}

function clusterLabel({ name, role, vms }: Cluster): string {
  return `${name} (${role})<br/>${countOf(vms.length, "VM")}`;
}

/** Of its first interface. */
function mainAddresses({ interfaces }: Vm): string[] {
  return addressTexts(interfaces[0] ?? {});
}
