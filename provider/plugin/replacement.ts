import { valuesEqual } from "./equality";
import type { Block, NestedBlock } from "./schema";
import { isObjectValue } from "./value";
import type { ObjectValue, Path, Value } from "./value";

/** Whether any attribute in or below a block needs a new resource to change. */
function canForceReplacement(block: Block): boolean {
  return (
    Object.values(block.attributes).some((attribute) => attribute.requiresReplace) ||
    Object.values(block.blocks ?? {}).some((nested) => canForceReplacement(nested.block))
  );
}

function nestedPaths(nested: NestedBlock, prior: Value, planned: Value, path: Path): Path[] {
  if (!canForceReplacement(nested.block)) return [];
  if (nested.nesting === "single") {
    if (!isObjectValue(prior)) return [];
    return isObjectValue(planned) ? replacementPaths(nested.block, prior, planned, path) : [path];
  }
  const before = Array.isArray(prior) ? prior : [];
  const after = Array.isArray(planned) ? planned : [];
  if (before.length > after.length) return [path];
  if (nested.nesting === "list") {
    return before.flatMap((item, index) => {
      const next = after[index];
      if (!isObjectValue(item)) return [];
      return isObjectValue(next) ? replacementPaths(nested.block, item, next, [...path, index]) : [path];
    });
  }
  // The elements of a set have no names to point at, so that the whole set is the reason.
  const kept = (item: Value): boolean =>
    after.some(
      (next) =>
        isObjectValue(item) &&
        isObjectValue(next) &&
        replacementPaths(nested.block, item, next, path).length === 0,
    );
  return before.every(kept) ? [] : [path];
}

/**
 * The attributes whose planned change needs a new resource. One that had no value does not: state that was imported
 * lacks what the API does not report, and filling it in must not destroy what was imported.
 *
 * @param planned Final values, so that an equivalent spelling, which keeps the prior value, replaces nothing.
 */
export function replacementPaths(
  block: Block,
  prior: ObjectValue,
  planned: ObjectValue,
  path: Path = [],
): Path[] {
  const attributes = Object.entries(block.attributes).flatMap(([name, attribute]): Path[] => {
    const before = prior[name] ?? null;
    if (!attribute.requiresReplace || before === null) return [];
    return valuesEqual(before, planned[name] ?? null, attribute.type) ? [] : [[...path, name]];
  });
  const blocks = Object.entries(block.blocks ?? {}).flatMap(([name, nested]) =>
    nestedPaths(nested, prior[name] ?? null, planned[name] ?? null, [...path, name]),
  );
  return [...attributes, ...blocks];
}
