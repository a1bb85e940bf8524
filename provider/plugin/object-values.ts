import { UNKNOWN, type ObjectValue, type Value } from "./value";

/** A value as messages show it. */
export function showValue(value: Value): string {
  if (value === UNKNOWN) return "a value known only after apply";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** An attribute that holds a text; `undefined` where it is unset or unknown. */
export function optionalText(values: ObjectValue, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/**
 * An attribute that always holds a text or number.
 *
 * @throws Error where it does not: a bug
 */
export function requiredText(values: ObjectValue, name: string): string {
  const value = values[name];
  if (typeof value !== "string" && typeof value !== "number") throw new Error(`${name} has no known value`);
  return String(value);
}
