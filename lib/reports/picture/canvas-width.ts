import { isFlow } from "./cluster-flow";
import { orderClusters, stepsOf } from "./cluster-order";
import { hostColumns } from "./hosts";
import { MOST_HOSTS } from "./scene";
import type { Scene } from "./scene";

/** Widths of a picture, the first being what a page of a wiki shows without making it smaller. */
const WIDTHS = [960, 1280, 1600] as const;

/**
 * The least width at which hosts stand in full rows and at most two deep, or the widest; and at which the steps in which
 * clusters are made have room side by side.
 * @param margin left and right of what is drawn
 */
export function canvasWidth(scene: Scene, margin: number): number {
  const hosts = Math.min(scene.topology.nodes.length, MOST_HOSTS);
  const steps = stepsOf(orderClusters(scene.topology.clusters));
  const sideBySide = isFlow(steps) ? steps.length : 1;
  const forSteps = sideBySide <= 2 ? WIDTHS[0] : sideBySide === 3 ? WIDTHS[1] : WIDTHS[2];
  const fits = (width: number) => {
    const columns = hostColumns(scene, width - 2 * margin);
    return hosts % columns === 0 && hosts / columns <= 2;
  };
  const roomy = scene.detail === "cards" ? WIDTHS[0] : WIDTHS[1];
  const forHosts = WIDTHS.find((width) => width >= roomy && fits(width)) ?? WIDTHS[2];
  return Math.max(forHosts, forSteps);
}
