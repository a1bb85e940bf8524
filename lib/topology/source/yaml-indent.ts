/** Lines of YAML that are indented otherwise than what they belong to. */
import { quote } from "../fault";

/** Something in the text that keeps all of it from being read. */
export interface Slip {
  readonly problem: string;
  readonly fix: string;
  /** From 0. */
  readonly offset: number;
}

/** A line that says something. */
export interface ContentLine {
  /** Where its first word begins, from 0. */
  readonly offset: number;
  /** Where it ends, from 0. */
  readonly end: number;
  /** Spaces before the first word. */
  readonly indent: number;
  /** Its key, or all of it where there is none. */
  readonly word: string;
  /** Whether it begins with the - of a list. */
  readonly isEntry: boolean;
  /** Whether nothing follows its colon: what is below belongs to it. */
  readonly opens: boolean;
}

/** The lines of a text but for empty ones and comments. */
export function contentLines(text: string): ContentLine[] {
  return Array.from(text.matchAll(/^([ \t]*)([^\s#].*)$/gm), (match) => {
    const [whole, space = "", said = ""] = match;
    const { 1: entry, 2: word = said } = /^(- +)?([^:]+):(?=\s|$)/.exec(said) ?? [];
    return {
      offset: match.index + space.length,
      end: match.index + whole.length,
      indent: space.length,
      word,
      isEntry: entry !== undefined || said.startsWith("- "),
      opens: /:\s*(#.*)?$/.test(said),
    };
  });
}

/** A line with a value, and the next is indented deeper, as if it were part of that. */
export function neighbourSlip(lines: readonly ContentLine[], index: number): Slip | undefined {
  const [above, line, below, after] = [lines[index - 1], lines[index], lines[index + 1], lines[index + 2]];
  if (!line || !below) return undefined;
  const problem = `${quote(line.word)} is indented by ${spaces(line.indent)}, and ${quote(below.word)} below it by ${below.indent}`;
  const isTooShallow =
    above?.indent === below.indent || (above?.opens === true && above.indent >= line.indent);
  // Beside a line that agrees with it the first is good. Below its opener it is the one that most others disagree with.
  const isGood = above?.indent === line.indent || after?.indent !== below.indent;
  if (isTooShallow || !isGood)
    return { problem, fix: `give ${quote(line.word)} ${spaces(below.indent)} too`, offset: line.offset };
  const more = deepLinesFrom(lines, index + 1) - 1;
  const others = more === 0 ? "" : more === 1 ? " and the line below it" : ` and the ${more} lines below it`;
  const fix = `give ${quote(below.word)}${others} ${spaces(line.indent)} too`;
  return { problem, fix, offset: below.offset };
}

/** How many lines in a row are indented alike. */
function deepLinesFrom(lines: readonly ContentLine[], start: number): number {
  const end = lines.findIndex(({ indent }, index) => index > start && indent !== lines[start]?.indent);
  return (end < 0 ? lines.length : end) - start;
}

/** A line that begins where nothing around it does. */
export function strayLineSlip(lines: readonly ContentLine[], index: number): Slip | undefined {
  const [opener, above, line, below] = [lines[index - 2], lines[index - 1], lines[index], lines[index + 1]];
  if (!line || !above) return undefined;
  const beside = lines
    .slice(0, index)
    .filter(({ indent }) => indent <= line.indent)
    .at(-1);
  const dash = line.isEntry ? line : beside;
  if (beside?.indent === line.indent && beside.isEntry !== line.isEntry && dash?.opens === true) {
    const problem = `a list (- ${dash.word}:) where a mapping is meant`;
    return { problem, fix: `take the - away: ${dash.word}:`, offset: dash.offset };
  }
  if (above.isEntry && above.indent === line.indent) {
    const problem = `${quote(line.word)} stands below an entry of a list (-), and is none`;
    return { problem, fix: "take the - above it out, or indent it otherwise", offset: line.offset };
  }
  // The others agree with each other, so that the first of them is the stray one.
  if (opener?.opens === true && opener.indent < line.indent && below?.indent === line.indent) {
    const problem = `${quote(above.word)} is indented by ${spaces(above.indent)}, and ${quote(line.word)} below it by ${line.indent}`;
    return { problem, fix: `give ${quote(above.word)} ${spaces(line.indent)} too`, offset: above.offset };
  }
  const around = enclosingIndents(lines, index).sort((a, b) => a - b);
  const problem = `${quote(line.word)} is indented by ${spaces(line.indent)}, and what it could belong beside by ${alternatives(around)}`;
  const fix = `give it ${alternatives(likeliest(line, above, below, around))} spaces, as what it belongs beside`;
  return { problem, fix, offset: line.offset };
}

/** The nearest indents of those that a line could have; the lines around it tell some of them out. */
function likeliest(
  line: ContentLine,
  above: ContentLine,
  below: ContentLine | undefined,
  around: readonly number[],
): number[] {
  const fitting = line.opens && below ? around.filter((indent) => indent < below.indent) : around;
  const distanceOf = (indent: number): number => Math.abs(indent - line.indent);
  const least = Math.min(...fitting.map(distanceOf));
  const near = fitting.filter((indent) => distanceOf(indent) === least);
  return !line.opens && near.includes(above.indent) ? [above.indent] : near;
}

/** The indents of the line above and of all that it is in. */
function enclosingIndents(lines: readonly ContentLine[], index: number): number[] {
  const indents: number[] = [];
  let least = Infinity;
  for (let above = index - 1; above >= 0 && least > 0; above--) {
    const { indent } = lines[above] ?? { indent: 0 };
    if (indent >= least) continue;
    least = indent;
    if (indent !== lines[index]?.indent) indents.push(indent);
  }
  return indents;
}

function spaces(count: number): string {
  return count === 1 ? "1 space" : `${count} spaces`;
}

/** "0, 2 or 4". */
function alternatives(numbers: readonly number[]): string {
  return numbers.length > 1 ? `${numbers.slice(0, -1).join(", ")} or ${numbers.at(-1)}` : numbers.join();
}
