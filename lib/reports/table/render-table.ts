import type { Topology } from "../../topology";
import { totalsOf } from "../totals";
import { countOf, formatDisk, formatMemory } from "../units";
import { warningLines } from "../warning-lines";
import { memberSections } from "./members";
import { addressTable, clusterTable, networkTable, nodeTable, storageTable, vmIdTable } from "./overview";
import { PLAIN, type Style } from "./style";

/** What the table cannot take from the topology. */
export interface TableOptions {
  /**
   * Name of the file that the topology is from, for its warnings.
   * @default - none: the topology is an object
   */
  readonly file?: string;
  /** @default - plain text */
  readonly style?: Style;
}

/**
 * The resolved topology for a person in a terminal: every member, then what all of it takes, the maps and the
 * warnings. What matters most comes last, where a long table ends up on the screen.
 */
export function renderTable(topology: Topology, { file, style = PLAIN }: TableOptions = {}): string {
  // A table has a line of titles, whatever it holds.
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length > 1 ? [style.heading(title), ...lines, ""] : [];
  return [
    ...memberSections(topology.clusters, style),
    ...section("VM ids", vmIdTable(topology)),
    ...section("Addresses", addressTable(topology)),
    ...section("Networks", networkTable(topology)),
    ...section("Storages", storageTable(topology)),
    ...section("Proxmox nodes", nodeTable(topology)),
    ...section("Clusters, in the order they are made", clusterTable(topology)),
    ...warningSection(topology, style, file),
    totalLine(topology),
    "",
  ].join("\n");
}

function warningSection(topology: Topology, style: Style, file?: string): string[] {
  const acknowledged = topology.warnings.filter((warning) => warning.acknowledged).length;
  if (topology.warnings.length === 0) return [];
  return [
    style.heading("Warnings"),
    ...warningLines(topology, file).map((line) => `  ${style.warning(line)}`),
    ...(acknowledged === 0 ? [] : [`  ${countOf(acknowledged, "warning")} acknowledged`]),
    "",
  ];
}

function totalLine({ clusters }: Topology): string {
  const { vms, cores, memoryMiB, diskGiB } = totalsOf(clusters.flatMap((cluster) => cluster.vms));
  return (
    `${countOf(clusters.length, "cluster")}, ${countOf(vms, "VM")}: ${countOf(cores, "core")}, ` +
    `${formatMemory(memoryMiB)} memory, ${formatDisk(diskGiB)} disk`
  );
}
