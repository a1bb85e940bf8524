import { drawCluster } from "./cluster-card";
import { drawGates, gutterWidth } from "./cluster-gates";
import type { PlacedCluster } from "./cluster-gates";
import type { OrderedCluster } from "./cluster-order";
import { place } from "./drawing";
import type { Drawing } from "./drawing";
import type { Scene } from "./scene";

/** Steps stand side by side up to so many, of so many clusters each. */
const MOST_STEPS = 4;
const MOST_PER_STEP = 6;
/** Between two clusters of a step. */
const GAP = 16;
/** Of a cluster. */
export const LEAST_WIDTH = 280;

/** Whether the steps in which clusters are made have room side by side, with gates and lines between them. */
export function isFlow(steps: readonly (readonly OrderedCluster[])[]): boolean {
  return (
    steps.length > 1 && steps.length <= MOST_STEPS && steps.every(({ length }) => length <= MOST_PER_STEP)
  );
}

/** The steps as columns, with the gates and lines between them. */
export function drawFlow(
  steps: readonly (readonly OrderedCluster[])[],
  scene: Scene,
  width: number,
): Drawing {
  const most = (width - LEAST_WIDTH * steps.length) / (steps.length - 1);
  const gutter = Math.min(gutterWidth(steps.flat()), most);
  const each = (width - gutter * (steps.length - 1)) / steps.length;
  const columns = steps.map((step) => step.map(({ cluster }) => drawCluster(cluster, scene, each)));
  const heights = columns.map((cards) => cards.reduce((sum, { height }) => sum + height + GAP, -GAP));
  const tallest = Math.max(...heights);
  const placed: PlacedCluster[] = [];
  const markup: string[] = [];
  steps.forEach((step, column) => {
    const x = column * (each + gutter);
    let y = (tallest - (heights[column] ?? 0)) / 2;
    step.forEach((ordered, index) => {
      const card = columns[column]?.[index];
      if (!card) return;
      markup.push(place(x, y, card.markup));
      placed.push({ ...ordered, x, y, width: each, height: card.height });
      y += card.height + GAP;
    });
  });
  const gates = drawGates(placed, gutter);
  return {
    width,
    height: tallest + gates.lanesHeight,
    markup: place(0, gates.lanesHeight, markup.join("") + gates.markup),
  };
}
