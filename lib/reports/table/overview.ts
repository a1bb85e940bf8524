import type { Network, Topology } from "../../topology";
import { addressAllocations, vmIdAllocations, type Allocation } from "../allocations";
import { nodeUsages, shareGiven, storageUsages, type Usage } from "../capacity";
import { totalsOf } from "../totals";
import { formatCount, formatDisk, formatMemory } from "../units";
import { tableLines, type Row } from "./text-table";

/** Clusters in the order they are made: what each takes, and what it waits for. */
export function clusterTable({ clusters }: Topology): string[] {
  return tableLines(
    [
      { title: "CLUSTER" },
      { title: "ROLE" },
      { title: "SERVERS", align: "right" },
      { title: "AGENTS", align: "right" },
      { title: "CORES", align: "right" },
      { title: "MEMORY", align: "right" },
      { title: "DISKS", align: "right" },
      { title: "WAITS FOR" },
    ],
    clusters.map(({ name, role, vms, waitsFor }): Row => {
      const { servers, agents, cores, memoryMiB, diskGiB } = totalsOf(vms);
      const counts = [servers, agents, cores].map(formatCount);
      return [
        name,
        role,
        ...counts,
        formatMemory(memoryMiB),
        formatDisk(diskGiB),
        waitsFor.join(", ") || "-",
      ];
    }),
  );
}

/** What is given of each Proxmox node, against what is declared of it. */
export function nodeTable(topology: Topology): string[] {
  return tableLines(
    [{ title: "NODE" }, { title: "VMS", align: "right" }, { title: "CORES" }, { title: "MEMORY" }],
    nodeUsages(topology).map(({ node, vms, cores, memoryMiB }) => [
      node,
      formatCount(vms),
      formatUsage(cores, formatCount),
      formatUsage(memoryMiB, formatMemory),
    ]),
  );
}

/** What is given of each storage: of local ones on each node. */
export function storageTable(topology: Topology): string[] {
  return tableLines(
    [{ title: "STORAGE" }, { title: "NODE" }, { title: "DISKS", align: "right" }, { title: "SIZE" }],
    storageUsages(topology).map(({ storage, node, disks, sizeGiB }) => [
      storage,
      node ?? "(shared)",
      formatCount(disks),
      formatUsage(sizeGiB, formatDisk),
    ]),
  );
}

/** "24 of 32 (75 %)", with over-commit "48 of 32 × 2 (75 %)", and "24" where nothing is declared. */
function formatUsage(usage: Usage, format: (amount: number) => string): string {
  const { given, declared, overcommit } = usage;
  if (declared === undefined) return format(given);
  const times = overcommit === 1 ? "" : ` × ${overcommit}`;
  const share = shareGiven(usage);
  const percent = share === undefined ? "" : ` (${Math.round(share * 100)} %)`;
  return `${format(given)} of ${format(declared)}${times}${percent}`;
}

/** The networks that VMs are in. */
export function networkTable({ networks }: Topology): string[] {
  return tableLines(
    [
      { title: "NETWORK" },
      { title: "BRIDGE" },
      { title: "VLAN", align: "right" },
      { title: "MTU", align: "right" },
      { title: "ADDRESSES" },
      { title: "ROUTER" },
      { title: "RESOLVERS" },
    ],
    networks.map((network: Network): Row => {
      const subnets = [network.ipv4, network.ipv6].filter((subnet) => subnet !== undefined);
      return [
        network.name,
        network.bridge,
        String(network.vlanId ?? "-"),
        String(network.mtu ?? "-"),
        subnets.length === 0 ? "-" : subnets.map(({ cidr }) => cidr),
        subnets.length === 0 ? "-" : subnets.map(({ gateway }) => gateway ?? "-"),
        network.dnsServers.length === 0 ? "-" : network.dnsServers,
      ];
    }),
  );
}

/** The VM ids that are set aside: given and free. */
export function vmIdTable(topology: Topology): string[] {
  const table = tableLines(
    [
      { title: "RANGE" },
      { title: "USED", align: "right" },
      { title: "FREE", align: "right" },
      { title: "FOR" },
    ],
    vmIdAllocations(topology).map(allocationCells),
  );
  const { vmIds: agreed, clusters } = topology;
  if (!agreed) return table;
  const { first, last } = agreed;
  const given = clusters.flatMap(({ vms }) => vms).filter(({ vmId }) => vmId >= first && vmId <= last);
  const free = last - first + 1 - given.length;
  return [...table, `  agreed ${first}-${last}, of which ${formatCount(free)} are given to no VM`];
}

/** The addresses that are set aside: given and free. */
export function addressTable(topology: Topology): string[] {
  return tableLines(
    [
      { title: "RANGE" },
      { title: "USED", align: "right" },
      { title: "FREE", align: "right" },
      { title: "FOR" },
      { title: "NETWORK" },
    ],
    addressAllocations(topology).map((allocation) => [...allocationCells(allocation), allocation.network]),
  );
}

function allocationCells({ first, last, used, free, cluster, pool }: Allocation): string[] {
  return [
    first === last ? first : `${first}-${last}`,
    formatCount(used),
    formatCount(free),
    pool === undefined ? cluster : `${cluster}, pool ${pool}`,
  ];
}
