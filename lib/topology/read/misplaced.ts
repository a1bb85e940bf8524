/** Keys that are indented one level too far out or in: known, but not where they stand. */
import { z } from "zod";
import { formatPath, quote } from "../fault";
import type { FaultPath } from "../fault";
import { topologySchema } from "../schema/topology";

/** In place of a value whose fault is told already: nothing follows from it. */
export const TOLD = Symbol("told");

/** A key of the innermost mapping around `path` that has such a key; undefined where none has. */
export function ownerAround(path: FaultPath, key: string): FaultPath | undefined {
  let owner: FaultPath | undefined;
  let schema: z.core.$ZodType | undefined = topologySchema;
  for (const [depth, segment] of path.entries()) {
    const mapping: z.ZodObject | z.ZodRecord | undefined = schema && mappingOf(schema);
    if (mapping instanceof z.ZodObject && Object.hasOwn(mapping.shape, key)) owner = path.slice(0, depth);
    schema =
      mapping instanceof z.ZodObject
        ? (mapping.shape[String(segment)] as z.core.$ZodType | undefined)
        : mapping?.valueType;
  }
  return owner;
}

/** What to say of a key that belongs to a mapping further out. */
export function tooFarIn(owner: FaultPath): string {
  return `it is a key of ${owner.length === 0 ? "the whole file" : formatPath(owner)}: indent it less, or move it there`;
}

/** What to say of an entry that is no value of its mapping, but a key of one, or of a mapping further out: its owner. */
export function misplacedEntry(
  schema: z.core.$ZodType,
  path: FaultPath,
  [name, value]: readonly [string, unknown],
  above: string | undefined,
): { readonly fix: string; readonly owner?: FaultPath } | undefined {
  const mapping = mappingOf(schema);
  if (!(mapping instanceof z.ZodObject) || looksLike(mapping, value)) return undefined;
  if (Object.hasOwn(mapping.shape, name)) {
    const where = above === undefined ? "the name that it belongs to" : quote(above);
    return { fix: `it is a key of one of them: indent it more, below ${where}` };
  }
  const owner = ownerAround(path, name);
  return owner && { fix: tooFarIn(owner), owner };
}

/** A value in which nothing is missing that is told of elsewhere; the same value where it has these keys already. */
export function withTold(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  const [key, ...inner] = keys;
  if (key === undefined) return value;
  const below = Object.hasOwn(value, key) ? value[key] : undefined;
  if (inner.length === 0) return below === undefined ? { ...value, [key]: TOLD } : value;
  if (below !== undefined && !isMapping(below)) return value;
  return { ...value, [key]: withTold(below ?? {}, inner) };
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a mapping with at least one key of a schema, or with none at all. */
function looksLike({ shape }: z.ZodObject, value: unknown): boolean {
  if (!isMapping(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 0 || keys.some((key) => Object.hasOwn(shape, key));
}

/** The mapping that a value may be. */
export function mappingOf(schema: z.core.$ZodType): z.ZodObject | z.ZodRecord | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return mappingOf(schema.unwrap());
  if (schema instanceof z.ZodUnion)
    return schema.options.map(mappingOf).find((option) => option !== undefined);
  return schema instanceof z.ZodObject || schema instanceof z.ZodRecord ? schema : undefined;
}
