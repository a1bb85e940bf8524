import { countOf } from "../units";
import { drawCluster } from "./cluster-card";
import { drawGates } from "./cluster-gates";
import type { PlacedCluster } from "./cluster-gates";
import { orderClusters } from "./cluster-order";
import type { OrderedCluster } from "./cluster-order";
import { place, text } from "./drawing";
import type { Drawing } from "./drawing";
import { sectionHeading } from "./marks";
import { MOST_CLUSTERS } from "./scene";
import type { Scene } from "./scene";

const GAP = 16;
/** Between two steps, for the gates and the lines from them. */
const GUTTER = 72;
/** Steps stand side by side, with lines between them, up to so many, of so many clusters each. */
const MOST_STEPS = 4;
const MOST_PER_STEP = 6;
const LEAST_WIDTH = 280;

/** The clusters, in the order in which they are made. */
export function drawClusters(scene: Scene, width: number): Drawing {
  const all = orderClusters(scene.topology.clusters);
  const steps = stepsOf(all.slice(0, MOST_CLUSTERS));
  const sideBySide =
    steps.length > 1 &&
    steps.length <= MOST_STEPS &&
    all.length <= MOST_CLUSTERS &&
    steps.every((step) => step.length <= MOST_PER_STEP) &&
    (width - GUTTER * (steps.length - 1)) / steps.length >= LEAST_WIDTH;
  const order = sideBySide ? "made from left to right" : "made step by step";
  const remark =
    steps.length > 1 ? `${order}, each when those it waits for are ready` : "made at the same time";
  const heading = sectionHeading("Clusters", all.length > 1 ? remark : "", width);
  const body = sideBySide ? drawFlow(steps, scene, width) : drawSteps(steps, scene, width);
  const rest = all.slice(MOST_CLUSTERS);
  const markup = [heading.markup, place(0, heading.height, body.markup)];
  let height = heading.height + body.height;
  if (rest.length > 0) {
    const vms = rest.reduce((sum, { cluster }) => sum + cluster.vms.length, 0);
    const says = `and ${countOf(rest.length, "more cluster")} with ${countOf(vms, "VM")}`;
    markup.push(text({ text: says, font: "plain", colour: "muted" }, { x: 0, y: height + 22, width }));
    height += 28;
  }
  return { width, height, markup: markup.join("") };
}

function stepsOf(clusters: readonly OrderedCluster[]): OrderedCluster[][] {
  const steps: OrderedCluster[][] = [];
  for (const ordered of clusters) (steps[ordered.step] ??= []).push(ordered);
  return steps.filter(Boolean);
}

/** The steps as columns, with the gates and lines between them. */
function drawFlow(steps: readonly OrderedCluster[][], scene: Scene, width: number): Drawing {
  const each = (width - GUTTER * (steps.length - 1)) / steps.length;
  const columns = steps.map((step) => step.map(({ cluster }) => drawCluster(cluster, scene, each)));
  const heights = columns.map((cards) => cards.reduce((sum, { height }) => sum + height + GAP, -GAP));
  const tallest = Math.max(...heights);
  const placed: PlacedCluster[] = [];
  const markup: string[] = [];
  steps.forEach((step, column) => {
    const x = column * (each + GUTTER);
    let y = (tallest - (heights[column] ?? 0)) / 2;
    step.forEach((ordered, index) => {
      const card = columns[column]?.[index];
      if (!card) return;
      markup.push(place(x, y, card.markup));
      placed.push({ ...ordered, x, y, width: each, height: card.height });
      y += card.height + GAP;
    });
  });
  const gates = drawGates(placed, GUTTER);
  return {
    width,
    height: tallest + gates.lanesHeight,
    markup: place(0, gates.lanesHeight, markup.join("") + gates.markup),
  };
}

/** The steps one below the other, the clusters of each side by side. */
function drawSteps(steps: readonly OrderedCluster[][], scene: Scene, width: number): Drawing {
  const markup: string[] = [];
  let y = 0;
  steps.forEach((step, index) => {
    if (steps.length > 1) {
      const says = `Step ${index + 1}`;
      markup.push(text({ text: says, font: "strong", colour: "muted" }, { x: 0, y: y + 14, width }));
      y += 24;
    }
    const fitting = Math.max(1, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)));
    const columns = Math.min(fitting, Math.max(step.length, 2));
    const each = (width - GAP * (columns - 1)) / columns;
    for (let first = 0; first < step.length; first += columns) {
      const cards = step
        .slice(first, first + columns)
        .map(({ cluster }) => drawCluster(cluster, scene, each));
      cards.forEach((card, column) => {
        markup.push(place(column * (each + GAP), y, card.markup));
      });
      y += Math.max(...cards.map(({ height }) => height)) + GAP;
    }
  });
  return { width, height: y - GAP, markup: markup.join("") };
}
