import { checkTable } from "./check";
import { type Format, FormatError, type PropertySchema } from "./types";

/** A property string taken apart. */
export type Properties = Record<string, string>;

/**
 * Takes a property string apart and checks its parts.
 *
 * Booleans may be written as words here; they become `1` and `0`.
 *
 * @param path where it stands, for the error texts: `net0`
 * @throws FormatError
 */
export function parseProperties(schema: PropertySchema, text: string, path: string): Properties {
  const properties: Properties = {};
  for (const part of text.split(",")) {
    if (part.trim() === "") continue;
    const match = /^([^=]+)=([\s\S]+)$/.exec(part);
    if (match === null) {
      if (part.includes("=")) throw new FormatError("missing key in comma-separated list property");
      takeBareValue(schema, properties, part);
    } else {
      takePair(schema, properties, match[1] ?? "", match[2] ?? "");
    }
  }
  const errors = checkTable(properties, schema.keys, path);
  const lines = Object.entries(errors).map(([where, message]) => `${where}: ${message}`);
  if (lines.length > 0) throw new FormatError(["format error", ...lines].join("\n"));
  return properties;
}

/**
 * Puts a property string together: the default key first and bare, the others in the order of the alphabet.
 */
export function printProperties(schema: PropertySchema, properties: Properties): string {
  const { defaultKey } = schema;
  const first = defaultKey === undefined ? undefined : properties[defaultKey];
  const rest = Object.keys(properties)
    .filter((key) => key !== defaultKey)
    .sort()
    .map((key) => `${key}=${properties[key] ?? ""}`);
  return [...(first === undefined ? [] : [first]), ...rest].join(",");
}

/**
 * The format of a parameter whose value is a property string.
 *
 * @param name what the API's schema calls it. Absent where it spells the parts out
 */
export function propertyFormat(schema: PropertySchema, name?: string): Format {
  return {
    name,
    properties: schema,
    check: (value, path) => {
      parseProperties(schema, value, path);
    },
  };
}

function takeBareValue(schema: PropertySchema, properties: Properties, value: string): void {
  const key = schema.defaultKey;
  if (key === undefined) throw new FormatError("value without key, but schema does not define a default key");
  store(schema, properties, key, value);
}

function takePair(schema: PropertySchema, properties: Properties, name: string, value: string): void {
  const alias = schema.aliases?.[name];
  if (alias?.keyAlias !== undefined) {
    if (properties[alias.keyAlias] !== undefined) {
      throw new FormatError(`key alias '${alias.keyAlias}' is already defined`);
    }
    properties[alias.keyAlias] = name;
  }
  store(schema, properties, alias?.alias ?? name, value);
}

function store(schema: PropertySchema, properties: Properties, key: string, value: string): void {
  if (properties[key] !== undefined) {
    throw new FormatError(`duplicate key in comma-separated list property: ${key}`);
  }
  properties[key] = schema.keys[key]?.type === "boolean" ? (readBoolean(value) ?? value) : value;
}

/** Reads `1|on|yes|true` and `0|off|no|false`, as property strings may write them. */
function readBoolean(value: string): "0" | "1" | undefined {
  if (/^(1|on|yes|true)$/i.test(value)) return "1";
  if (/^(0|off|no|false)$/i.test(value)) return "0";
  return undefined;
}
