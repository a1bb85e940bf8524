import { isAlias, isMap, isScalar, isSeq, visit } from "yaml";
import type { Alias, Document, Node, Pair, YAMLMap } from "yaml";
import type { FaultPath } from "../fault";

/** What each alias of a document stands for; undefined where its anchor was not set before it. */
export type AliasTargets = ReadonlyMap<Alias, Node | undefined>;

/** Resolves all aliases in one pass; yaml's own `alias.resolve` walks the document for each one. */
export function resolveAliases(document: Document): AliasTargets {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  visit(document, {
    Alias(_key, alias) {
      targets.set(alias, anchors.get(alias.source));
    },
    // An anchor that is set again holds from there on, as YAML has it.
    Value(_key, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/**
 * The offset of the key or list entry at `path`, from 0; where it is missing, of the innermost one around it that
 * is there. A value that comes in by an alias or a merge key is where it is written.
 */
export function offsetOf(document: Document, targets: AliasTargets, path: FaultPath): number | undefined {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const segment of path) {
    if (isAlias(node)) node = targets.get(node);
    if (isMap(node)) {
      const pair = findPair(targets, node, String(segment), new Set());
      if (!pair) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof segment === "number") {
      node = node.items[segment];
      offset = startOf(node) ?? offset;
    } else {
      break;
    }
  }
  return offset;
}

/** Where merge keys stand whose value is neither a mapping nor a list of mappings; unresolved aliases aside. */
export function offsetsOfBadMerges(document: Document, targets: AliasTargets): number[] {
  const offsets: number[] = [];
  visit(document, {
    Pair(_index, pair) {
      if (keyText(pair) !== "<<") return;
      const sources = mergeSources(targets, pair);
      if (sources.some((source) => source !== undefined && !isMap(source)))
        offsets.push(startOf(pair.key) ?? 0);
    },
  });
  return offsets;
}

/** The aliases that stand for what they are in themselves: what is written so has no end. */
export function endlessAliases(document: Document, targets: AliasTargets): Alias[] {
  const endless: Alias[] = [];
  visit(document, {
    Alias(_key, alias, ancestors) {
      const target = targets.get(alias);
      if (target && ancestors.includes(target)) endless.push(alias);
    },
  });
  return endless;
}

/** The pair that gives a map its value for `key`: its own before those it merges in. */
function findPair(targets: AliasTargets, map: YAMLMap, key: string, seen: Set<YAMLMap>): Pair | undefined {
  if (seen.has(map)) return undefined;
  seen.add(map);
  const own = map.items.filter((pair) => keyText(pair) === key).at(-1);
  if (own) return own;
  for (const merge of map.items.filter((pair) => keyText(pair) === "<<")) {
    for (const source of mergeSources(targets, merge)) {
      const found = isMap(source) ? findPair(targets, source, key, seen) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** What a merge key merges: the mapping that it names, or those that it lists. */
function mergeSources(targets: AliasTargets, merge: Pair): unknown[] {
  const resolve = (node: unknown): unknown => (isAlias(node) ? targets.get(node) : node);
  const value = resolve(merge.value);
  return isSeq(value) ? value.items.map(resolve) : [value];
}

/** The text of a pair's key. */
export function keyText({ key }: Pair): string {
  const value = isScalar(key) ? key.value : key;
  // yaml reads a merge key as a symbol.
  return typeof value === "symbol" ? (value.description ?? "") : String(value);
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
