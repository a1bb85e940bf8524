import { countOf } from "../units";
import { drawCluster } from "./cluster-card";
import { drawFlow, isFlow, LEAST_WIDTH } from "./cluster-flow";
import { orderClusters, stepsOf } from "./cluster-order";
import type { OrderedCluster } from "./cluster-order";
import { balancedColumns } from "./columns";
import { place, text } from "./drawing";
import type { Drawing } from "./drawing";
import { sectionHeading } from "./marks";
import { MOST_CLUSTERS } from "./scene";
import type { Scene } from "./scene";

const GAP = 16;

/**
 * The clusters, in the order in which they are made.
 * @returns `gates`: whether ready gates are drawn
 */
export function drawClusters(scene: Scene, width: number): Drawing & { readonly gates: boolean } {
  const all = orderClusters(scene.topology.clusters);
  const shown = all.slice(0, MOST_CLUSTERS);
  const steps = stepsOf(shown);
  const flow = all.length === shown.length && isFlow(steps);
  const order = flow ? "made from left to right" : "made step by step";
  const remark =
    steps.length > 1 ? `${order}, each when those it waits for are ready` : "made at the same time";
  const heading = sectionHeading("Clusters", all.length > 1 ? remark : "", width);
  const body = flow ? drawFlow(steps, scene, width) : drawSteps(steps, scene, width);
  const rest = all.slice(MOST_CLUSTERS);
  const markup = [heading.markup, place(0, heading.height, body.markup)];
  let height = heading.height + body.height;
  if (rest.length > 0) {
    const vms = rest.reduce((sum, { cluster }) => sum + cluster.vms.length, 0);
    const says = `and ${countOf(rest.length, "more cluster")} with ${countOf(vms, "VM")}`;
    markup.push(text({ text: says, font: "plain", colour: "muted" }, { x: 0, y: height + 22, width }));
    height += 28;
  }
  return {
    width,
    height,
    markup: markup.join(""),
    gates: shown.some(({ cluster }) => cluster.waitsFor.length > 0),
  };
}

/** The steps one below the other, the clusters of each side by side; each says what gates it waits for. */
function drawSteps(steps: readonly OrderedCluster[][], scene: Scene, width: number): Drawing {
  const markup: string[] = [];
  let y = 0;
  steps.forEach((step, index) => {
    if (steps.length > 1) {
      const says = `Step ${index + 1}`;
      markup.push(text({ text: says, font: "strong", colour: "muted" }, { x: 0, y: y + 14, width }));
      y += 24;
    }
    const columns = balancedColumns(step.length, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)));
    const each = (width - GAP * (columns - 1)) / columns;
    for (let first = 0; first < step.length; first += columns) {
      const cards = step
        .slice(first, first + columns)
        .map(({ cluster }) => drawCluster(cluster, scene, each, { gate: true }));
      cards.forEach((card, column) => {
        markup.push(place(column * (each + GAP), y, card.markup));
      });
      y += Math.max(...cards.map(({ height }) => height)) + GAP;
    }
  });
  return { width, height: y - GAP, markup: markup.join("") };
}
