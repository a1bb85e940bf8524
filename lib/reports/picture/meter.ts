import { shareGiven } from "../capacity";
import type { Usage } from "../capacity";
import { path, place, rectangle, round, runsWidth, text } from "./drawing";
import type { Box, Drawing, Run } from "./drawing";
import { usageText } from "./figures";

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
const COLUMN_GAP = 20;
const LABEL_GAP = 10;
const LEAST_WIDTH = 220;
/** Share in hundredths from which a meter is nearly full. */
const NEARLY_FULL = 90;

/** Meters side by side, in as many columns as fit with all they say. */
export function drawMeters(meters: readonly Meter[], width: number): Drawing {
  const widths = columnWidths(meters.map(wantedWidth), width);
  const bars = meters.some(isLimited);
  const markup: string[] = [];
  let y = 0;
  for (let first = 0; first < meters.length; first += widths.length) {
    const row = meters.slice(first, first + widths.length);
    let x = 0;
    row.forEach((meter, column) => {
      const each = widths[column] ?? 0;
      markup.push(place(x, y, bars ? drawMeter(meter, each) : drawFigure(meter, each)));
      x += each + COLUMN_GAP;
    });
    y += row.some(isLimited) ? HEIGHT : PLAIN_HEIGHT;
  }
  return { width, height: y, markup: markup.join("") };
}

/** Columns of one width; where that is too narrow for one of them, each gets what it needs, and a part of what is left. */
function columnWidths(wanted: readonly number[], width: number): number[] {
  const most = Math.floor((width + COLUMN_GAP) / (LEAST_WIDTH + COLUMN_GAP));
  for (let columns = Math.min(wanted.length, most); columns > 1; columns--) {
    const room = width - COLUMN_GAP * (columns - 1);
    const needed = Array.from({ length: columns }, (_, column) =>
      Math.max(...wanted.filter((__, index) => index % columns === column)),
    );
    if (Math.max(...needed) <= room / columns) return needed.map(() => room / columns);
    const left = room - needed.reduce((sum, each) => sum + each, 0);
    if (left >= 0) return needed.map((each) => each + left / columns);
  }
  return [width];
}

function wantedWidth({ label, usage, format }: Meter): number {
  const { figure, percentage } = figuresOf(usage, format);
  return runsWidth([{ text: label, font: "strong" }]) + LABEL_GAP + runsWidth([figure, percentage]);
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
  const { figure, percentage } = figuresOf(usage, format);
  const percentageWidth = runsWidth([percentage]);
  const figureWidth = Math.min(runsWidth([figure]), width * 0.75 - percentageWidth);
  const right = width - percentageWidth;
  const share = shareGiven(usage);
  return [
    text({ text: label, font: "strong" }, { x: 0, y: 12, width: right - figureWidth - LABEL_GAP }),
    text(figure, { x: right, y: 12, width: figureWidth, anchor: "end" }),
    text(percentage, { x: width, y: 12, width: percentageWidth, anchor: "end" }),
    share === undefined ? "" : bar(share, usage.overcommit, width),
  ].join("");
}

/** What is given, and its share of what may be. */
function figuresOf(usage: Usage, format: (value: number) => string): { figure: Run; percentage: Run } {
  const share = shareGiven(usage);
  const percent = Math.round((share ?? 0) * 100);
  const full = percent >= NEARLY_FULL;
  return {
    figure: { text: usageText(usage, format), font: "plain", colour: "muted" },
    percentage: {
      text: share === undefined ? "" : ` · ${percent} %`,
      font: full ? "strong" : "plain",
      colour: full ? "warning" : "ink",
    },
  };
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
