import { FormatError, type ParameterSchema, type ParameterTable, type RawParameters } from "./types";

/** Error texts by path (`cores`, `net0.tag`). */
type SchemaErrors = Record<string, string>;

const TYPE_PATTERNS = {
  integer: /^[+-]?\d+$/,
  number: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/,
  boolean: /^[01]$/,
} as const;

/**
 * Checks values against a table, with the API's own texts.
 *
 * Used for the parameters of a call and, one level down, for the parts of a property string.
 *
 * @param path prefix of the paths of the errors: `net0`; empty for the parameters of a call
 */
export function checkTable(values: RawParameters, table: ParameterTable, path: string): SchemaErrors {
  const errors: SchemaErrors = {};
  const pathOf = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const add = (where: string, text: string): void => {
    const earlier = errors[where];
    errors[where] = earlier === undefined ? text : `${earlier}\\n${text}`;
  };
  for (const name of Object.keys(values).sort()) {
    if (Object.hasOwn(table, name)) continue;
    add(
      pathOf(name),
      "property is not defined in schema and the schema does not allow additional properties",
    );
  }
  for (const [name, schema] of Object.entries(table)) {
    const value = values[name];
    if (value === undefined || value === null) {
      if (schema.optional !== true) add(pathOf(name), "property is missing and it is not optional");
      continue;
    }
    if (schema.requires !== undefined && values[schema.requires] === undefined) {
      add(pathOf(schema.requires), `missing property required by '${pathOf(name)}'`);
    }
    const text = checkValue(value, schema, pathOf(name));
    if (text !== undefined) add(pathOf(name), text);
  }
  return errors;
}

function checkValue(
  value: string | readonly string[],
  schema: ParameterSchema,
  path: string,
): string | undefined {
  if (schema.type === "array") return undefined;
  if (typeof value !== "string") return `type check ('${schema.type}') failed - got ARRAY`;
  if (schema.type !== "string" && !TYPE_PATTERNS[schema.type].test(value)) {
    return `type check ('${schema.type}') failed - got '${value}'`;
  }
  return checkFormat(value, schema, path) ?? checkBounds(value, schema);
}

function checkFormat(value: string, schema: ParameterSchema, path: string): string | undefined {
  try {
    schema.format?.check(value, path);
    return undefined;
  } catch (error) {
    if (error instanceof FormatError) return `invalid format - ${error.message}`;
    throw error;
  }
}

function checkBounds(value: string, schema: ParameterSchema): string | undefined {
  // The server, too, puts its anchors around the pattern as it stands, alternatives or not.
  if (schema.pattern !== undefined && !new RegExp(`^${schema.pattern.source}$`).test(value)) {
    return "value does not match the regex pattern";
  }
  if (schema.maxLength !== undefined && countCharacters(value) > schema.maxLength) {
    return `value may only be ${schema.maxLength} characters long`;
  }
  if (schema.minLength !== undefined && countCharacters(value) < schema.minLength) {
    return `value must be at least ${schema.minLength} characters long`;
  }
  if (schema.maximum !== undefined && Number(value) > schema.maximum) {
    return `value must have a maximum value of ${schema.maximum}`;
  }
  if (schema.minimum !== undefined && Number(value) < schema.minimum) {
    return `value must have a minimum value of ${schema.minimum}`;
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return `value '${value}' does not have a value in the enumeration '${schema.enum.join(", ")}'`;
  }
  return undefined;
}

/** Characters as the server counts them: one for each code point. */
function countCharacters(text: string): number {
  return Array.from(text).length;
}
