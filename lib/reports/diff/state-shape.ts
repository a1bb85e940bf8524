/** Text that is Terraform's but no state that can be compared: the user's mistake. */
export class StateError extends Error {
  override readonly name = "StateError";
}

/**
 * What to tell of a value that is not what Terraform writes.
 * @param where what the value is called, such as "resources[0]"
 * @param expected what belongs there, such as "a list"
 */
export function misshapen(where: string, value: unknown, expected: string): StateError {
  return new StateError(
    `is Terraform state that is damaged: got ${kindOf(value)} at ${where}, where ${expected} belongs; restore it from a backup, or ` +
      "give what `terraform state pull` prints",
  );
}

/**
 * An object of Terraform's JSON.
 * @param where what it is called in an error, such as "resources[0]"
 * @throws StateError where it is none
 */
export function objectAt(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw misshapen(where, value, "an object");
}

/**
 * A list of Terraform's JSON.
 * @throws StateError where it is none
 */
export function listAt(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw misshapen(where, value, "a list");
}

/**
 * A text of Terraform's JSON.
 * @throws StateError where it is none
 */
export function textAt(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  throw misshapen(where, value, "a text");
}

/** Whether a value is what JSON calls an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** State holds secrets, so that what is told of a value is its kind alone. */
function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? "a text" : `a ${typeof value}`;
}
