import { escapeMarkup } from "./escape";
import { fitText, textWidth } from "./fonts";
import type { FontName } from "./fonts";

/** A finished piece of the picture, drawn from its own upper left corner. Lengths are pixels of the picture. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** SVG elements. */
  readonly markup: string;
}

/** A rectangle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A piece of text in one font and colour. */
export interface Run {
  readonly text: string;
  readonly font: FontName;
  /** Class of the colour. @default "ink" */
  readonly colour?: "ink" | "muted" | "warning" | "on";
  /** More than this it never gets. @default - what those before it leave of the line */
  readonly width?: number;
}

/** Where a text goes. */
export interface TextPlace {
  readonly x: number;
  /** Of its baseline. */
  readonly y: number;
  /** More than this it never gets: what is too long is shortened, and is whole in its tooltip. */
  readonly width: number;
  /** What of it is at `x`. @default - its beginning */
  readonly anchor?: "middle" | "end";
}

/** Moves drawings to where they belong. */
export function place(x: number, y: number, markup: string): string {
  return `<g transform="translate(${round(x)} ${round(y)})">${markup}</g>\n`;
}

/** A rectangle of a class, with rounded corners. */
export function rectangle({ x, y, width, height }: Box, className: string, radius = 0): string {
  const corners = radius > 0 ? ` rx="${round(radius)}"` : "";
  return `<rect class="${className}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"${corners}/>`;
}

/** A path of a class. */
export function path(data: string, className: string): string {
  return `<path class="${className}" d="${data}"/>`;
}

/** Text in one or more runs on one line. */
export function text(runs: Run | readonly Run[], where: TextPlace): string {
  const wanted: readonly Run[] = isRuns(runs) ? runs : [runs];
  const shown: Run[] = [];
  let left = where.width;
  for (const run of wanted) {
    const fitted = fitText(run.text, run.font, Math.min(left, run.width ?? left));
    if (fitted !== "") shown.push({ ...run, text: fitted });
    left -= textWidth(fitted, run.font);
    if (fitted !== run.text && run.width === undefined) break;
  }
  const [first, ...rest] = shown;
  if (!first) return "";
  const whole = wanted.map((run) => run.text).join("");
  const tooltip =
    shown.map((run) => run.text).join("") === whole ? "" : `<title>${escapeMarkup(whole)}</title>`;
  const spans = rest.map(
    (run) => `<tspan class="${classes(run)}" xml:space="preserve">${escapeMarkup(run.text)}</tspan>`,
  );
  const anchor = where.anchor ? ` text-anchor="${where.anchor}"` : "";
  return `<text class="${classes(first)}" x="${round(where.x)}" y="${round(where.y)}"${anchor}>${tooltip}${escapeMarkup(first.text)}${spans.join("")}</text>`;
}

/** How wide runs get at most. */
export function runsWidth(runs: readonly Run[]): number {
  return runs.reduce((sum, run) => sum + textWidth(run.text, run.font), 0);
}

/** A coordinate with at most one decimal: short, and the same on every machine. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function isRuns(runs: Run | readonly Run[]): runs is readonly Run[] {
  return Array.isArray(runs);
}

function classes({ font, colour = "ink" }: Run): string {
  return `${font} ${colour}`;
}
