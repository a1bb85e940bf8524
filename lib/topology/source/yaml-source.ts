import { LineCounter, Parser, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { Fault, FaultPath, Position } from "../fault";
import { duplicateKeys } from "./duplicate-keys";
import type { DuplicateKey } from "./duplicate-keys";
import { jsonSlip } from "./json-slip";
import { strangeCharacters } from "./strange-characters";
import { endlessAliases, offsetOf, offsetsOfBadMerges, resolveAliases } from "./yaml-locate";
import type { AliasTargets } from "./yaml-locate";
import type { Slip } from "./yaml-indent";
import { yamlSlip } from "./yaml-slip";

/** What a text holds, as far as it can be read. */
export interface Source {
  /** The plain value; undefined where the text cannot be read, which is among the faults then. */
  readonly value: unknown;
  /** The faults of the text itself, with positions where they have one. */
  readonly faults: readonly Fault[];
  /** The place of a path: where it is missing, of the innermost key around it that is there. */
  readonly locate: (path: FaultPath) => Position | undefined;
}

/** How a text is written. */
export type Notation = "YAML" | "JSON";

/** Deeper than any topology; far less than what makes a recursive reader run out of stack. */
const DEEPEST = 50;

/** So many nodes may come out of aliases: ample for shared settings, too few to make a small file fill the memory. */
const MOST_ALIASES = 10_000;

/**
 * Reads a text: YAML 1.2 with anchors and merge keys (`<<`), or JSON.
 * A key given twice, an unknown tag or a second document is a fault.
 */
export function readSource(text: string, notation: Notation): Source {
  if (deepestLevel(text) > DEEPEST) {
    const fault = {
      path: [],
      problem: `is nested more than ${DEEPEST} levels deep`,
      fix: "a topology needs 10",
    };
    return { value: undefined, faults: [fault], locate: () => undefined };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: notation === "YAML",
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: "error",
  });
  const aliases = resolveAliases(document);
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const duplicates = duplicateKeys(document, document.errors[0]?.pos[0] ?? Infinity);
  const slips = notation === "JSON" ? jsonSlips(text) : yamlSlips(document, text, aliases);
  const tell = ({ path, problem, fix, offset }: DuplicateKey): Fault => ({
    path,
    problem,
    fix,
    position: positionAt(offset),
  });
  const refusals = slips.map(({ problem, fix, offset }): Fault => ({
    path: [],
    problem: `is not good ${notation}: ${problem}`,
    fix,
    position: positionAt(offset),
  }));
  const read =
    refusals.length > 0 || duplicates.some(({ isMisplaced }) => isMisplaced)
      ? {}
      : notation === "JSON"
        ? { value: JSON.parse(text) as unknown }
        : valueOf(document);
  const positions = new Map<string, Position | undefined>();
  return {
    value: read.value,
    faults: [...duplicates.map(tell), ...refusals, ...(read.fault ? [read.fault] : [])],
    locate: (path) => {
      const key = JSON.stringify(path);
      if (!positions.has(key)) {
        const offset = offsetOf(document, aliases, path);
        positions.set(key, offset === undefined ? undefined : positionAt(offset));
      }
      return positions.get(key);
    },
  };
}

function jsonSlips(text: string): Slip[] {
  try {
    JSON.parse(text);
    return [];
  } catch {
    return [
      jsonSlip(text) ?? { problem: "it cannot be read", fix: "mend it, then run this again", offset: 0 },
    ];
  }
}

function yamlSlips(document: Document, text: string, aliases: AliasTargets): Slip[] {
  // One slip of syntax makes what follows look wrong too: only the first is worth reading.
  const [first] = document.errors;
  const strange = strangeCharacters(document, text, first?.pos[0]);
  if (strange.length > 0) return strange;
  if (first) return [yamlSlip(first, document, text)];
  // A closing bracket that is indented as its key is, as many editors put it, can be read.
  const doubts = document.warnings.filter(({ code }) => code !== "BAD_INDENT");
  const told = doubts.map((warning) => yamlSlip(warning, document, text));
  const unknown = [...aliases]
    .filter(([, target]) => !target)
    .map(([alias]): Slip => {
      const problem = `the alias *${alias.source} stands for nothing`;
      return { problem, fix: `set the anchor &${alias.source} before it`, offset: alias.range?.[0] ?? 0 };
    });
  const endless = endlessAliases(document, aliases).map(({ source, range }): Slip => {
    const problem = `the alias *${source} is inside of what it stands for, which has no end`;
    return { problem, fix: `take it out, or set &${source} elsewhere`, offset: range?.[0] ?? 0 };
  });
  const merges = offsetsOfBadMerges(document, aliases).map((offset): Slip => {
    const fix = "give it an alias of a mapping, or a list of such aliases";
    return { problem: "a merge key (<<) without a mapping", fix, offset };
  });
  return [...told, ...unknown, ...endless, ...merges];
}

function valueOf(document: Document): { readonly value?: unknown; readonly fault?: Fault } {
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const problem = `is not good YAML: its aliases stand for too much (${message})`;
    const fix = `nest fewer aliases (*name): they may stand for ${MOST_ALIASES} values in all`;
    return { fault: { path: [], problem, fix } };
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
