import { isWhollyKnown, valuesEqual } from "./equality";
import type { Attribute, Block, NestedBlock } from "./schema";
import { isObjectValue, UNKNOWN } from "./value";
import type { ObjectValue, Value } from "./value";

/** Whether a value in state and one in the configuration are the same, to the letter or in meaning. */
function sameMeaning(attribute: Attribute, prior: Value, configured: Value): boolean {
  if (valuesEqual(prior, configured, attribute.type)) return true;
  if (prior === null || configured === null || !attribute.equivalent) return false;
  return isWhollyKnown(prior) && isWhollyKnown(configured) && attribute.equivalent(prior, configured);
}

/** @param prior `undefined`: the block around the attribute does not exist yet. */
function planAttribute(attribute: Attribute, prior: Value | undefined, configured: Value): Value {
  const wanted = configured ?? attribute.default ?? null;
  if (wanted !== null) return prior !== undefined && sameMeaning(attribute, prior, wanted) ? prior : wanted;
  if (!attribute.computed) return null;
  return prior === undefined ? UNKNOWN : prior;
}

/** Whether a block in state is the one that a configured block of a set describes. */
function describes(block: Block, prior: ObjectValue, configured: ObjectValue): boolean {
  return Object.entries(block.attributes).every(([name, attribute]) => {
    const value = configured[name] ?? null;
    return value === null || sameMeaning(attribute, prior[name] ?? null, value);
  });
}

function planNested(nested: NestedBlock, prior: Value | undefined, configured: Value): Value {
  if (configured === UNKNOWN) return UNKNOWN;
  if (nested.nesting === "single") {
    return isObjectValue(configured)
      ? planBlock(nested.block, isObjectValue(prior) ? prior : null, configured)
      : null;
  }
  const left = Array.isArray(prior) ? prior.filter(isObjectValue) : [];
  return (Array.isArray(configured) ? configured : []).map((item, index) => {
    if (!isObjectValue(item)) return item;
    if (nested.nesting === "list") return planBlock(nested.block, left[index] ?? null, item);
    const match = left.findIndex((candidate) => describes(nested.block, candidate, item));
    const [existing = null] = match < 0 ? [] : left.splice(match, 1);
    return planBlock(nested.block, existing, item);
  });
}

/**
 * What a block is to become: the configuration; the prior value where the configuration means the same; defaults;
 * and for what the provider computes the prior value, or {@link UNKNOWN} where there is none yet.
 *
 * A configuration that changes nothing yields exactly the prior values.
 *
 * @param prior `null`: the block is to be created.
 */
export function planBlock(block: Block, prior: ObjectValue | null, config: ObjectValue): ObjectValue {
  const planned: ObjectValue = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    planned[name] = planAttribute(attribute, prior ? (prior[name] ?? null) : undefined, config[name] ?? null);
  }
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    planned[name] = planNested(nested, prior?.[name], config[name] ?? null);
  }
  return planned;
}
