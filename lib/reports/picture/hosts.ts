import { countOf } from "../units";
import { balancedColumns } from "./columns";
import { place, rectangle, text } from "./drawing";
import type { Drawing } from "./drawing";
import { drawHost, leastHostWidth } from "./host-frame";
import { sectionHeading } from "./marks";
import { MOST_HOSTS } from "./scene";
import type { Scene } from "./scene";

const GAP = 20;
const MOST_COLUMNS = 4;

/** The Proxmox hosts with their VMs, side by side as far as they have room. */
export function drawHosts(scene: Scene, width: number): Drawing {
  const { nodes } = scene.topology;
  const shown = nodes.slice(0, MOST_HOSTS);
  const heading = sectionHeading(
    "Proxmox hosts",
    `${countOf(scene.vms.length, "VM")} on ${countOf(nodes.length, "host")}`,
    width,
  );
  const columns = hostColumns(scene, width);
  const each = (width - GAP * (columns - 1)) / columns;
  const markup = [heading.markup];
  let y = heading.height;
  for (let first = 0; first < shown.length; first += columns) {
    const row = shown.slice(first, first + columns);
    const hosts = row.map((node) => drawHost(node, scene, each));
    const tallest = Math.max(...hosts.map(({ height }) => height));
    hosts.forEach((host, index) => {
      // A frame as tall as its neighbours' with nothing in it would look as if something were missing.
      const height = scene.groups.has(row[index]?.name ?? "") ? tallest : host.height;
      const frame = rectangle({ x: 0.5, y: 0.5, width: each - 1, height: height - 1 }, "frame", 10);
      markup.push(place(index * (each + GAP), y, frame + host.markup));
    });
    y += tallest + GAP;
  }
  if (nodes.length > shown.length) {
    const says = restOfHosts(scene);
    markup.push(text({ text: says, font: "plain", colour: "muted" }, { x: 0, y: y + 6, width }));
    y += 14 + GAP;
  }
  return { width, height: y - GAP, markup: markup.join("") };
}

/** "and 12 more hosts with 480 VMs". */
export function restOfHosts({ topology, groups }: Scene): string {
  const rest = topology.nodes.slice(MOST_HOSTS);
  const vms = rest.reduce(
    (sum, { name }) => sum + (groups.get(name) ?? []).reduce((held, group) => held + group.vms.length, 0),
    0,
  );
  return `and ${countOf(rest.length, "more host")} with ${countOf(vms, "VM")}`;
}

/** In how many columns the hosts stand. */
export function hostColumns(scene: Scene, width: number): number {
  const count = Math.min(scene.topology.nodes.length, MOST_HOSTS);
  const fitting = Math.floor((width + GAP) / (leastHostWidth(scene) + GAP));
  return balancedColumns(count, Math.min(MOST_COLUMNS, fitting));
}
