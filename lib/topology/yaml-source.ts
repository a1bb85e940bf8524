import { LineCounter, Parser, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { Fault, Position } from "./fault";
import { FaultCollector } from "./fault-collector";
import { offsetOf, offsetsOfBadMerges, pathOfKeyAt, resolveAliases } from "./yaml-locate";

/** What a YAML text holds, as far as it can be read. */
export interface YamlSource {
  /** The plain value; undefined where the text is no YAML, which is among the faults then. */
  readonly value: unknown;
  /** The faults of the text itself, with positions. It also finds the position of further faults. */
  readonly faults: FaultCollector;
}

/** Deeper than any topology; far less than what makes a recursive reader run out of stack. */
const DEEPEST = 50;

/** So many nodes may come out of aliases: ample for shared settings, too few to make a small file fill the memory. */
const MOST_ALIASES = 10_000;

/** Reads YAML 1.2 with anchors and merge keys (`<<`); a key given twice, an unknown tag or a second document is a fault. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (deepestLevel(text) > DEEPEST) {
    const faults = new FaultCollector();
    faults.add([], `is nested more than ${DEEPEST} levels deep`, "a topology needs 4");
    return { value: undefined, faults };
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    logLevel: "error",
  });
  const aliases = resolveAliases(document);
  const positions = new Map<string, Position | undefined>();
  const faults = new FaultCollector((path) => {
    const key = JSON.stringify(path);
    if (!positions.has(key)) {
      const offset = offsetOf(document, aliases, path);
      positions.set(key, offset === undefined ? undefined : positionAt(offset));
    }
    return positions.get(key);
  });
  const refusals: Fault[] = [];
  const refuse = (problem: string, fix: string, offset: number): void => {
    refusals.push({ path: [], problem: `is not good YAML: ${problem}`, fix, position: positionAt(offset) });
  };
  const duplicates = document.errors.filter(({ code }) => code === "DUPLICATE_KEY");
  for (const { pos } of duplicates) {
    const problem = "this key is given a second time";
    const path = pathOfKeyAt(document, pos[0]) ?? [];
    faults.addFault({ path, problem, fix: "keep one of the two", position: positionAt(pos[0]) });
  }
  // One slip of syntax makes what follows look wrong too: only the first is worth reading.
  const [slip] = document.errors.filter(({ code }) => code !== "DUPLICATE_KEY");
  for (const { code, message, pos } of [...(slip ? [slip] : []), ...document.warnings]) {
    refuse(...adviceFor(code, message), pos[0]);
  }
  for (const [alias, target] of aliases) {
    const fix = `set the anchor &${alias.source} before it`;
    if (!target) refuse(`the alias *${alias.source} stands for nothing`, fix, alias.range?.[0] ?? 0);
  }
  for (const offset of offsetsOfBadMerges(document, aliases)) {
    refuse(
      "a merge key (<<) without a mapping",
      "give it an alias of a mapping, or a list of such aliases",
      offset,
    );
  }
  for (const refusal of refusals) faults.addFault(refusal);
  return { value: refusals.length === 0 ? valueOf(document, faults) : undefined, faults };
}

function valueOf(document: Document, faults: FaultCollector): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const problem = `is not good YAML: its aliases stand for too much (${message})`;
    faults.add([], problem, `nest fewer aliases (*name): they may stand for ${MOST_ALIASES} values in all`);
    return undefined;
  }
}

function adviceFor(code: string, message: string): [problem: string, fix: string] {
  switch (code) {
    case "TAB_AS_INDENT":
      return ["a tab as indentation", "indent with spaces"];
    case "MULTIPLE_DOCS":
      return ["more than one document", "take out the line --- and what follows it"];
    case "TAG_RESOLVE_FAILED":
      return [message, "take the tag (!name) out"];
    default:
      return [message.replaceAll("\n", " "), "mend it, then run this again"];
  }
}

/** How deep the text nests, told without recursion: a hostile text must not exhaust the stack. */
function deepestLevel(text: string): number {
  let deepest = 0;
  for (const token of new Parser().parse(text)) {
    const open: { token: object; level: number }[] = [{ token, level: 1 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { level } = next;
      deepest = Math.max(deepest, level);
      if ("value" in next.token && typeof next.token.value === "object" && next.token.value) {
        open.push({ token: next.token.value, level });
      }
      if (!("items" in next.token) || !Array.isArray(next.token.items)) continue;
      for (const item of next.token.items as { key?: object | null; value?: object }[]) {
        if (item.key) open.push({ token: item.key, level: level + 1 });
        if (item.value) open.push({ token: item.value, level: level + 1 });
      }
    }
  }
  return deepest;
}
