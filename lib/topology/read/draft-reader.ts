/**
 * Reads a value of unknown shape key by key, where zod would give back nothing as soon as one key is bad.
 * A schema is turned into a reader once; what it reads is checked against the schema's own rules.
 */
import { z } from "zod";
import { quote } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { listed } from "../listed";
import { allowedFor } from "./allowed";
import { rewriting, rewritingEntry } from "./nearly-good";
import { nearestName } from "./nearest-name";
import { isMapping, misplacedEntry, TOLD, withTold } from "./misplaced";
import { adviceOnKey } from "./wrong-keys";

/**
 * Reads one value: gives back what is good of it, or undefined and tells its faults.
 * @param parent path of the mapping that it is in
 * @param key its key there; none for the whole
 */
export type Reader = (value: unknown, faults: FaultCollector, parent: FaultPath, key?: string) => unknown;

/** Keys of the whole file that are left alone: a place for anchors that several clusters share, and one for editors. */
const LEFT_ALONE = /^(x-.*|\$schema)$/s;

/** So many good values are known again at once: members have most of theirs in common. */
const MOST_REMEMBERED = 1000;

/** The reader of what a schema describes. */
export function readerOf(schema: z.core.$ZodType): Reader {
  if (schema instanceof z.ZodOptional) return readerOf(schema.unwrap());
  if (schema instanceof z.ZodNullable) {
    const read = readerOf(schema.unwrap());
    return (value, ...where) => (value === null ? null : read(value, ...where));
  }
  if (schema instanceof z.ZodObject) return objectReader(schema);
  if (schema instanceof z.ZodRecord) return recordReader(schema);
  if (schema instanceof z.ZodUnion) return unionReader(schema);
  return leafReader(schema);
}

function objectReader(schema: z.ZodObject): Reader {
  const entries = Object.entries<z.core.$ZodType>(schema.shape);
  const readers = new Map(entries.map(([key, inner]) => [key, readerOf(inner)]));
  const required = entries.filter(([, inner]) => !(inner instanceof z.ZodOptional));
  const requiredKeys = new Set(required.map(([key]) => key));
  const emptyWhenNull = new Set(entries.filter(([, inner]) => holdsKeys(inner)).map(([key]) => key));
  const allowed = allowedFor(schema);
  return (value, faults, parent, ownKey) => {
    const path = pathTo(parent, ownKey);
    if (!isMapping(value)) {
      faults.add(path, `got ${quote(value)}`, allowed);
      return undefined;
    }
    const strays = Object.keys(value).filter(
      (key) => value[key] !== undefined && !readers.has(key) && (path.length > 0 || !LEFT_ALONE.test(key)),
    );
    let whole: Readonly<Record<string, unknown>> = value;
    const advised = strays.map((key) => ({ key, ...adviceOnKey(schema, value, path, key) }));
    for (const [first, ...others] of alike(advised, ({ key, fixOfMany }) => fixOfMany ?? `one ${key}`)) {
      if (others.length === 0) faults.add([...path, first.key], first.problem, first.fix);
      else faults.add([...path, first.key], first.problem + norAre(others), first.fixOfMany ?? first.fix);
    }
    for (const { key, meant = [], owner } of advised) {
      if (owner) faults.strays.push([...owner.path, owner.key]);
      for (const keys of meant) {
        const [section = key] = keys;
        // A section that must be there, and is not, is told as that.
        const isMissing = keys.length > 1 && whole[section] === undefined;
        if (!isMissing || !requiredKeys.has(section)) whole = withTold(whole, keys);
      }
    }
    const draft: Record<string, unknown> = {};
    const straysBefore = faults.strays.length;
    for (const [key, inner] of Object.entries(whole)) {
      const read = readers.get(key);
      if (inner === TOLD) draft[key] = undefined;
      else if (read && inner !== undefined && (inner !== null || !emptyWhenNull.has(key)))
        draft[key] = read(inner, faults, path, key);
    }
    for (const stray of faults.strays.slice(straysBefore)) {
      const key = String(stray.at(-1));
      const isOwn = stray.length === path.length + 1;
      if (isOwn && !Object.hasOwn(draft, key)) draft[key] = undefined;
    }
    for (const [key, inner] of required) {
      if (Object.hasOwn(draft, key)) continue;
      faults.add([...path, key], "is missing", allowedFor(inner));
      draft[key] = undefined;
    }
    return draft;
  };
}

function recordReader(schema: z.ZodRecord): Reader {
  const { keyType, valueType } = schema;
  const read = readerOf(valueType);
  const allowed = allowedFor(schema);
  const { minProperties: least, maxProperties: most } = schema.meta() as {
    minProperties: number;
    maxProperties: number;
  };
  return (value, faults, parent, ownKey) => {
    const path = pathTo(parent, ownKey);
    if (!isMapping(value)) {
      faults.add(path, `got ${quote(value)}`, allowed);
      return undefined;
    }
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    if (entries.length < least) {
      faults.add(path, "got an empty mapping", allowed);
      return undefined;
    }
    if (entries.length > most) {
      faults.add(path, `got ${entries.length} entries`, `at most ${most} fit here: split it`);
      return undefined;
    }
    const misplaced = new Map<string, { key: string; fix: (many: boolean) => string }>();
    let whole: Readonly<Record<string, unknown>> = value;
    let above: string | undefined;
    for (const [name, inner] of entries) {
      const found = misplacedEntry(valueType, path, [name, inner], above);
      if (!found) {
        above = name;
        continue;
      }
      misplaced.set(name, { ...found, key: name });
      if (found.owner) faults.strays.push([...found.owner.path, found.key]);
      else if (above !== undefined) whole = withTold(whole, [above, found.key]);
    }
    for (const [first, ...others] of alike([...misplaced.values()], ({ fix }) => fix(true))) {
      const problem = `stands among the ${String(path.at(-1))}, but is none${norAre(others)}`;
      faults.add([...path, first.key], problem, first.fix(others.length > 0));
    }
    // Without a prototype: a name such as "constructor" is there only where it was given.
    const draft = Object.create(null) as Record<string, unknown>;
    for (const [name] of entries) {
      if (misplaced.has(name) || whole[name] === TOLD) {
        draft[name] = undefined;
        continue;
      }
      const named = z.safeParse(keyType, name);
      if (!named.success) faults.add([...path, name], ...nearestName(keyType, name, named.error));
      draft[name] = read(whole[name], faults, path, name);
    }
    return draft;
  };
}

/** Reads with the option that is of the value's kind, so that the faults are about what was meant. */
function unionReader(schema: z.ZodUnion): Reader {
  const options = new Map(schema.options.map((option) => [kindOfSchema(option), readerOf(option)]));
  const allowed = allowedFor(schema);
  return (value, faults, parent, key) => {
    const read = options.get(kindOf(value));
    if (read) return read(value, faults, parent, key);
    faults.add(pathTo(parent, key), `got ${quote(value)}`, allowed + rewriting(schema, value));
    return undefined;
  };
}

function leafReader(schema: z.core.$ZodType): Reader {
  const good = new Set<unknown>();
  return (value, faults, parent, key) => {
    if (good.has(value)) return value;
    const parsed = z.safeParse(schema, value);
    if (parsed.success) {
      if (typeof value !== "object" && good.size < MOST_REMEMBERED) good.add(value);
      return value;
    }
    const told = new Set<string>();
    for (const issue of parsed.error.issues) {
      const inside = issue.path.filter((segment) => typeof segment !== "symbol");
      // One value can break several rules at once; they all say the same thing that is allowed.
      if (told.has(inside.join())) continue;
      told.add(inside.join());
      const got = inside.reduce<unknown>(
        (outer, index) => (Array.isArray(outer) ? outer[Number(index)] : outer),
        value,
      );
      const [index] = inside;
      const instead =
        typeof index === "number" && Array.isArray(value)
          ? rewritingEntry(schema, value, index)
          : rewriting(schema, value);
      faults.add([...pathTo(parent, key), ...inside], `got ${quote(got)}`, issue.message + instead);
    }
    return undefined;
  };
}

function pathTo(parent: FaultPath, key: string | undefined): FaultPath {
  return key === undefined ? parent : [...parent, key];
}

/** Whether the value of an optional key is a mapping, which may as well be empty: nothing follows the colon. */
function holdsKeys(schema: z.core.$ZodType): boolean {
  if (!(schema instanceof z.ZodOptional)) return false;
  const inner = schema.unwrap();
  return inner instanceof z.ZodObject || inner instanceof z.ZodRecord;
}

/** What belongs together, in the order of the first ones. */
function alike<T>(all: readonly T[], by: (one: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return [...groups.values()];
}

/** ", nor are a, b": the others for which the same holds. */
function norAre(others: readonly { readonly key: string }[]): string {
  if (others.length === 0) return "";
  return `, nor ${others.length === 1 ? "is" : "are"} ${listed(others.map(({ key }) => key))}`;
}

function kindOf(value: unknown): string {
  return isMapping(value) ? "mapping" : Array.isArray(value) ? "list" : typeof value;
}

function kindOfSchema(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodRecord || schema instanceof z.ZodObject) return "mapping";
  if (schema instanceof z.ZodArray) return "list";
  return schema instanceof z.ZodString ? "string" : "number";
}
