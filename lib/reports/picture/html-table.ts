import { escapeMarkup } from "./escape";

/** One column of a table. */
export interface Column<T> {
  readonly title: string;
  /** The content of its cell, as markup. */
  readonly cell: (row: T) => string;
  /** Whether it holds numbers, which stand at the right. @default false */
  readonly number?: boolean;
}

/** A table with a heading that can be linked to; nothing where it has no rows. */
export function htmlTable<T>(
  heading: { readonly id: string; readonly title: string; readonly before?: string },
  columns: readonly Column<T>[],
  rows: readonly T[],
): string {
  if (rows.length === 0) return "";
  const classOf = ({ number }: Column<T>) => (number ? ' class="n"' : "");
  const head = columns.map(
    (column) => `<th scope="col"${classOf(column)}>${escapeMarkup(column.title)}</th>`,
  );
  const body = rows.map(
    (row) => `<tr>${columns.map((column) => `<td${classOf(column)}>${column.cell(row)}</td>`).join("")}</tr>`,
  );
  return `<section>
<h2 id="${heading.id}">${escapeMarkup(heading.title)}</h2>
${heading.before ?? ""}<div class="wide"><table aria-labelledby="${heading.id}">
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table></div>
</section>
`;
}

/** Text as markup, in the font of addresses and ids. */
export function code(text: string | number): string {
  return `<code>${escapeMarkup(String(text))}</code>`;
}

/** Text as markup. */
export function plain(text: string): string {
  return escapeMarkup(text);
}
