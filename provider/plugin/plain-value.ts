import { parseExactNumber } from "./number-text";
import type { AttributeType, Block } from "./schema";
import type { ObjectValue, Path, Value } from "./value";
import { UNKNOWN } from "./value";
import { ValueError } from "./value-error";

/*
 * Between what a serializer reads and writes ("plain") and the values of a schema. The serializers differ,
 * the walk along the schema does not.
 */

function isRecord(plain: unknown): plain is Record<string, unknown> {
  return typeof plain === "object" && plain !== null && !Array.isArray(plain);
}

function misfit(path: Path, wanted: string, got: unknown): ValueError {
  const kind = Array.isArray(got) ? "a list" : got === null ? "null" : `a ${typeof got}`;
  return new ValueError(path, `The value must be ${wanted}; got ${kind}.`);
}

function numberFromPlain(plain: unknown, path: Path): number {
  const number =
    typeof plain === "string"
      ? parseExactNumber(plain)
      : typeof plain === "bigint" || typeof plain === "number"
        ? Number(plain)
        : undefined;
  if (number === undefined && typeof plain !== "string") throw misfit(path, "a number", plain);
  // The digits are left out: the attribute may be sensitive, and Terraform shows the line it stands on.
  if (number === undefined || (Number.isInteger(number) && !Number.isSafeInteger(number))) {
    throw new ValueError(
      path,
      "The number cannot be held exactly. Whole numbers may be at most 9007199254740991 either side of zero, " +
        "others may have at most 15 significant digits. Use a number within these bounds.",
    );
  }
  return number;
}

function fromPlainType(plain: unknown, type: AttributeType, path: Path): Value {
  if (plain === null || plain === undefined) return null;
  if (plain === UNKNOWN) return UNKNOWN;
  if (type === "number") return numberFromPlain(plain, path);
  if (type === "string" || type === "bool") {
    if (type === "string" && typeof plain === "string") return plain;
    if (type === "bool" && typeof plain === "boolean") return plain;
    throw misfit(path, `a ${type}`, plain);
  }
  if ("list" in type || "set" in type) {
    const element = "list" in type ? type.list : type.set;
    if (!Array.isArray(plain)) throw misfit(path, "list" in type ? "a list" : "a set", plain);
    return plain.map((item, index) => fromPlainType(item, element, [...path, index]));
  }
  if (!isRecord(plain)) throw misfit(path, "map" in type ? "a map" : "an object", plain);
  const names = "map" in type ? Object.keys(plain) : Object.keys(type.object);
  return Object.fromEntries(
    names.map((name) => {
      const element = "map" in type ? type.map : (type.object[name] ?? "string");
      return [name, fromPlainType(plain[name], element, [...path, name])];
    }),
  );
}

/**
 * Plain data as a block's values. What is missing is `null` (`[]` for list and set blocks) and what the block does
 * not know is dropped, so that state survives an attribute added or removed since it was written.
 *
 * @throws ValueError for data of another type and for numbers that a double cannot hold exactly.
 */
export function fromPlain(plain: unknown, block: Block, path: Path = []): ObjectValue {
  if (!isRecord(plain)) throw misfit(path, "an object", plain);
  const values: ObjectValue = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    values[name] = fromPlainType(plain[name], attribute.type, [...path, name]);
  }
  for (const [name, { nesting, block: inner }] of Object.entries(block.blocks ?? {})) {
    const nested = plain[name];
    const at = [...path, name];
    if (nested === UNKNOWN) values[name] = UNKNOWN;
    else if (nesting === "single") {
      values[name] = nested === null || nested === undefined ? null : fromPlain(nested, inner, at);
    } else {
      const items = nested ?? [];
      if (!Array.isArray(items)) throw misfit(at, "a list of blocks", items);
      values[name] = items.map((item: unknown, index) =>
        item === UNKNOWN ? UNKNOWN : fromPlain(item, inner, [...at, index]),
      );
    }
  }
  return values;
}

function toPlainType(value: Value | undefined, type: AttributeType, path: Path): unknown {
  if (value === undefined)
    throw new ValueError(path, "The value is missing; one that is not set must be null.");
  if (value === null || value === UNKNOWN) return value;
  if (type === "string" || type === "bool") {
    if (typeof value !== (type === "string" ? "string" : "boolean")) throw misfit(path, `a ${type}`, value);
    return value;
  }
  if (type === "number") {
    if (typeof value !== "number") throw misfit(path, "a number", value);
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
      throw new ValueError(path, `The number ${value} cannot be held exactly.`);
    }
    // As a double 0.1 would arrive as 0.1000000000000000055…, which is not what the configuration says. And whole numbers
    // as text are to Terraform 1.11 what it reads from its state; as integers they are of another precision, for which
    // plan -refresh-only -detailed-exitcode says 2 where nothing has changed.
    return String(value);
  }
  if ("list" in type || "set" in type) {
    const element = "list" in type ? type.list : type.set;
    if (!Array.isArray(value)) throw misfit(path, "a list", value);
    return value.map((item, index) => toPlainType(item, element, [...path, index]));
  }
  if (Array.isArray(value) || typeof value !== "object") {
    throw misfit(path, "map" in type ? "a map" : "an object", value);
  }
  const names = "map" in type ? Object.keys(value) : Object.keys(type.object);
  return Object.fromEntries(
    names.map((name) => {
      const element = "map" in type ? type.map : (type.object[name] ?? "string");
      return [name, toPlainType(value[name], element, [...path, name])];
    }),
  );
}

/**
 * A block's values as plain data: every attribute and block present, in the schema's order.
 *
 * @throws ValueError where a value is missing, unknown to the block, or of another type: a bug in a resource.
 */
export function toPlain(values: ObjectValue, block: Block, path: Path = []): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  const blocks = block.blocks ?? {};
  for (const name of Object.keys(values)) {
    if (name in block.attributes || name in blocks) continue;
    throw new ValueError([...path, name], "The schema has no attribute or block of this name.");
  }
  for (const [name, attribute] of Object.entries(block.attributes)) {
    plain[name] = toPlainType(values[name], attribute.type, [...path, name]);
  }
  for (const [name, { nesting, block: inner }] of Object.entries(blocks)) {
    plain[name] = nestedToPlain(values[name], nesting, inner, [...path, name]);
  }
  return plain;
}

function nestedToPlain(value: Value | undefined, nesting: string, block: Block, path: Path): unknown {
  if (value === UNKNOWN) return UNKNOWN;
  if (nesting === "single") {
    if (value === null) return null;
    if (typeof value !== "object" || Array.isArray(value)) throw misfit(path, "an object", value);
    return toPlain(value, block, path);
  }
  if (!Array.isArray(value)) throw misfit(path, "a list of blocks, empty for none", value);
  return value.map((item, index) => {
    if (item === UNKNOWN) return UNKNOWN;
    if (item === null || typeof item !== "object" || Array.isArray(item))
      throw misfit(path, "an object", item);
    return toPlain(item, block, [...path, index]);
  });
}
