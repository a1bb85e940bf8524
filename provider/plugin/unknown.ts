import { UNKNOWN } from "./value";
import type { ObjectValue, Path, Value } from "./value";

/** Where a value is unknown, in the order of its schema. */
export function unknownPaths(value: Value, path: Path = []): Path[] {
  if (value === UNKNOWN) return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownPaths(item, [...path, index]));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, item]) => unknownPaths(item, [...path, name]));
}

function withoutUnknown(value: Value): Value {
  if (value === UNKNOWN) return null;
  if (Array.isArray(value)) return value.filter((item) => item !== UNKNOWN).map(withoutUnknown);
  return value === null || typeof value !== "object" ? value : settled(value);
}

/** The same values with `null` for what is unknown: state, which Terraform reads back, may hold no unknown. */
export function settled(values: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, withoutUnknown(value)]));
}

/** A path as a person writes it: `disk[0].size`. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}
