import { countOf, formatDisk } from "../units";
import { place } from "./drawing";
import type { Drawing } from "./drawing";
import { sectionHeading } from "./marks";
import { drawMeters } from "./meter";
import type { Meter } from "./meter";
import { MOST_STORAGES } from "./scene";
import type { Scene } from "./scene";

/** What is taken of the storages that all hosts share; nothing where there is none: local ones are drawn with their hosts. */
export function drawStorages(scene: Scene, width: number): Drawing | undefined {
  const shared = scene.storageUsages.get("") ?? [];
  if (shared.length === 0) return undefined;
  const meters = shared
    .slice(0, MOST_STORAGES)
    .map(({ storage, sizeGiB }): Meter => ({ label: storage, usage: sizeGiB, format: formatDisk }));
  const rest = shared.length - meters.length;
  const remark = rest > 0 ? `and ${countOf(rest, "more storage")}` : countOf(shared.length, "storage");
  const heading = sectionHeading("Shared storage", remark, width);
  const drawing = drawMeters(meters, width);
  return {
    width,
    height: heading.height + drawing.height - 6,
    markup: heading.markup + place(0, heading.height, drawing.markup),
  };
}
