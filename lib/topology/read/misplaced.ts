/** Keys that are indented one level too far out or in: known, but not where they stand. */
import { z } from "zod";
import { formatPath, quote } from "../fault";
import type { FaultPath } from "../fault";
import { membersShape } from "../schema/pool";
import { topologySchema } from "../schema/topology";

/** In place of a value whose fault is told already: nothing follows from it. */
export const TOLD = Symbol("told");

/** A mapping further out that a key belongs to, and what the key is called there. */
export interface Owner {
  readonly path: FaultPath;
  readonly key: string;
}

/** What pools and clusters call the number of their members. */
const otherCount: ReadonlyMap<string, string> = new Map([
  ["members", "count"],
  ["count", "members"],
]);

/** Keys that a cluster has only where it has no pools. */
const shortForm = new Set(["members", ...Object.keys(membersShape)]);

/** The innermost mapping around `path` that such a key belongs to; undefined where none has it. */
export function ownerAround(path: FaultPath, key: string): Owner | undefined {
  let owner: Owner | undefined;
  let schema: z.core.$ZodType | undefined = topologySchema;
  for (const [depth, segment] of path.entries()) {
    const mapping: z.ZodObject | z.ZodRecord | undefined = schema && mappingOf(schema);
    if (mapping instanceof z.ZodObject) {
      const own = ownKey(mapping, key);
      const isRefused = segment === "pools" && shortForm.has(own ?? "");
      if (own !== undefined && !isRefused) owner = { path: path.slice(0, depth), key: own };
    }
    schema =
      mapping instanceof z.ZodObject
        ? (mapping.shape[String(segment)] as z.core.$ZodType | undefined)
        : mapping?.valueType;
  }
  return owner;
}

/** What to say of a key, or of many, that belongs to a mapping further out. */
export function tooFarIn(owner: Owner, key: string, many = false): string {
  const where = owner.path.length === 0 ? "the whole file" : formatPath(owner.path);
  if (owner.key !== key) return `it is called ${owner.key} in ${where}: move it there`;
  return many
    ? `they are keys of ${where}: indent them less, or move them there`
    : `it is a key of ${where}: indent it less, or move it there`;
}

/** An entry that is no value of its mapping: whose key it is, `above` being the name of the entry above it. */
export function misplacedEntry(
  schema: z.core.$ZodType,
  path: FaultPath,
  [name, value]: readonly [string, unknown],
  above: string | undefined,
): { readonly owner?: Owner; readonly key: string; readonly fix: (many: boolean) => string } | undefined {
  const mapping = mappingOf(schema);
  if (!(mapping instanceof z.ZodObject) || value === TOLD || looksLike(mapping, value)) return undefined;
  const key = ownKey(mapping, name);
  if (key !== undefined) {
    const where = above === undefined ? "the name that it belongs to" : quote(above);
    if (key !== name) return { key, fix: () => `it is called ${key} in one of them: move it below ${where}` };
    const fix = (many: boolean): string =>
      many
        ? `they are keys of one of them: indent them more, below ${where}`
        : `it is a key of one of them: indent it more, below ${where}`;
    return { key, fix };
  }
  const owner = ownerAround(path, name);
  return owner && { owner, key: owner.key, fix: (many) => tooFarIn(owner, name, many) };
}

/** The key that holds an entry that stands beside it, at its own indentation: nothing else follows that key. */
export function keyAbove(
  { shape }: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  return Object.keys(shape).find((key) => {
    if (value[key] !== null) return false;
    const mapping = mappingOf(shape[key] as z.core.$ZodType);
    const entry = mapping instanceof z.ZodRecord ? mappingOf(mapping.valueType) : undefined;
    const inner = value[name];
    return entry instanceof z.ZodObject && looksLike(entry, inner) && Object.keys(inner ?? {}).length > 0;
  });
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
  if (below !== undefined && below !== null && !isMapping(below)) return value;
  return { ...value, [key]: withTold(below ?? {}, inner) };
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function ownKey({ shape }: z.ZodObject, key: string): string | undefined {
  return [key, otherCount.get(key)].find((one) => one !== undefined && Object.hasOwn(shape, one));
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
