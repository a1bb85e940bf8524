import type { Vm } from "../../topology";
import { place } from "./drawing";
import type { Drawing } from "./drawing";

/** How VMs are drawn in columns. */
export interface Tiles {
  readonly width: number;
  readonly columns: number;
  /** Between columns. */
  readonly columnGap: number;
  /** Between rows. */
  readonly rowGap: number;
  /** Of a row of VMs, side by side. */
  readonly heightOf: (row: readonly Vm[]) => number;
  readonly draw: (vm: Vm, width: number, height: number) => Drawing;
}

/** VMs from left to right, row by row; those of a row have one height. */
export function drawAcross(vms: readonly Vm[], tiles: Tiles): Drawing {
  const each = columnWidth(tiles);
  const markup: string[] = [];
  let y = 0;
  for (let first = 0; first < vms.length; first += tiles.columns) {
    const row = vms.slice(first, first + tiles.columns);
    const height = tiles.heightOf(row);
    row.forEach((vm, column) => {
      markup.push(place(column * (each + tiles.columnGap), y, tiles.draw(vm, each, height).markup));
    });
    y += height + tiles.rowGap;
  }
  return { width: tiles.width, height: y - tiles.rowGap, markup: markup.join("") };
}

/** VMs from top to bottom, column by column, as in a list that is folded. */
export function drawDown(vms: readonly Vm[], tiles: Tiles): Drawing {
  const each = columnWidth(tiles);
  const perColumn = Math.ceil(vms.length / tiles.columns);
  const markup: string[] = [];
  let tallest = 0;
  for (let column = 0; column < tiles.columns; column++) {
    let y = 0;
    for (const vm of vms.slice(column * perColumn, (column + 1) * perColumn)) {
      const height = tiles.heightOf([vm]);
      markup.push(place(column * (each + tiles.columnGap), y, tiles.draw(vm, each, height).markup));
      y += height + tiles.rowGap;
    }
    tallest = Math.max(tallest, y - tiles.rowGap);
  }
  return { width: tiles.width, height: tallest, markup: markup.join("") };
}

function columnWidth({ width, columns, columnGap }: Tiles): number {
  return (width - columnGap * (columns - 1)) / columns;
}
