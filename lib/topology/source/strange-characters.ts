/** Characters that look like those of YAML, or like nothing, and are others: they come with text that is pasted. */
import { isScalar, visit } from "yaml";
import type { Document } from "yaml";
import { quote } from "../fault";
import type { Slip } from "./yaml-indent";

/** What a character is, and what to write in its place: "" for nothing. */
type Strange = readonly [name: string, plain: string];

const SPACES = Array.from("\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009");

const strange: ReadonlyMap<string, Strange> = new Map<string, Strange>([
  ...SPACES.map((space): [string, Strange] => [space, ["a space that is none of YAML's", " "]]),
  ["\u00A0", ["a no-break space", " "]],
  ["\u200A", ["a hair space", " "]],
  ["\u202F", ["a narrow no-break space", " "]],
  ["\u3000", ["a full-width space", " "]],
  ["\u00AD", ["a soft hyphen", ""]],
  ["\u200B", ["a zero-width space", ""]],
  ["\u200C", ["a zero-width non-joiner", ""]],
  ["\u200D", ["a zero-width joiner", ""]],
  ["\u2060", ["a word joiner", ""]],
  ["\uFEFF", ["a byte order mark", ""]],
  ["\uFF1A", ["a full-width colon", ": and a space"]],
  ["\u2010", ["a hyphen of typography", "-"]],
  ["\u2011", ["a no-break hyphen", "-"]],
  ["\u2013", ["an en dash", "-"]],
  ["\u2014", ["an em dash", "-"]],
  ["\u2212", ["a minus sign", "-"]],
  ["\u201C", ["a curly quote", '"']],
  ["\u201D", ["a curly quote", '"']],
  ["\u201E", ["a curly quote", '"']],
  ["\u2018", ["a curly quote", "'"]],
  ["\u2019", ["a curly quote", "'"]],
]);

const ANY = new RegExp(`[${[...strange.keys()].join("")}]`);

/**
 * Such characters outside of quotes and comments, one for each text.
 * @param end where the first error is, from 0: on its line all but comments is looked at; left out where there is none
 */
export function strangeCharacters(document: Document, text: string, end?: number): Slip[] {
  if (!ANY.test(text)) return [];
  const slips = new Map<number, Slip>();
  const look = (from: number, to: number): void => {
    const found = ANY.exec(text.slice(from, to));
    if (found) slips.set(from + found.index, slipAt(text, from + found.index));
  };
  if (end !== undefined) {
    const from = text.lastIndexOf("\n", end - 1) + 1;
    const [line = ""] = /^.*/.exec(text.slice(from)) ?? [];
    look(from, from + line.replace(/(^|[ \t])#.*/, "").length);
    if (slips.size > 0) return [...slips.values()];
  }
  visit(document, {
    Scalar(_key, scalar) {
      const [from = 0, to = 0] = scalar.range ?? [];
      if (isScalar(scalar) && scalar.type === "PLAIN" && from < (end ?? Infinity)) look(from, to);
    },
  });
  return [...slips.values()].sort((a, b) => a.offset - b.offset);
}

function slipAt(text: string, offset: number): Slip {
  const character = text[offset] ?? "";
  const [name, plain] = strange.get(character) ?? [character, ""];
  const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).trim();
  const place = before === "" ? "at the beginning of the line" : `behind ${quote(before)}`;
  const fix = plain === "" ? "take it out" : plain === " " ? "write a plain space" : `write a plain ${plain}`;
  return { offset, problem: `${name} (${code}) ${place}`, fix };
}
