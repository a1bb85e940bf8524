import { totalsOf } from "../totals";
import { countOf, formatCount, formatDisk, formatMemory } from "../units";
import { path, text } from "./drawing";
import type { Drawing } from "./drawing";
import { textWidth } from "./fonts";
import type { Scene } from "./scene";

/** What the picture shows: "Rancher clusters of example.com". */
export function pictureTitle({ topology }: Scene): string {
  const domains = [...new Set(topology.clusters.map(({ domain }) => domain))];
  const rest = domains.length - 1;
  return `Rancher clusters of ${domains[0] ?? "no domain"}${rest > 0 ? ` and ${countOf(rest, "more domain")}` : ""}`;
}

/** The title and the totals. */
export function drawHeader(scene: Scene, width: number): Drawing {
  const { topology, vms } = scene;
  const used = totalsOf(vms);
  const warnings = topology.warnings.filter(({ acknowledged }) => !acknowledged).length;
  const totals: readonly (readonly [value: string, label: string])[] = [
    [formatCount(topology.clusters.length), topology.clusters.length === 1 ? "cluster" : "clusters"],
    [formatCount(vms.length), vms.length === 1 ? "VM" : "VMs"],
    [formatCount(used.cores), used.cores === 1 ? "core" : "cores"],
    [formatMemory(used.memoryMiB), "memory"],
    [formatDisk(used.diskGiB), "disk"],
    [formatCount(topology.nodes.length), topology.nodes.length === 1 ? "Proxmox host" : "Proxmox hosts"],
    [formatCount(topology.networks.length), topology.networks.length === 1 ? "network" : "networks"],
  ];
  const markup = [text({ text: pictureTitle(scene), font: "title" }, { x: 0, y: 24, width })];
  if (warnings > 0)
    markup.push(
      text(
        { text: `⚠ ${countOf(warnings, "warning")}`, font: "strong", colour: "warning" },
        { x: width, y: 62, width: 140, anchor: "end" },
      ),
    );
  let x = 0;
  totals.forEach(([value, label], index) => {
    if (index > 0) markup.push(path(`M${Math.round(x) - 18.5} 46v38`, "rule"));
    const each = Math.max(textWidth(value, "total"), textWidth(label, "small"));
    markup.push(
      text({ text: value, font: "total" }, { x, y: 64, width: each }),
      text({ text: label, font: "small", colour: "muted" }, { x, y: 82, width: each }),
    );
    x += Math.ceil(each) + 37;
  });
  return { width, height: 90, markup: markup.join("") };
}
