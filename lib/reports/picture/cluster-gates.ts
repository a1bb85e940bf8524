import type { OrderedCluster } from "./cluster-order";
import { path, round } from "./drawing";
import type { Box } from "./drawing";
import { arrowHead, gate, GATE_RADIUS } from "./marks";

/** A cluster in its place. */
export interface PlacedCluster extends OrderedCluster, Box {}

/** Between two lines that run side by side. */
const LANE = 8;

/**
 * The ready gate of each cluster, at its right edge, and a line from it to each cluster that waits for it. Lines bend
 * between the columns only; one that passes by a column runs above all cards.
 * @param gutter between two columns, in pixels of the picture
 * @returns `lanesHeight`: what the lines need above the cards
 */
export function drawGates(
  clusters: readonly PlacedCluster[],
  gutter: number,
): { markup: string; lanesHeight: number } {
  const markup: string[] = [];
  const entries = entryPoints(clusters);
  let lanes = 0;
  const waitedFor = clusters.filter(({ cluster }) => entries.has(cluster.name));
  for (const source of waitedFor) {
    const peers = waitedFor.filter(({ step }) => step === source.step);
    const track = trackOf(source, peers, gutter);
    const from = { x: source.x + source.width + GATE_RADIUS, y: source.y + source.height / 2 };
    for (const { target, y } of entries.get(source.cluster.name) ?? []) {
      if (target.step === source.step + 1) {
        markup.push(
          path(`M${round(from.x)} ${round(from.y)}H${track}V${round(y)}H${round(target.x - 3)}`, "line wait"),
        );
      } else {
        lanes++;
        const last = round(target.x - gutter / 2 + ((lanes % 3) - 1) * LANE);
        const data = `M${round(from.x)} ${round(from.y)}H${track}V${-lanes * LANE}H${last}V${round(y)}H${round(target.x - 3)}`;
        markup.push(path(data, "line wait"));
      }
      markup.push(arrowHead(target.x, y));
    }
  }
  for (const { x, y, width, height } of clusters) markup.push(gate(x + width, y + height / 2));
  return { markup: markup.join(""), lanesHeight: lanes > 0 ? lanes * LANE + 8 : 0 };
}

/** Where the lines from each cluster end: at the left edge of those that wait for it, apart from one another. */
function entryPoints(
  clusters: readonly PlacedCluster[],
): Map<string, { target: PlacedCluster; y: number }[]> {
  const points = new Map<string, { target: PlacedCluster; y: number }[]>();
  for (const target of clusters) {
    target.after.forEach((name, index) => {
      const apart = Math.min(14, (target.height - 20) / target.after.length);
      const y = target.y + target.height / 2 + (index - (target.after.length - 1) / 2) * apart;
      points.set(name, [...(points.get(name) ?? []), { target, y }]);
    });
  }
  return points;
}

/** Where the lines from a gate turn up or down: each gate of a column at a place of its own. */
function trackOf(source: PlacedCluster, peers: readonly PlacedCluster[], gutter: number): number {
  const room = gutter - GATE_RADIUS - 24;
  const share = (peers.indexOf(source) + 1) / (peers.length + 1);
  return round(source.x + source.width + GATE_RADIUS + 6 + room * share);
}
