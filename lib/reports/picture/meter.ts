import type { Usage } from "../capacity";
import { path, place, rectangle, round, runsWidth, text } from "./drawing";
import type { Box, Drawing, Run } from "./drawing";
import { ofDeclared } from "./figures";

/** What is taken of something, with a bar where it is known how much there is. */
export interface Meter {
  readonly label: string;
  readonly usage: Usage;
  /** A value with its unit. */
  readonly format: (value: number) => string;
}

const HEIGHT = 34;
const PLAIN_HEIGHT = 20;
const BAR_TOP = 20;
const BAR_HEIGHT = 7;
const COLUMN_GAP = 28;
const LEAST_WIDTH = 220;
/** Share in hundredths from which a meter is nearly full. */
const NEARLY_FULL = 90;

/** Meters side by side, in as many columns as fit. */
export function drawMeters(meters: readonly Meter[], width: number): Drawing {
  const fitting = Math.floor((width + COLUMN_GAP) / (LEAST_WIDTH + COLUMN_GAP));
  const columns = Math.max(1, Math.min(meters.length, fitting));
  const each = (width - COLUMN_GAP * (columns - 1)) / columns;
  const bars = meters.some(isLimited);
  const markup: string[] = [];
  let y = 0;
  for (let first = 0; first < meters.length; first += columns) {
    const row = meters.slice(first, first + columns);
    row.forEach((meter, column) => {
      const drawn = bars ? drawMeter(meter, each) : drawFigure(meter, each);
      markup.push(place(column * (each + COLUMN_GAP), y, drawn));
    });
    y += row.some(isLimited) ? HEIGHT : PLAIN_HEIGHT;
  }
  return { width, height: y, markup: markup.join("") };
}

function isLimited({ usage }: Meter): boolean {
  return usage.declared !== undefined;
}

/** Where no capacity is known of anything: the figure beside its label. */
function drawFigure({ label, usage, format }: Meter, width: number): string {
  const figure: Run = { text: format(usage.given), font: "plain", colour: "muted" };
  const labelWidth = width - runsWidth([figure]) - 8;
  return (
    text({ text: label, font: "strong" }, { x: 0, y: 12, width: labelWidth }) +
    text(figure, { x: Math.min(runsWidth([{ text: label, font: "strong" }]), labelWidth) + 8, y: 12, width })
  );
}

function drawMeter({ label, usage, format }: Meter, width: number): string {
  const { given, declared, overcommit } = usage;
  const limit = declared === undefined ? undefined : declared * overcommit;
  const share = limit ? given / limit : 0;
  const percent = Math.round(share * 100);
  const times = overcommit === 1 ? "" : ` × ${overcommit}`;
  const figure: Run = {
    text: `${ofDeclared(given, declared, format)}${times}`,
    font: "plain",
    colour: "muted",
  };
  const percentage: Run = {
    text: limit ? ` · ${percent} %` : "",
    font: percent >= NEARLY_FULL ? "strong" : "plain",
    colour: percent >= NEARLY_FULL ? "warning" : "ink",
  };
  const percentageWidth = runsWidth([percentage]);
  const figureWidth = Math.min(runsWidth([figure]), width * 0.75 - percentageWidth);
  const right = width - percentageWidth;
  return [
    text({ text: label, font: "strong" }, { x: 0, y: 12, width: right - figureWidth - 10 }),
    text(figure, { x: right, y: 12, width: figureWidth, anchor: "end" }),
    text(percentage, { x: width, y: 12, width: percentageWidth, anchor: "end" }),
    limit ? bar(share, overcommit, width) : "",
  ].join("");
}

function bar(share: number, overcommit: number, width: number): string {
  const box: Box = { x: 0, y: BAR_TOP, width, height: BAR_HEIGHT };
  const colour = share * 100 >= NEARLY_FULL ? "warning" : "mark";
  const filled = Math.max(Math.min(share, 1) * width, BAR_HEIGHT);
  // The notch is where what is declared ends and over-commit begins.
  const notch = path(`M${round(width / overcommit)} ${BAR_TOP - 3}v${BAR_HEIGHT + 6}`, "notch");
  return [
    rectangle(box, "track", BAR_HEIGHT / 2),
    share > 0 ? rectangle({ ...box, width: filled }, colour, BAR_HEIGHT / 2) : "",
    overcommit > 1 ? notch : "",
  ].join("");
}
