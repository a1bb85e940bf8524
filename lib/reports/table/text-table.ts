/** A column of a text table. */
export interface Column {
  readonly title: string;
  /** @default "left" */
  readonly align?: "left" | "right";
}

/** A row: a cell to a column. A cell of several lines makes the row as high. */
export type Row = readonly (string | readonly string[])[];

const GAP = "  ";
const INDENT = "  ";

/** How wide each column has to be for the rows and its own title. */
export function columnWidths(columns: readonly Column[], rows: readonly Row[]): number[] {
  const widths = columns.map(({ title }) => title.length);
  for (const row of rows) {
    row.forEach((cell, index) => {
      for (const line of linesOf(cell)) widths[index] = Math.max(widths[index] ?? 0, line.length);
    });
  }
  return widths;
}

/**
 * The lines of a table, titles first, indented.
 * @param widths those of several tables that are to stand in line; of this one where left out
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly Row[],
  widths: readonly number[] = columnWidths(columns, rows),
): string[] {
  const line = (cells: readonly string[]): string =>
    INDENT +
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.align === "right" ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(GAP)
      .trimEnd();
  const body = rows.flatMap((row) => {
    const height = Math.max(...row.map((cell) => linesOf(cell).length));
    return Array.from({ length: height }, (_, index) => line(row.map((cell) => linesOf(cell)[index] ?? "")));
  });
  return [line(columns.map(({ title }) => title)), ...body];
}

function linesOf(cell: string | readonly string[]): readonly string[] {
  return typeof cell === "string" ? [cell] : cell;
}
