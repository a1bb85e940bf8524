/** Values of several files laid over each other, and which file each came from. */
import { z } from "zod";
import { didYouMean } from "../did-you-mean";
import type { Fault, FaultPath, Position } from "../fault";

/** What a file says, with what the files say that it extends. */
export interface Layer {
  readonly value: unknown;
  readonly origin: Origin;
}

/** Where a value was written. */
export interface Origin {
  /** Finds a path in the file that wrote the value, or its part that stands over all others. */
  readonly locate: (path: FaultPath) => Position | undefined;
  /** Where the entries of a mapping were written that other files have a part in; any other is of the same file. */
  readonly entries?: ReadonlyMap<string, Origin>;
}

/** The place of a path, in whichever file its value was written. */
export function locateIn(origin: Origin, path: FaultPath): Position | undefined {
  let holder = origin;
  for (const segment of path) {
    const inner = holder.entries?.get(String(segment));
    if (!inner) break;
    holder = inner;
  }
  return holder.locate(path);
}

/**
 * Lays one file over another: mappings are joined key by key, anything else replaces what is below. Null takes a key
 * out that may be left out; where null is a value of the key, it is that value.
 * @param schema of the value; undefined where there is no such key
 * @param faults gets what cannot be taken out because it is not there
 */
export function layOver(
  base: Layer,
  own: Layer,
  schema: z.core.$ZodType | undefined,
  faults: Fault[],
  path: FaultPath = [],
): Layer {
  if (!isMapping(base.value) || !isMapping(own.value)) return own;
  const mapping = schema && mappingIn(schema);
  const values = new Map(Object.entries(base.value));
  const entries = new Map([...values.keys()].map((key) => [key, originOf(base.origin, key)]));
  for (const [key, value] of Object.entries(own.value)) {
    const inner = mapping && schemaOf(mapping, key);
    if (value === null && mayBeTakenOut(mapping, inner)) {
      if (!values.has(key) && mapping instanceof z.ZodRecord) {
        const fix = didYouMean(key, values.keys()) ?? "take this line out";
        const at = [...path, key];
        const problem = "got nothing, which takes out what an extended file says, and none says this";
        faults.push({ path: at, problem, fix, position: own.origin.locate(at) });
      }
      values.delete(key);
      entries.delete(key);
      continue;
    }
    const ownLayer = { value, origin: originOf(own.origin, key) };
    const below = values.has(key)
      ? { value: values.get(key), origin: originOf(base.origin, key) }
      : undefined;
    const joined = below ? layOver(below, ownLayer, inner, faults, [...path, key]) : ownLayer;
    values.set(key, joined.value);
    entries.set(key, joined.origin);
  }
  return { value: Object.fromEntries(values), origin: { locate: own.origin.locate, entries } };
}

function originOf(origin: Origin, key: string): Origin {
  return origin.entries?.get(key) ?? { locate: origin.locate };
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The mapping that a value may be. */
function mappingIn(schema: z.core.$ZodType): z.ZodObject | z.ZodRecord | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return mappingIn(schema.unwrap());
  if (schema instanceof z.ZodUnion)
    return schema.options.map(mappingIn).find((option) => option !== undefined);
  return schema instanceof z.ZodObject || schema instanceof z.ZodRecord ? schema : undefined;
}

function schemaOf(mapping: z.ZodObject | z.ZodRecord, key: string): z.core.$ZodType | undefined {
  if (mapping instanceof z.ZodRecord) return mapping.valueType;
  return Object.hasOwn(mapping.shape, key) ? (mapping.shape[key] as z.core.$ZodType) : undefined;
}

function mayBeTakenOut(
  mapping: z.ZodObject | z.ZodRecord | undefined,
  inner: z.core.$ZodType | undefined,
): boolean {
  if (!inner) return true;
  if (mapping instanceof z.ZodRecord) return !(inner instanceof z.ZodNullable);
  return inner instanceof z.ZodOptional && !(inner.unwrap() instanceof z.ZodNullable);
}
