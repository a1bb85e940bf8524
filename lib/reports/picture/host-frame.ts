import type { ProxmoxNode } from "../../topology";
import { countOf, formatDisk, formatMemory } from "../units";
import { place, text } from "./drawing";
import type { Drawing } from "./drawing";
import { textWidth } from "./fonts";
import { drawCounts, drawGroups, leastGroupWidth } from "./group-box";
import { hostMark } from "./marks";
import { drawMeters } from "./meter";
import type { Meter } from "./meter";
import { MOST_GROUPS } from "./scene";
import type { Group, Scene } from "./scene";

const PADDING = 16;

/** How wide a host must be at least so that its VMs are as wide as they want to be. */
export function leastHostWidth(scene: Scene): number {
  return leastGroupWidth(scene) + 2 * PADDING;
}

/** One Proxmox host: its name, what is taken of it, and its VMs by pool. */
export function drawHost(node: ProxmoxNode, scene: Scene, width: number): Drawing {
  const groups = scene.groups.get(node.name) ?? [];
  const vms = groups.reduce((sum, group) => sum + group.vms.length, 0);
  const inner = width - 2 * PADDING;
  const count = vms === 0 ? "no VMs" : countOf(vms, "VM");
  const countWidth = textWidth(count, "plain");
  const markup = [
    place(PADDING, 14, hostMark()),
    text(
      { text: node.name, font: "heading" },
      { x: PADDING + 26, y: 28, width: inner - 26 - countWidth - 10 },
    ),
    text(
      { text: count, font: "plain", colour: "muted" },
      { x: width - PADDING, y: 28, width: countWidth, anchor: "end" },
    ),
  ];
  const draw = scene.detail === "counts" ? drawCounts : drawGroups;
  let y = 44;
  for (const { drawing, gap } of [
    { drawing: drawMeters(metersOf(node.name, scene), inner), gap: 8 },
    { drawing: draw(groups.slice(0, MOST_GROUPS), scene, inner), gap: 10 },
    { drawing: restOfGroups(groups.slice(MOST_GROUPS), inner), gap: 10 },
  ]) {
    if (drawing.height === 0) continue;
    markup.push(place(PADDING, y, drawing.markup));
    y += drawing.height + gap;
  }
  return { width, height: y - 10 + PADDING, markup: markup.join("") };
}

function metersOf(node: string, { nodeUsages, storageUsages }: Scene): Meter[] {
  const usage = nodeUsages.get(node);
  const storages = (storageUsages.get(node) ?? []).map(({ storage, sizeGiB }) => ({
    label: storage,
    usage: sizeGiB,
    format: formatDisk,
  }));
  const meters: Meter[] = [
    ...(usage
      ? [
          { label: "CPU", usage: usage.cores, format: (cores: number) => countOf(cores, "core") },
          { label: "Memory", usage: usage.memoryMiB, format: formatMemory },
        ]
      : []),
    ...storages,
  ];
  return meters.filter(({ usage: { given, declared } }) => given > 0 || declared !== undefined);
}

function restOfGroups(groups: readonly Group[], width: number): Drawing {
  if (groups.length === 0) return { width, height: 0, markup: "" };
  const vms = groups.reduce((sum, group) => sum + group.vms.length, 0);
  const says = `and ${countOf(groups.length, "more pool")} with ${countOf(vms, "VM")}`;
  return {
    width,
    height: 20,
    markup: text({ text: says, font: "plain", colour: "muted" }, { x: 12, y: 14, width: width - 12 }),
  };
}
