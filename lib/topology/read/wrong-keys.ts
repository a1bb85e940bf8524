import { z } from "zod";
import { ask, beginningWith, nearest } from "../did-you-mean";
import type { FaultPath } from "../fault";
import { keyAbove, ownerAround, tooFarIn } from "./misplaced";
import type { Owner } from "./misplaced";
import { topologySchema } from "../schema/topology";

/** Keys that mean the same where the other is not a key, and what other tools call them. */
const sameMeaning: ReadonlyMap<string, string> = new Map([
  ["count", "members"],
  ["members", "count"],
  ["firstVmId", "vmId"],
  ["firstAddress", "address"],
  ["addresses", "address"],
  ["addresses6", "address6"],
  ["vmId", "firstVmId"],
  ["address", "firstAddress"],
  ["address6", "addresses6"],
  ["node", "nodes"],
  ["diskGiB", "sizeGiB"],
  ["cpus", "cores"],
  ["vcpus", "cores"],
  ["ram", "memoryMiB"],
  ["disks", "extraDisks"],
  ["nameservers", "dnsServers"],
  ["tag", "vlanId"],
]);

/** The mappings whose keys are often written one level too far out. */
const sections = ["proxmox", "network", "access"];

/** So many places where a key belongs are named. */
const MOST_PLACES = 3;

/** What is wrong with a key, and what was probably meant. */
export interface KeyAdvice {
  readonly problem: string;
  readonly fix: string;
  /**
   * The keys that were meant, from the object on: `[["network", "vlanId"]]`.
   * @default - none is likely
   */
  readonly meant?: readonly (readonly string[])[];
  /**
   * The mapping around the object that it belongs to.
   * @default - none
   */
  readonly owner?: Owner;
  /**
   * What to do with this one and those beside it for which it is the same.
   * @default - each is a slip of its own
   */
  readonly fixOfMany?: string;
}

/** What is wrong with a key that an object does not have, and what was probably meant. */
export function adviceOnKey(
  schema: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
  path: FaultPath,
  key: string,
): KeyAdvice {
  if (path.length === 0 && key === "extends") {
    const fix = "spread the other object into this one: { ...base, ... }";
    return { problem: "works in a file alone", fix };
  }
  const keys = Object.keys(schema.shape);
  const same = sameAs(schema, keys, key);
  const owner = same === undefined ? ownerAround(path, key) : undefined;
  if (owner) {
    const fixOfMany = owner.key === key ? tooFarIn(owner, key, true) : undefined;
    return { problem: "no such key", fix: tooFarIn(owner, key), owner, fixOfMany };
  }
  const meant = same === undefined ? nearTo(schema, keys, key) : [same];
  if (meant.length > 0) {
    const [section] = meant[0]?.split(".") ?? [];
    const isInSection = section !== undefined && meant.length === 1 && meant[0] === `${section}.${key}`;
    const fixOfMany = isInSection
      ? `they are keys of ${section}: indent them more, or move them there`
      : undefined;
    return {
      problem: "no such key",
      fix: ask(meant),
      meant: meant.map((words) => words.split(".")),
      fixOfMany,
    };
  }
  const above = keyAbove(schema, value, key);
  if (above !== undefined) {
    const below = `of the ${above}: indent`;
    return {
      problem: "no such key",
      fix: `it is one ${below} it more, below ${above}`,
      meant: [[above, key]],
      fixOfMany: `they are some ${below} them more, below ${above}`,
    };
  }
  const places = placesOf(key).slice(0, MOST_PLACES);
  if (places.length > 0) return { problem: "no such key", fix: ask(places) };
  return {
    problem: `no such key (the keys here: ${keys.join(", ")})`,
    fix: path.length === 0 ? "take it out, or begin it with x-" : "take it out",
  };
}

/** The key of the object, or of a section in it as a path with dots, that means the very same. */
function sameAs(schema: z.ZodObject, keys: readonly string[], key: string): string | undefined {
  const inside = nestedKeys(schema).get(key);
  if (inside !== undefined) return inside;
  const same = sameMeaning.get(key);
  return same !== undefined && keys.includes(same) ? same : undefined;
}

/** The keys of the object, or of a section in it, that are written nearly so or go by such a name, as paths with dots. */
function nearTo(schema: z.ZodObject, keys: readonly string[], key: string): readonly string[] {
  const near = nearest(key, keys);
  if (near.length > 0) return near;
  const nested = nestedKeys(schema);
  const begun = nested.get(sameMeaning.get(key) ?? beginningWith(key, nested.keys()) ?? "");
  return begun === undefined ? [] : [begun];
}

/** The keys one level further in, each with its path: "vlanId" is "network.vlanId" in a cluster. */
function nestedKeys(schema: z.ZodObject): Map<string, string> {
  return new Map(
    Object.entries<z.core.$ZodType>(schema.shape).flatMap(([key, inner]) => {
      const object = unwrapped(inner);
      if (!sections.includes(key) || !(object instanceof z.ZodObject)) return [];
      return Object.keys(object.shape).map((innerKey): [string, string] => [innerKey, `${key}.${innerKey}`]);
    }),
  );
}

let places: Map<string, string[]> | undefined;

/** Where in a topology there is such a key, those nearest to the top first. */
function placesOf(key: string): readonly string[] {
  places ??= allPlaces();
  return places.get(key) ?? [];
}

function allPlaces(): Map<string, string[]> {
  const found: { key: string; place: string; depth: number }[] = [];
  const visit = (schema: z.core.$ZodType, place: string, depth: number): void => {
    const inner = unwrapped(schema);
    if (inner instanceof z.ZodUnion) for (const option of inner.options) visit(option, place, depth);
    if (inner instanceof z.ZodRecord) visit(inner.valueType, `${place}.<name>`, depth + 1);
    if (!(inner instanceof z.ZodObject)) return;
    for (const [key, value] of Object.entries<z.core.$ZodType>(inner.shape)) {
      const at = place === "" ? key : `${place}.${key}`;
      found.push({ key, place: at, depth });
      // Its keys are the names of what they multiply, not the sizes that somebody misplaced.
      if (key !== "overcommit") visit(value, at, depth + 1);
    }
  };
  visit(topologySchema, "", 0);
  found.sort((a, b) => a.depth - b.depth);
  const byKey = new Map<string, string[]>();
  for (const { key, place } of found) byKey.set(key, [...(byKey.get(key) ?? []), place]);
  return byKey;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? unwrapped(schema.unwrap())
    : schema;
}
