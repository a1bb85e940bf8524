/** What a slip in YAML is and how to mend it: the parser tells neither in words for users. */
import { isCollection, isScalar, visit } from "yaml";
import type { Document, Scalar, YAMLError } from "yaml";
import { quote } from "../fault";
import { contentLines, neighbourSlip, strayLineSlip } from "./yaml-indent";
import type { ContentLine, Slip } from "./yaml-indent";

/** The first mark that git leaves where two branches disagree. */
const CONFLICT = /^(?:<{7}|={7}|>{7})(?= |$)/m;

/** A sentence for each code that needs nothing but itself. */
const plainAdvice: Readonly<Partial<Record<YAMLError["code"], readonly [problem: string, fix: string]>>> = {
  TAB_AS_INDENT: ["a tab as indentation", "indent with spaces"],
  MULTIPLE_DOCS: ["more than one document", "take out the line --- and what follows it"],
  BAD_DIRECTIVE: ["a directive (%)", "take the line out"],
  ALIAS_PROPS: ["an alias (*name) with an anchor or a tag before it", "take the anchor or tag out"],
  BAD_ALIAS: [
    "an alias (*) or anchor (&) without a name, or with a colon in it",
    "name it, such as *name; put a space before a colon, and a text that begins with * or & in quotes",
  ],
  MULTIPLE_ANCHORS: ["two anchors (&name) for one value", "keep one of them"],
  MULTIPLE_TAGS: ["two tags (!name) for one value", "take them out"],
  BAD_PROP_ORDER: ["an anchor (&name) or tag (!name) before the - or ?", "put it behind that"],
};

/** The parser's sentences that the code alone does not tell apart; the beginning of each. */
const adviceByMessage: readonly (readonly [message: string, problem: string, fix: string])[] = [
  ["Comments must be", "a comment right behind a value", "put a space before the #"],
  ["Tags and anchors must be", "an anchor or tag right before what follows", "put a space behind it"],
  ["Missing directives-end", "a directive (%)", "take the line that begins with % out"],
  ["Missing space after :", "no space after a colon", "put one there"],
  ["Block scalar header", "a text behind | or >", "put it on the lines below, indented"],
  ["Block scalars with more-indented", "lines of a text that are indented otherwise", "indent them alike"],
];

/**
 * What an error of the parser comes from.
 * @param text that was parsed
 */
export function yamlSlip({ code, message, pos }: YAMLError, document: Document, text: string): Slip {
  const [offset] = pos;
  const conflict = CONFLICT.exec(text);
  if (conflict) {
    const fix = "keep what is to hold, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>";
    return { offset: conflict.index, problem: "it holds a merge conflict", fix };
  }
  const plain = plainAdvice[code];
  if (plain) return { offset, problem: plain[0], fix: plain[1] };
  if (code === "TAG_RESOLVE_FAILED") return { offset, problem: message, fix: "take the tag (!name) out" };
  const special = adviceByMessage.find(([beginning]) => message.startsWith(beginning));
  if (special) return { offset, problem: special[1], fix: special[2] };
  return (
    quoteSlip(document, text, offset, message) ??
    bracketSlip(document, text, offset) ??
    lineSlip(code, message, text, offset) ??
    tokenSlip(code, text, offset) ?? {
      offset,
      problem: message.replaceAll("\n", " "),
      fix: "mend it, then run this again",
    }
  );
}

/** A text in quotes that does not end on its line: it may end at the next quote, far below, or nowhere. */
function quoteSlip(document: Document, text: string, offset: number, message: string): Slip | undefined {
  let last: Scalar | undefined;
  visit(document, {
    Scalar(_key, scalar) {
      if (/^QUOTE/.test(scalar.type ?? "") && (scalar.range?.[0] ?? Infinity) < offset) last = scalar;
    },
  });
  if (!isScalar(last)) return undefined;
  const [start = 0, end = 0] = last.range ?? [];
  const sign = text[start] ?? '"';
  const isOpen = message.startsWith("Missing closing");
  const runsOn = message.endsWith("at node end") && text.slice(start, end).includes("\n");
  if (isOpen || runsOn) {
    return {
      offset: start,
      problem: `a text that ${sign} begins and nothing ends on its line`,
      fix: `close it with ${sign}`,
    };
  }
  if (!message.endsWith("at node end")) return undefined;
  const [rest = ""] = /^.*/.exec(text.slice(offset)) ?? [];
  if (/^\w/.test(rest) && rest.includes(sign)) {
    const fix = sign === "'" ? "write it twice: ''" : 'write a backslash before it: \\"';
    return { offset: end - 1, problem: `a ${sign} within a text that ${sign} begins`, fix };
  }
  return { offset, problem: "something behind the closing quote", fix: "put all of the text in the quotes" };
}

/** A list or mapping in brackets that is not closed, or whose entries have no comma between them. */
function bracketSlip(document: Document, text: string, offset: number): Slip | undefined {
  let around: readonly [start: number, end: number] | undefined;
  visit(document, {
    Collection(_key, node) {
      const [start = 0, end = 0] = node.range ?? [];
      if (
        isCollection(node) &&
        node.flow === true &&
        /[[{]/.test(text[start] ?? "") &&
        start < offset &&
        offset <= end
      )
        around = [start, end];
    },
  });
  if (!around) return undefined;
  const [start, end] = around;
  const open = text[start] ?? "[";
  const close = open === "{" ? "}" : "]";
  const next = text[offset] ?? "";
  if (end <= offset && text[end - 1] === close) return undefined;
  if (end <= offset) {
    return /[\]}]/.test(next)
      ? { offset, problem: `a ${next} where the ${open} before it is open`, fix: `close that with ${close}` }
      : { offset: start, problem: `the ${open} is not closed`, fix: `put a ${close} where it ends` };
  }
  if (next === ",") return { offset, problem: "a comma too many", fix: "take it out" };
  const [nested] = /^[^\s,:[\]{}]+:\s[^,[\]{}]*/.exec(text.slice(offset, end)) ?? [];
  if (nested !== undefined && /:\s*$/.test(text.slice(start, offset))) {
    const problem = `a colon in ${quote(nested.trim())}, behind the one of its key`;
    return { offset, problem, fix: `put the value in quotes: ${JSON.stringify(nested.trim())}` };
  }
  const fix = `put a comma between them, or close the ${open} with ${close}`;
  return { offset, problem: `entries in ${open} ${close} without a comma between them`, fix };
}

/** Slips of whole lines: their indentation, and colons that lack. */
function lineSlip(code: YAMLError["code"], message: string, text: string, offset: number): Slip | undefined {
  const lines = contentLines(text);
  const index = lines.findIndex(({ end }) => end > offset);
  const line = lines[index];
  if (!line) return undefined;
  const rest = withoutComment(text.slice(offset, line.end));
  const isKey = offset <= line.offset;
  if (code === "BAD_INDENT" || message.startsWith("Unexpected scalar token")) {
    const slip = colonSlipAbove(lines, index, text);
    if (slip) return slip;
  }
  if (code === "BLOCK_AS_IMPLICIT_KEY" && !isKey) {
    if (!/:(\s|$)/.test(rest)) return neighbourSlip(lines, index);
    const fix = "put the text in quotes, or a second key on a line of its own";
    return { offset, problem: `a colon in ${quote(rest)}, behind the one of its key`, fix };
  }
  if (
    code === "BAD_INDENT" ||
    code === "BLOCK_AS_IMPLICIT_KEY" ||
    message.startsWith("Sequence item without")
  )
    return strayLineSlip(lines, index);
  if (code !== "MULTILINE_IMPLICIT_KEY" && code !== "MISSING_CHAR") return undefined;
  return colonSlip(rest, offset, (lines[index + 1]?.indent ?? 0) > line.indent);
}

/**
 * A line that should be a key and has no colon. Behind it the parser stumbles at the line below where a comment stands in
 * between, or the file begins with it.
 */
function colonSlipAbove(lines: readonly ContentLine[], index: number, text: string): Slip | undefined {
  const [before, above, line] = [lines[index - 2], lines[index - 1], lines[index]];
  if (!above || !line || above.isEntry || above.indent > line.indent) return undefined;
  const said = withoutComment(text.slice(above.offset, above.end));
  // What goes on on a second line is no key.
  const isKey = before === undefined || before.opens || before.indent === above.indent;
  if (!isKey || /:(\s|$)/.test(said)) return undefined;
  return colonSlip(said, above.offset, above.indent < line.indent);
}

/** @param hasBelow whether what is below is indented as if it belonged to it */
function colonSlip(said: string, offset: number, hasBelow: boolean): Slip {
  const [, key, value] = /^([\w.-]+)(?::|\s*=\s*|\s+)(\S.*)$/.exec(said) ?? [];
  if (key === undefined || value === undefined) {
    const fix =
      hasBelow && /^[\w.-]+$/.test(said) ? `write ${said}:` : "write a key, a colon and a space: key: value";
    return { offset, problem: `${quote(said)} has no colon`, fix };
  }
  const lacks = said.startsWith(`${key}:`) ? "no space behind its colon" : "no colon";
  return { offset, problem: `${quote(said)} has ${lacks}`, fix: `write ${key}: ${value}` };
}

function withoutComment(text: string): string {
  return text.replace(/\s#.*/, "").trim();
}

function tokenSlip(code: YAMLError["code"], text: string, offset: number): Slip | undefined {
  const sign = text[offset] ?? "";
  if (code === "BAD_SCALAR_START")
    return { offset, problem: `a text that begins with ${sign}`, fix: "put it in quotes" };
  if (code === "BAD_DQ_ESCAPE") {
    const problem = `${quote(text.slice(offset, offset + 2))}, which stands for nothing in double quotes`;
    return { offset, problem, fix: "write \\\\ for a backslash, or use single quotes" };
  }
  if (code === "UNEXPECTED_TOKEN" && /[\]},]/.test(sign))
    return { offset, problem: `a ${sign} that nothing opens`, fix: "take it out" };
  return undefined;
}
