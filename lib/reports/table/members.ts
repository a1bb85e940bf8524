import type { Cluster, Pool, Vm } from "../../topology";
import { addressTexts } from "../address-text";
import { labelTexts, taintTexts } from "../labels";
import { numberRuns } from "../number-runs";
import { totalsOf } from "../totals";
import { countOf, formatDisk, formatMemory } from "../units";
import { columnWidths, tableLines, type Column, type Row } from "./text-table";
import type { Style } from "./style";

const COLUMNS: readonly Column[] = [
  { title: "VM" },
  { title: "ID", align: "right" },
  { title: "NODE" },
  { title: "ADDRESS" },
  { title: "CORES", align: "right" },
  { title: "MEMORY", align: "right" },
  { title: "DISKS" },
];

/** The clusters with all their members, one to a row; further interfaces and disks in rows below. */
export function memberSections(clusters: readonly Cluster[], style: Style): string[] {
  const rows = new Map(clusters.flatMap(({ vms }) => vms).map((vm) => [vm, rowOf(vm)]));
  // The same for all, so that the eye finds each figure in one place.
  const widths = columnWidths(COLUMNS, [...rows.values()]);
  return clusters.flatMap((cluster) => [
    style.heading(clusterHeading(cluster)),
    ...cluster.pools.flatMap((pool) => [
      ...poolHeading(pool),
      ...tableLines(
        COLUMNS,
        pool.vms.map((vm) => rows.get(vm) ?? []),
        widths,
      ),
    ]),
    "",
  ]);
}

function clusterHeading({ name, role, vms, waitsFor, apiAddress }: Cluster): string {
  const { servers, agents, cores, memoryMiB, diskGiB } = totalsOf(vms);
  return [
    `${name}: ${role} cluster of ${countOf(servers, "server")}${agents > 0 ? ` and ${countOf(agents, "agent")}` : ""}`,
    `${countOf(cores, "core")}, ${formatMemory(memoryMiB)} memory, ${formatDisk(diskGiB)} disk`,
    ...(waitsFor.length > 0 ? [`waits for ${waitsFor.join(", ")}`] : []),
    ...(apiAddress === undefined ? [] : [`API at ${apiAddress}`]),
  ].join("; ");
}

function poolHeading({ name, role, placement, leftOut, vms }: Pool): string[] {
  const shared = [
    ...sharedText(vms, "CPU type", ({ cpu }) => cpu ?? ""),
    ...sharedText(vms, "tags", ({ tags }) => tags.join(", ")),
    ...sharedText(vms, "labels", (vm) => labelTexts(vm).join(", ")),
    ...sharedText(vms, "taints", (vm) => taintTexts(vm).join(", ")),
  ];
  const title =
    name === undefined ? [] : [`pool ${name}: ${countOf(vms.length, role)}, placement ${placement}`];
  const line = [...title, ...leftOutText(leftOut), ...shared].join("; ");
  return line === "" ? [] : [`  ${line}`];
}

/** That `without` leaves members out: "members 3, 5-9 left out". */
function leftOutText(numbers: readonly number[]): string[] {
  if (numbers.length === 0) return [];
  return [`${numbers.length === 1 ? "member" : "members"} ${numberRuns(numbers)} left out`];
}

/** What a pool's members have in common is said once; that they differ is said, too. */
function sharedText(vms: readonly Vm[], noun: string, textOf: (vm: Vm) => string): string[] {
  const texts = new Set(vms.map(textOf));
  const [first = ""] = texts;
  if (texts.size > 1) return [`${noun} differ (see --format yaml)`];
  return first === "" ? [] : [`${noun} ${first}`];
}

function rowOf(vm: Vm): Row {
  return [
    vm.name,
    String(vm.vmId),
    vm.node,
    vm.interfaces.map((device, index) => {
      const addresses = addressTexts(device).join(" ") || "no address";
      return index === 0 ? addresses : `${addresses} (${device.network})`;
    }),
    String(vm.cores),
    formatMemory(vm.memoryMiB),
    [
      `${formatDisk(vm.diskGiB)} ${vm.storage}`,
      ...vm.extraDisks.map(({ device, storage, sizeGiB }) => `${formatDisk(sizeGiB)} ${storage} (${device})`),
    ],
  ];
}
