import type { Network, Vm, Warning } from "../../topology";
import { formatPath } from "../../topology/fault";
import { addressAllocations, vmIdAllocations } from "../allocations";
import type { Allocation } from "../allocations";
import { disksOf, totalsOf } from "../totals";
import { formatCount, formatDisk, formatMemory } from "../units";
import { usageText } from "./figures";
import { code, htmlTable, plain } from "./html-table";
import { CLUSTER_COLOURS } from "./palette";
import type { Scene } from "./scene";
import { addressLines } from "./vm-figures";

/** The tables below the picture: all that the picture shows, and what it has no room for. */

/** Sections of the page with their titles, in their order. */
export const SECTIONS = {
  warnings: "Warnings",
  members: "Members",
  clusters: "Clusters",
  hosts: "Capacity of hosts",
  storages: "Capacity of storages",
  networks: "Networks",
  addresses: "Addresses",
  ids: "VM ids",
} as const;

/** The tables by their sections; empty text where there is nothing to tell. */
export function htmlTables(scene: Scene, filter: string): Record<keyof typeof SECTIONS, string> {
  const { topology } = scene;
  const heading = (id: keyof typeof SECTIONS, before?: string) => ({ id, title: SECTIONS[id], before });
  const badgeOf = (name: string) => clusterName(name, scene);
  return {
    warnings: htmlTable<Warning>(
      heading("warnings"),
      [
        { title: "Rule", cell: ({ rule }) => code(rule) },
        { title: "Where", cell: ({ path }) => code(formatPath(path)) },
        { title: "What", cell: ({ problem, fix }) => `${plain(problem)}; ${plain(fix)}` },
        { title: "Acknowledged", cell: ({ acknowledged }) => (acknowledged ? "yes" : "no") },
      ],
      topology.warnings,
    ),
    members: htmlTable<Vm>(heading("members", filter), memberColumns(badgeOf), scene.vms),
    clusters: htmlTable(
      heading("clusters"),
      [
        { title: "Cluster", cell: ({ name }) => badgeOf(name) },
        { title: "Role", cell: ({ role }) => role },
        { title: "API", cell: ({ apiAddress }) => (apiAddress === undefined ? "" : code(apiAddress)) },
        { title: "Waits for", cell: ({ waitsFor }) => waitsFor.map(badgeOf).join("<br>") },
        { title: "Domain", cell: ({ domain }) => plain(domain) },
        { title: "Servers", number: true, cell: ({ vms }) => formatCount(totalsOf(vms).servers) },
        { title: "Agents", number: true, cell: ({ vms }) => formatCount(totalsOf(vms).agents) },
        { title: "Cores", number: true, cell: ({ vms }) => formatCount(totalsOf(vms).cores) },
        { title: "Memory", number: true, cell: ({ vms }) => formatMemory(totalsOf(vms).memoryMiB) },
        { title: "Disk", number: true, cell: ({ vms }) => formatDisk(totalsOf(vms).diskGiB) },
      ],
      topology.clusters,
    ),
    hosts: htmlTable(
      heading("hosts"),
      [
        { title: "Host", cell: ({ node }) => plain(node) },
        { title: "VMs", number: true, cell: ({ vms }) => formatCount(vms) },
        { title: "Cores", number: true, cell: ({ cores }) => usageText(cores, formatCount) },
        { title: "Memory", number: true, cell: ({ memoryMiB }) => usageText(memoryMiB, formatMemory) },
      ],
      [...scene.nodeUsages.values()],
    ),
    storages: htmlTable(
      heading("storages"),
      [
        { title: "Storage", cell: ({ storage }) => plain(storage) },
        { title: "Host", cell: ({ node }) => (node === undefined ? "all: it is shared" : plain(node)) },
        { title: "Disks", number: true, cell: ({ disks }) => formatCount(disks) },
        { title: "Size", number: true, cell: ({ sizeGiB }) => usageText(sizeGiB, formatDisk) },
      ],
      [...scene.storageUsages.values()].flat(),
    ),
    networks: htmlTable<Network>(
      heading("networks"),
      [
        { title: "Network", cell: ({ name }) => plain(name) },
        { title: "Bridge", cell: ({ bridge }) => code(bridge) },
        { title: "VLAN", number: true, cell: ({ vlanId }) => (vlanId === undefined ? "none" : code(vlanId)) },
        { title: "MTU", number: true, cell: ({ mtu }) => (mtu === undefined ? "the bridge's" : code(mtu)) },
        { title: "Addresses", cell: ({ ipv4, ipv6 }) => codes([ipv4?.cidr, ipv6?.cidr]) },
        { title: "Gateway", cell: ({ ipv4, ipv6 }) => codes([ipv4?.gateway, ipv6?.gateway]) },
        { title: "DNS", cell: ({ dnsServers }) => codes(dnsServers) },
      ],
      topology.networks,
    ),
    addresses: htmlTable(
      heading("addresses"),
      [{ title: "Network", cell: ({ network }) => plain(network) }, ...allocationColumns(badgeOf)],
      addressAllocations(topology),
    ),
    ids: htmlTable(heading("ids"), allocationColumns(badgeOf), vmIdAllocations(topology)),
  };
}

function memberColumns(badgeOf: (name: string) => string) {
  return [
    { title: "Id", number: true, cell: ({ vmId }: Vm) => code(vmId) },
    { title: "Name", cell: ({ name }: Vm) => plain(name) },
    { title: "Cluster", cell: ({ cluster }: Vm) => badgeOf(cluster) },
    { title: "Pool", cell: ({ pool }: Vm) => plain(pool ?? "") },
    { title: "Role", cell: ({ role }: Vm) => role },
    { title: "Host", cell: ({ node }: Vm) => plain(node) },
    {
      title: "Addresses",
      cell: (vm: Vm) =>
        addressLines(vm)
          .map(({ device, address, network }) =>
            device === "" ? code(address) : `${code(address)} <small>${device} ${plain(network)}</small>`,
          )
          .join("<br>"),
    },
    { title: "Cores", number: true, cell: ({ cores }: Vm) => formatCount(cores) },
    { title: "Memory", number: true, cell: ({ memoryMiB }: Vm) => formatMemory(memoryMiB) },
    {
      title: "Disks",
      cell: (vm: Vm) =>
        disksOf(vm)
          .map(
            ({ device, storage, sizeGiB }) =>
              `${formatDisk(sizeGiB)} <small>${device} ${plain(storage)}</small>`,
          )
          .join("<br>"),
    },
    { title: "Template", number: true, cell: ({ templateId }: Vm) => code(templateId) },
  ];
}

function allocationColumns(badgeOf: (name: string) => string) {
  return [
    { title: "First", cell: ({ first }: Allocation) => code(first) },
    { title: "Last", cell: ({ last }: Allocation) => code(last) },
    { title: "Cluster", cell: ({ cluster }: Allocation) => badgeOf(cluster) },
    { title: "Pool", cell: ({ pool }: Allocation) => plain(pool ?? "") },
    { title: "Used", number: true, cell: ({ used }: Allocation) => formatCount(used) },
    { title: "Free", number: true, cell: ({ free }: Allocation) => formatCount(free) },
  ];
}

function clusterName(name: string, { numbers }: Scene): string {
  const number = numbers.get(name);
  const badge =
    number === undefined ? "" : `<span class="b b${(number - 1) % CLUSTER_COLOURS}">${number}</span>`;
  return `${badge}${plain(name)}`;
}

function codes(texts: readonly (string | undefined)[]): string {
  return texts.flatMap((text) => (text === undefined ? [] : [code(text)])).join("<br>");
}
