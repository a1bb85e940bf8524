import type { Diagnostic } from "./diagnostic";
import { errorDiagnostic } from "./diagnostic";
import { isWhollyKnown } from "./equality";
import type { Block } from "./schema";
import type { ObjectValue, Path, Value } from "./value";

/** The blocks that stand in a nested block's value, each with its path. */
function innerBlocks(value: Value | undefined, path: Path): [ObjectValue, Path][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => innerBlocks(item, [...path, index]));
  return typeof value === "object" && value !== null ? [[value, path]] : [];
}

/** Checks every value that is set and known, and reports all faults at once, each at its attribute. */
export function validateBlock(block: Block, config: ObjectValue, path: Path = []): Diagnostic[] {
  const faults = Object.entries(block.attributes).flatMap(([name, attribute]) => {
    const value = config[name] ?? null;
    if (value === null || !attribute.validate || !isWhollyKnown(value)) return [];
    return attribute
      .validate(value)
      .map((fault) => errorDiagnostic(`Invalid value for ${name}`, fault, [...path, name]));
  });
  const nested = Object.entries(block.blocks ?? {}).flatMap(([name, { block: inner }]) =>
    innerBlocks(config[name], [...path, name]).flatMap(([values, at]) => validateBlock(inner, values, at)),
  );
  return [...faults, ...nested];
}
