import type { OrderedCluster } from "./cluster-order";
import { path, round } from "./drawing";
import type { Box } from "./drawing";
import { arrowHead, gate, GATE_RADIUS } from "./marks";

/** A cluster in its place. */
export interface PlacedCluster extends OrderedCluster, Box {}

/** Between two lines that run side by side. */
const LANE = 8;
/** Between two columns at least. */
const LEAST_GUTTER = 72;
/** Of the room between two columns, where no line turns: at the gates, and at the heads of the arrows. */
const GATE_SIDE = GATE_RADIUS + 6;
const ARROW_SIDE = 18;
/** Between two lines that end at one cluster. */
const ENTRY_GAP = 14;
/** A line that ends as near as this to the height of another gate would seem to come from there. */
const NEAR_GATE = 4;

/** How far apart columns of clusters have to be, in pixels of the picture, so that no two lines between them touch. */
export function gutterWidth(clusters: readonly OrderedCluster[]): number {
  const turns = clusters.map(({ step }) => turningBefore(step, clusters).length);
  return Math.max(LEAST_GUTTER, GATE_SIDE + ARROW_SIDE + LANE * (Math.max(...turns) + 1));
}

/**
 * The ready gate of each cluster, at its right edge, and a line from it to each cluster that waits for it. Lines turn
 * between the columns only, those from each gate at a place of their own; one that passes by a column runs above all cards.
 * @param gutter between two columns, in pixels of the picture
 * @returns `lanesHeight`: what the lines need above the cards
 */
export function drawGates(
  clusters: readonly PlacedCluster[],
  gutter: number,
): { markup: string; lanesHeight: number } {
  const markup: string[] = [];
  const places = new Map(clusters.map((cluster) => [cluster.step, turnsBefore(cluster, clusters, gutter)]));
  const turnOf = (source: PlacedCluster, step: number) => places.get(step)?.get(source) ?? 0;
  const lanes = new Map<PlacedCluster, number>();
  for (const target of clusters) {
    for (const { source, y } of entriesOf(target, clusters, (each) => turnOf(each, target.step))) {
      const gateY = round(middleOf(source));
      let data = `M${round(source.x + source.width + GATE_RADIUS)} ${gateY}H${turnOf(source, source.step + 1)}`;
      if (passesBy(source, target.step)) {
        const lane = lanes.get(source) ?? -LANE * (lanes.size + 1);
        lanes.set(source, lane);
        data += `V${lane}H${turnOf(source, target.step)}`;
      }
      markup.push(path(`${data}V${round(y)}H${round(target.x - 3)}`, "line wait"), arrowHead(target.x, y));
    }
  }
  for (const { x, y, width, height } of clusters) markup.push(gate(x + width, y + height / 2));
  return { markup: markup.join(""), lanesHeight: lanes.size > 0 ? lanes.size * LANE + 8 : 0 };
}

/** The clusters whose lines turn in front of the column of a step: from the column before it, then from further away. */
function turningBefore<T extends OrderedCluster>(step: number, clusters: readonly T[]): T[] {
  const waitedFor = (after: readonly T[]) => new Set(after.flatMap((cluster) => cluster.after));
  const [byAny, here] = [waitedFor(clusters), waitedFor(clusters.filter((each) => each.step === step))];
  return [
    ...clusters.filter((each) => each.step === step - 1 && byAny.has(each.cluster.name)),
    ...clusters.filter((each) => passesBy(each, step) && here.has(each.cluster.name)),
  ];
}

/** Whether a line from a cluster to one of a step passes by columns. */
function passesBy(source: OrderedCluster, step: number): boolean {
  return source.step < step - 1;
}

/** Where the lines turn in front of a cluster's column; of those that come from above the deepest at the left, so that none crosses another. */
function turnsBefore(
  { step, x }: PlacedCluster,
  clusters: readonly PlacedCluster[],
  gutter: number,
): Map<PlacedCluster, number> {
  const depth = ({ cluster }: PlacedCluster) =>
    Math.max(
      ...clusters
        .filter((each) => each.step === step && each.after.includes(cluster.name))
        .map((each) => each.y),
    );
  const turning = turningBefore(step, clusters);
  const ordered = [
    ...turning.filter((each) => !passesBy(each, step)),
    ...turning.filter((each) => passesBy(each, step)).sort((a, b) => depth(b) - depth(a)),
  ];
  const apart = (gutter - GATE_SIDE - ARROW_SIDE) / (ordered.length + 1);
  const left = x - gutter + GATE_SIDE;
  return new Map(ordered.map((each, index) => [each, round(left + (index + 1) * apart)]));
}

/** The clusters that one waits for, and where the line from each ends at its left edge: apart from one another. */
function entriesOf(
  target: PlacedCluster,
  clusters: readonly PlacedCluster[],
  turnOf: (source: PlacedCluster) => number,
): { source: PlacedCluster; y: number }[] {
  const sources = clusters.filter(({ cluster }) => target.after.includes(cluster.name));
  const ordered = [
    ...sources.filter((each) => passesBy(each, target.step)).sort((a, b) => turnOf(b) - turnOf(a)),
    ...sources.filter((each) => !passesBy(each, target.step)),
  ];
  const apart = Math.min(ENTRY_GAP, (target.height - 20) / ordered.length);
  const entries = ordered.map((source, index) => ({
    source,
    y: middleOf(target) + (index - (ordered.length - 1) / 2) * apart,
  }));
  const gates = clusters.filter(({ step }) => step === target.step - 1);
  const isClear = (shift: number) =>
    entries.every(({ source, y }) =>
      gates.every((each) => each === source || Math.abs(middleOf(each) - y - shift) >= NEAR_GATE),
    );
  const shift = [0, 5, -5, 10, -10].find(isClear) ?? 0;
  return entries.map(({ source, y }) => ({ source, y: y + shift }));
}

function middleOf({ y, height }: Box): number {
  return y + height / 2;
}
