import type { Topology } from "../../topology";
import { canvasWidth } from "./canvas-width";
import { drawClusters } from "./clusters";
import { describePicture } from "./description";
import { place, rectangle, round } from "./drawing";
import type { Drawing } from "./drawing";
import { escapeMarkup } from "./escape";
import { drawHeader, pictureTitle } from "./header";
import { drawHosts } from "./hosts";
import { drawLegend } from "./legend";
import { drawNetworks } from "./networks";
import { pictureStyle, ROOT_CLASS } from "./palette";
import { createScene } from "./scene";
import { drawStorages } from "./storages";

const MARGIN = 28;
const GAP = 32;

/**
 * A picture of a topology as an SVG document: clusters and the order in which they are made, Proxmox hosts with their
 * VMs and what is taken of them, networks with who is in them.
 *
 * It needs nothing from outside, follows the light or dark theme of where it is shown, and is the same text for the same
 * topology. Up to 24 VMs have cards, up to 300 a row each, more are counted by pool and host: its size is bounded.
 */
export function renderSvg(topology: Topology): string {
  const scene = createScene(topology);
  const width = canvasWidth(scene, MARGIN);
  const inner = width - 2 * MARGIN;
  const clusters = drawClusters(scene, inner);
  const parts = [
    drawHeader(scene, inner),
    clusters,
    drawHosts(scene, inner),
    drawStorages(scene, inner),
    drawNetworks(scene, inner),
    drawLegend(scene, inner, clusters.gates),
  ].filter((part): part is Drawing => part !== undefined && part.height > 0);
  let y = MARGIN;
  const markup = parts.map((part) => {
    const placed = place(MARGIN, y, part.markup);
    y = Math.ceil(y + part.height + GAP);
    return placed;
  });
  const height = round(y - GAP + MARGIN);
  return `<svg xmlns="http://www.w3.org/2000/svg" class="${ROOT_CLASS}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="topology-title topology-description">
<title id="topology-title">${escapeMarkup(pictureTitle(scene))}</title>
<desc id="topology-description">${escapeMarkup(describePicture(scene))}</desc>
<style>
${pictureStyle()}
</style>
${rectangle({ x: 0, y: 0, width, height }, "page", 12)}
${markup.join("")}</svg>
`;
}
