import type { MemberRole } from "../../topology";
import { path, rectangle, round, text } from "./drawing";
import type { Drawing } from "./drawing";
import { textWidth } from "./fonts";
import { CLUSTER_COLOURS } from "./palette";

/** The signs of the picture. What a colour says, a number or a shape says too. */

/** Class of a cluster's colour, by its number from 1. */
export function clusterColour(number: number): string {
  return `c${(number - 1) % CLUSTER_COLOURS}`;
}

/** Class of the tint of a cluster's colour, by its number from 1. */
export function clusterTint(number: number): string {
  return `t${(number - 1) % CLUSTER_COLOURS}`;
}

/** A cluster's number on its colour. */
export function badge(number: number): Drawing {
  const label = String(number);
  const width = Math.max(18, Math.ceil(textWidth(label, "strong")) + 8);
  const markup =
    rectangle({ x: 0, y: 0, width, height: 18 }, clusterColour(number), 4) +
    text({ text: label, font: "strong", colour: "on" }, { x: width / 2, y: 13.3, width, anchor: "middle" });
  return { width, height: 18, markup };
}

/** Width and height of the sign of a role. */
export const ROLE_SIZE = 9;

/** A square for a server, a disc for an agent, in a class's colour. */
export function roleMark(role: MemberRole, x: number, y: number, className: string): string {
  if (role === "server") return rectangle({ x, y, width: ROLE_SIZE, height: ROLE_SIZE }, className, 1.5);
  const half = ROLE_SIZE / 2;
  return `<circle class="${className}" cx="${round(x + half)}" cy="${round(y + half)}" r="${half}"/>`;
}

/** Half the width of a gate. */
export const GATE_RADIUS = 8;

/** The diamond of a ready gate, around its middle. */
export function gate(x: number, y: number): string {
  const r = GATE_RADIUS;
  return path(`M${round(x - r)} ${round(y)}l${r}-${r} ${r} ${r}-${r} ${r}z`, "gate");
}

/** A gate and the arrow from it. */
export function gateSign(): Drawing {
  return { width: 44, height: 16, markup: path("M10 8h26", "line") + gate(8, 8) + arrowHead(44, 8) };
}

/** The head of an arrow that points to the right and ends at a point. */
export function arrowHead(x: number, y: number): string {
  return path(`M${round(x)} ${round(y)}l-8-4.5v9z`, "mark");
}

/** A machine, for a Proxmox host: 16 wide, 16 high. */
export function hostMark(): string {
  const unit = (y: number) =>
    path(
      `M2.5 ${y}h11a1.5 1.5 0 0 1 1.5 1.5v3a1.5 1.5 0 0 1-1.5 1.5h-11a1.5 1.5 0 0 1-1.5-1.5v-3a1.5 1.5 0 0 1 1.5-1.5z`,
      "line",
    );
  const light = (y: number) => `<circle class="mark" cx="4.5" cy="${y}" r="1.2"/>`;
  return unit(1.5) + light(4.5) + unit(8.5) + light(11.5);
}

/** The heading of a part of the picture, with a remark at its right. */
export function sectionHeading(title: string, remark: string, width: number): Drawing {
  const markup =
    text({ text: title, font: "heading" }, { x: 0, y: 16, width: width * 0.55 }) +
    text(
      { text: remark, font: "plain", colour: "muted" },
      { x: width, y: 16, width: width * 0.44, anchor: "end" },
    );
  return { width, height: 30, markup };
}
