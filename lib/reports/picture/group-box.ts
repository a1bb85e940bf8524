import { countOf } from "../units";
import { place, rectangle, runsWidth, text } from "./drawing";
import type { Drawing, Run } from "./drawing";
import { textWidth } from "./fonts";
import { badge, clusterColour, clusterTint } from "./marks";
import type { Group, Scene } from "./scene";
import { drawAcross, drawDown } from "./tile-grid";
import { sizesOf } from "./vm-figures";
import { cardHeight, cardWidth, drawCard, drawRow, rowHeight, rowWidth } from "./vm-tile";

const PADDING = 12;
/** Between two boxes, and between two cards. */
export const GROUP_GAP = 10;
const ROW_GAP = 22;
/** Height of a group of which only the number of VMs is drawn. */
const COUNT_LINE = 24;
/** A column of rows gets no shorter than this before the rows are folded into one more. */
const ROWS_PER_COLUMN = 8;

/** How wide a box of one column must be at least so that its VMs are as wide as they want to be. */
export function leastGroupWidth(scene: Scene): number {
  const tile = scene.detail === "cards" ? cardWidth(scene) : scene.detail === "rows" ? rowWidth(scene) : 290;
  return tile + 2 * PADDING;
}

/** Boxes of groups side by side, each as many columns wide as it has VMs for. */
export function drawGroups(groups: readonly Group[], scene: Scene, width: number): Drawing {
  const least = leastGroupWidth(scene);
  const columns = Math.max(1, Math.floor((width + GROUP_GAP) / (least + GROUP_GAP)));
  const unit = (width - GROUP_GAP * (columns - 1)) / columns;
  const markup: string[] = [];
  let y = 0;
  for (const row of inRows(groups, scene, columns)) {
    let x = 0;
    const boxes = row.map(({ group, span }) => {
      const each = span * unit + (span - 1) * GROUP_GAP;
      const box = { group, x, each, content: drawContent(group, scene, span, each - 2 * PADDING) };
      x += each + GROUP_GAP;
      return box;
    });
    const height = 36 + PADDING + Math.max(...boxes.map(({ content }) => content.height));
    for (const box of boxes)
      markup.push(
        place(box.x, y, frame(box.group, scene, box.each, height) + place(PADDING, 36, box.content.markup)),
      );
    y += height + GROUP_GAP;
  }
  return { width, height: Math.max(0, y - GROUP_GAP), markup: markup.join("") };
}

interface Spanned {
  readonly group: Group;
  /** In columns. */
  readonly span: number;
}

/** The groups in rows of so many columns, in their order. */
function inRows(groups: readonly Group[], scene: Scene, columns: number): Spanned[][] {
  const rows: Spanned[][] = [];
  let left = 0;
  for (const group of groups) {
    const wanted = {
      cards: group.vms.length,
      rows: Math.ceil(group.vms.length / ROWS_PER_COLUMN),
      counts: 1,
    };
    const span = Math.min(columns, wanted[scene.detail]);
    const row = rows.at(-1);
    if (row && span <= left) {
      row.push({ group, span });
      left -= span;
    } else {
      rows.push([{ group, span }]);
      left = columns - span;
    }
  }
  return rows;
}

/** Groups with no more than how many VMs they have, a line each. */
export function drawCounts(groups: readonly Group[], scene: Scene, width: number): Drawing {
  const columns = Math.max(1, Math.floor((width + ROW_GAP) / (leastGroupWidth(scene) + ROW_GAP)));
  const each = (width - ROW_GAP * (columns - 1)) / columns;
  const perColumn = Math.ceil(groups.length / columns);
  const markup = groups.map((group, index) =>
    place(
      Math.floor(index / perColumn) * (each + ROW_GAP),
      (index % perColumn) * COUNT_LINE,
      heading(group, scene, each),
    ),
  );
  return { width, height: perColumn * COUNT_LINE, markup: markup.join("") };
}

/** The box itself, with whose VMs are in it. */
function frame(group: Group, scene: Scene, width: number, height: number): string {
  const number = scene.numbers.get(group.cluster.name) ?? 1;
  return [
    rectangle({ x: 0, y: 0, width, height }, clusterTint(number), 6),
    rectangle({ x: 0, y: 0, width: 4, height }, clusterColour(number), 2),
    place(PADDING, 9, heading(group, scene, width - 2 * PADDING)),
  ].join("");
}

/** Whose VMs, and how many. */
function heading({ cluster, pool, vms }: Group, scene: Scene, width: number): string {
  const sign = badge(scene.numbers.get(cluster.name) ?? 1);
  const count = countOf(vms.length, pool.role);
  const countWidth = textWidth(count, "plain");
  const room = width - sign.width - 8 - countWidth - 10;
  const named: Run[] =
    pool.name === undefined ? [] : [{ text: ` / ${pool.name}`, font: "plain", colour: "muted" }];
  // The number tells the cluster too, the pool is told by its name alone.
  const clusterWidth = Math.max(room - runsWidth(named), room * 0.4);
  return [
    sign.markup,
    text([{ text: cluster.name, font: "strong", width: clusterWidth }, ...named], {
      x: sign.width + 8,
      y: 13,
      width: room,
    }),
    text(
      { text: count, font: "plain", colour: "muted" },
      { x: width, y: 13, width: countWidth, anchor: "end" },
    ),
  ].join("");
}

function drawContent({ vms }: Group, scene: Scene, columns: number, width: number): Drawing {
  if (scene.detail === "cards")
    return drawAcross(vms, {
      width,
      columns,
      columnGap: GROUP_GAP,
      rowGap: GROUP_GAP,
      heightOf: cardHeight,
      draw: (vm, each, height) => drawCard(vm, scene, each, height),
    });
  const sizes = text({ text: sizesOf(vms), font: "small", colour: "muted" }, { x: 0, y: 8, width });
  const rows = drawDown(vms, {
    width,
    columns,
    columnGap: ROW_GAP,
    rowGap: 0,
    heightOf: rowHeight,
    draw: (vm, each, height) => drawRow(vm, scene, each, height),
  });
  return { width, height: rows.height + 18, markup: sizes + place(0, 18, rows.markup) };
}
