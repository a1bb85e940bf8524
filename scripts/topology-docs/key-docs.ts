import type ts from "typescript";
import { z } from "zod";
import { allowedFor } from "../../lib/topology/read/allowed";
import { networkOverrideSchema } from "../../lib/topology/schema/network";
import type { InputTypes, KeyWords } from "./input-types";

/** All there is to say of one key: its words from the types, its rules from the schema. */
export interface KeyDoc extends KeyWords {
  readonly key: string;
  readonly required: boolean;
  /** "text", "whole number", "list of text". */
  readonly kind: string;
  /** What is allowed, as a fault says it without "must be"; none for mappings and for what its kind says alone. */
  readonly allowed?: string;
  /** Keys of the mapping that it holds. */
  readonly keys?: readonly KeyDoc[];
  /** Keys of each of the mappings that it holds by name. */
  readonly entryKeys?: readonly KeyDoc[];
}

/**
 * The keys of an object of the schema, in its order.
 * @throws Error where the type has other keys than the schema
 */
export function keyDocs(schema: z.ZodObject, type: ts.Type, types: InputTypes): KeyDoc[] {
  const shape = Object.entries<z.core.$ZodType>(schema.shape);
  const missing = types.keysOf(type).filter((key) => !Object.hasOwn(schema.shape, key));
  if (missing.length > 0)
    throw new Error(`lib/topology/input has keys that the schema lacks: ${missing.join(", ")}.`);
  // Its keys are those of `network`, and so are the words of their types; what holds where one is left out is not.
  const inherited = schema === networkOverrideSchema ? { fallback: { words: "as `network` has it" } } : {};
  return shape.map(([key, value]): KeyDoc => {
    const inner = unwrapped(value);
    const valueType = types.valueOf(type, key);
    const record = recordIn(inner);
    const entry = record && unwrapped(record.valueType);
    const entryType = types.entryOf(valueType);
    return {
      key,
      ...types.wordsOf(type, key),
      ...inherited,
      required: !(value instanceof z.ZodOptional),
      kind: kindOf(inner),
      allowed: saysItAll(inner) ? undefined : allowedText(inner),
      keys: inner instanceof z.ZodObject ? keyDocs(inner, valueType, types) : undefined,
      entryKeys: entry instanceof z.ZodObject && entryType ? keyDocs(entry, entryType, types) : undefined,
    };
  });
}

/** The schema of a value that is there and is not null. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? unwrapped(schema.unwrap())
    : schema;
}

function recordIn(schema: z.core.$ZodType): z.ZodRecord | undefined {
  if (schema instanceof z.ZodUnion)
    return schema.options.map(recordIn).find((option) => option !== undefined);
  return schema instanceof z.ZodRecord ? schema : undefined;
}

/** Whether there is no more to say of what is allowed than its kind. */
function saysItAll(schema: z.core.$ZodType): boolean {
  return [z.ZodObject, z.ZodRecord, z.ZodBoolean].some((kind) => schema instanceof kind);
}

function allowedText(schema: z.core.$ZodType): string {
  return allowedFor(schema).replace(/^must be /, "");
}

function kindOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodUnion) return schema.options.map(kindOf).join(" or ");
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return "mapping";
  if (schema instanceof z.ZodArray) return `list of ${kindOf(schema.element)}`;
  if (schema instanceof z.ZodBoolean) return "true or false";
  if (schema instanceof z.ZodNumber) return schema.format === "safeint" ? "whole number" : "number";
  return "text";
}
