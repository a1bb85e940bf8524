import type { AttributeType } from "./schema";
import { UNKNOWN } from "./value";
import type { Value } from "./value";

/** Whether no part of a value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (value === null || typeof value !== "object") return true;
  return Object.values(value).every(isWhollyKnown);
}

/** Whether two values of a type are equal to the letter; the order of a set's elements is none. */
export function valuesEqual(left: Value, right: Value, type: AttributeType): boolean {
  if (left === right) return true;
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object") return false;
  if (typeof type === "string") return false;
  if ("list" in type || "set" in type) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    if ("list" in type) {
      return left.every((item, index) => valuesEqual(item, right[index] ?? null, type.list));
    }
    return left.every((item) => right.some((other) => valuesEqual(item, other, type.set)));
  }
  if (Array.isArray(left) || Array.isArray(right)) return false;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const other = right[name];
    const element = "map" in type ? type.map : type.object[name];
    return other !== undefined && element !== undefined && valuesEqual(left[name] ?? null, other, element);
  });
}
