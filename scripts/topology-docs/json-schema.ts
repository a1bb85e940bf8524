import { z } from "zod";
import { topologyFileSchema } from "../../lib/topology/schema/topology";
import { InputTypes } from "./input-types";
import { keyDocs } from "./key-docs";
import type { KeyDoc } from "./key-docs";

/** What of JSON Schema is used here. */
interface Schema {
  $schema?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  minProperties?: number;
  required?: string[];
  anyOf?: Schema[];
  items?: Schema;
  minItems?: number;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  if?: Schema;
  else?: Schema;
}

/**
 * The JSON Schema of a topology file, for editors: draft 7, the newest that all of them read. It says which keys there
 * are, their words, bounds and defaults. What several values together must keep, and what a text stands for, it leaves
 * to `npm run topology`. A file that extends another may leave out whatever the other says.
 */
export function topologyJsonSchema(): object {
  const types = new InputTypes();
  const docs = keyDocs(topologyFileSchema, types.named("TopologyFileInput"), types);
  const schema = z.toJSONSchema(topologyFileSchema, { target: "draft-7", io: "input" }) as Schema;
  const required = requirementsOf(schema);
  describe(schema, docs);
  tidy(schema);
  return {
    $schema: schema.$schema,
    title: "Topology",
    description: "Rancher clusters on Proxmox VE. See docs/CONFIGURATION.md.",
    type: "object",
    properties: schema.properties,
    // A place for anchors.
    patternProperties: { "^x-": {} },
    additionalProperties: false,
    if: { required: ["extends"] },
    else: required,
  } satisfies Schema;
}

/** Puts the words of keys into the schemas of their values. */
function describe(schema: Schema, docs: readonly KeyDoc[]): void {
  for (const doc of docs) {
    const property = schema.properties?.[doc.key];
    if (!property) continue;
    const { fallback } = doc;
    const words = fallback && "words" in fallback ? ` Default: ${fallback.words}.` : "";
    property.description = `${doc.meaning}${words}`;
    if (fallback && "value" in fallback) property.default = fallback.value;
    if (doc.example !== undefined) property.examples = [doc.example];
    const options = [property, ...(property.anyOf ?? [])];
    const keys = doc.keys;
    if (keys) for (const option of options) describe(option, keys);
    for (const { additionalProperties: entry } of options) {
      if (typeof entry !== "object") continue;
      for (const option of [entry, ...(entry.anyOf ?? [])]) describe(option, doc.entryKeys ?? []);
      // Null takes an entry out of what an extended file says.
      allowNull(entry);
    }
    if (!doc.required) allowNull(property);
  }
}

/** Null is nothing, or takes out what an extended file says. */
function allowNull(schema: Schema): void {
  if (schema.anyOf) {
    if (!schema.anyOf.some(({ type }) => type === "null")) schema.anyOf.push({ type: "null" });
    return;
  }
  const types = [schema.type ?? []].flat();
  if (!types.includes("null")) schema.type = [...types, "null"];
  if (schema.enum && !schema.enum.includes(null)) schema.enum.push(null);
}

/** The keys that a whole topology must have, all else left out; undefined where there are none. */
function requirementsOf(schema: Schema): Schema | undefined {
  const mapping = schema.anyOf?.find(({ type }) => type === "object") ?? schema;
  const { required, properties = {}, additionalProperties: entry } = mapping;
  const inner = Object.entries(properties).flatMap(([key, value]): [string, Schema][] => {
    const found = requirementsOf(value);
    return found ? [[key, found]] : [];
  });
  const ofEntry = typeof entry === "object" ? requirementsOf(entry) : undefined;
  if (!required && inner.length === 0 && !ofEntry) return undefined;
  return {
    ...(required ? { required } : {}),
    ...(inner.length > 0 ? { properties: Object.fromEntries(inner) } : {}),
    ...(ofEntry ? { additionalProperties: ofEntry } : {}),
  };
}

/** Takes out what says nothing, and what holds for a whole topology alone. */
function tidy(schema: Schema): void {
  delete schema.required;
  if (schema.minProperties === 0) delete schema.minProperties;
  if (schema.minItems === 0) delete schema.minItems;
  const { properties = {}, additionalProperties: entry, anyOf = [], items, propertyNames } = schema;
  for (const inner of [...Object.values(properties), ...anyOf, entry, items, propertyNames]) {
    if (typeof inner === "object") tidy(inner);
  }
}
