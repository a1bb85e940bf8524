/** Keys that a mapping has twice: a slip of the pen, or of the indentation. */
import { isCollection, isPair, isScalar, visit } from "yaml";
import type { Document, Pair } from "yaml";
import { quote } from "../fault";
import type { FaultPath } from "../fault";
import { keyText } from "./yaml-locate";

/** A key that is given a second time, as a fault without its position. */
export interface DuplicateKey {
  readonly path: FaultPath;
  readonly problem: string;
  readonly fix: string;
  /** Where the second one is, from 0. */
  readonly offset: number;
  /** Whether it may belong elsewhere, so that nothing can be said of what is around it. */
  readonly isMisplaced: boolean;
}

interface Place {
  readonly offset: number;
  readonly path: FaultPath;
  readonly pair: Pair;
  /** The pair above it in its mapping. */
  readonly above: Pair | undefined;
  readonly mapping: unknown;
}

/**
 * The keys that are given a second time. Those that follow a key with nothing below it are told as one: what is
 * indented as that key is was meant to be below it.
 * @param end where the text is good no more, from 0
 */
export function duplicateKeys(document: Document, end: number): DuplicateKey[] {
  const repeated = repeatedPairs(document);
  if (repeated.size === 0) return [];
  const seconds = placesOf(document).filter(({ pair, offset }) => repeated.has(pair) && offset < end);
  const told = new Set<unknown>();
  return seconds.flatMap(({ offset, path, pair, above, mapping }): DuplicateKey[] => {
    if (told.has(mapping)) return [];
    const problem = "this key is given a second time";
    if (!above || !isEmpty(above)) {
      const isMisplaced = isCollection(pair.value);
      const fix = isMisplaced ? "keep one of the two, or indent it otherwise" : "keep one of the two";
      return [{ path, problem, fix, offset, isMisplaced }];
    }
    told.add(mapping);
    const name = quote(keyText(above));
    const fix = `is ${name} above it, which has nothing below it, indented wrongly? give it as many spaces as what it belongs beside`;
    return [{ path, problem, fix, offset, isMisplaced: true }];
  });
}

/** The pairs whose key their mapping has already. The parser's own search compares each key with all before it. */
function repeatedPairs(document: Document): Set<Pair> {
  const repeated = new Set<Pair>();
  visit(document, {
    Map(_key, { items }) {
      const keys = new Set<unknown>();
      for (const pair of items) {
        const key = isScalar(pair.key) ? pair.key.value : pair.key;
        if (keys.has(key)) repeated.add(pair);
        keys.add(key);
      }
    },
  });
  return repeated;
}

/** Every key, in the order of the text. */
function placesOf(document: Document): Place[] {
  const places: Place[] = [];
  visit(document, {
    Pair(index, pair, ancestors) {
      const mapping = ancestors.at(-1);
      const above = typeof index === "number" && isCollection(mapping) ? mapping.items[index - 1] : undefined;
      const [offset = 0] = (isScalar(pair.key) && pair.key.range) || [];
      const path = [...ancestors.filter(isPair), pair].map(keyText);
      places.push({ offset, path, pair, above: isPair(above) ? above : undefined, mapping });
    },
  });
  return places.sort((a, b) => a.offset - b.offset);
}

function isEmpty({ value }: Pair): boolean {
  return isScalar(value) && value.value === null && !value.source;
}
