/** Stands for a value that is known only after apply. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A Terraform value: `null` for one that is not set, {@link UNKNOWN} for one that is not known yet. */
export type Value = null | boolean | number | string | typeof UNKNOWN | Value[] | ObjectValue;

/** The values of a block by name: every attribute and nested block of its schema is present. */
export interface ObjectValue {
  [name: string]: Value;
}

/** One step into a value: an attribute's or a map element's name, or a list element's index. */
export type PathStep = string | number;

/** Where a value stands in its resource, outermost first. */
export type Path = readonly PathStep[];

/** Whether a value is an object or a map. */
export function isObjectValue(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
