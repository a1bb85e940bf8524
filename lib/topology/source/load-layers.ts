import * as fs from "node:fs";
import * as path from "node:path";
import { quote } from "../fault";
import type { Fault, FaultPath } from "../fault";
import { allowedFor } from "../read/allowed";
import { extendedFiles, topologySchema } from "../schema/topology";
import { layOver } from "./layer";
import type { Layer } from "./layer";
import { readText } from "./read-text";
import { readSource } from "./yaml-source";
import type { Source } from "./yaml-source";

/** So many files one topology may be made of. */
const MOST_FILES = 16;

/** What the files of one topology hold together. */
export interface LoadedLayers {
  /** Undefined where one of them cannot be read, which is among the faults then. */
  readonly layer: Layer | undefined;
  readonly faults: readonly Fault[];
  /** Paths without links of those that were read, the first file's first. */
  readonly files: readonly string[];
}

/** One file on the way from the first to those that it extends. */
interface Visit {
  /** Its path, as errors name it. */
  readonly file: string;
  /** Its path without links. */
  readonly real: string;
  /** The visit of the file that extends it; none for the first. */
  readonly from?: Visit;
}

/** What the visits share. */
interface Loading {
  readonly faults: Fault[];
  /** By the path without links. */
  readonly layers: Map<string, Layer | undefined>;
}

/** Why a file cannot be extended, and what to do. */
type Refusal = readonly [problem: string, fix: string];

/**
 * Joins what a file says with what the files say that it extends (`extends`): each stands over those that it names,
 * a later one of these over an earlier.
 * @param text of the file
 * @param file its path, as the user gave it; those that it names are relative to its folder
 */
export function loadLayers(text: string, file: string): LoadedLayers {
  const loading: Loading = { faults: [], layers: new Map() };
  const layer = readLayer(text, { file, real: realPath(file) }, loading);
  return { layer, faults: loading.faults, files: [...loading.layers.keys()] };
}

function readLayer(text: string, visit: Visit, loading: Loading): Layer | undefined {
  loading.layers.set(visit.real, undefined);
  const source = readSource(text, visit.file.toLowerCase().endsWith(".json") ? "JSON" : "YAML");
  const { value, faults, locate } = visit.from ? inFile(source, visit.file) : source;
  loading.faults.push(...faults);
  if (value === undefined) return undefined;
  if (!isMapping(value) || !Object.hasOwn(value, "extends")) return { value, origin: { locate } };
  const { extends: names, ...rest } = value;
  const add = (at: FaultPath, [problem, fix]: Refusal): void => {
    loading.faults.push({ path: at, problem, fix, position: locate(at) });
  };
  const below = (Array.isArray(names) ? names : [names]).map((name: unknown, index) => {
    const layer = extendedLayer(name, visit, loading);
    if (!("refusal" in layer)) return layer.layer;
    add(Array.isArray(names) ? ["extends", index] : ["extends"], layer.refusal);
    return undefined;
  });
  const own: Layer = { value: rest, origin: { locate } };
  return [...below, own].reduce(
    (lower, upper) => lower && upper && layOver(lower, upper, topologySchema, loading.faults),
  );
}

function extendedLayer(
  name: unknown,
  from: Visit,
  loading: Loading,
): { readonly layer: Layer | undefined } | { readonly refusal: Refusal } {
  if (typeof name !== "string" || name === "") {
    return { refusal: [`got ${quote(name)}`, allowedFor(extendedFiles)] };
  }
  const file = path.isAbsolute(name) ? name : path.join(path.dirname(from.file), name);
  const visit: Visit = { file, real: realPath(file), from };
  const trail = trailOf(visit);
  if (trail.slice(0, -1).some(({ real }) => real === visit.real)) {
    const circle = trail.map((passed) => passed.file).join(" -> ");
    return {
      refusal: [
        `got ${quote(name)}, so the files extend each other in a circle: ${circle}`,
        "take one of these extends out",
      ],
    };
  }
  if (loading.layers.has(visit.real)) return { layer: loading.layers.get(visit.real) };
  if (loading.layers.size >= MOST_FILES) {
    return { refusal: [`got ${quote(name)}, one more than ${MOST_FILES} files in all`, "join some of them"] };
  }
  const text = readText(file, "");
  if (typeof text === "object")
    return { refusal: [`got ${quote(name)} (${file}: ${text.problem})`, text.fix] };
  const layer = readLayer(text, visit, loading);
  loading.layers.set(visit.real, layer);
  if (!layer || isMapping(layer.value)) return { layer };
  return {
    refusal: [
      `got ${quote(name)}, which holds ${quote(layer.value)}`,
      "must be a file that holds a mapping, as a topology does",
    ],
  };
}

/** The visits that led to one, the first file first. */
function trailOf(visit: Visit): Visit[] {
  return [...(visit.from ? trailOf(visit.from) : []), visit];
}

/** A source whose positions name its file. */
function inFile(source: Source, file: string): Source {
  return {
    value: source.value,
    faults: source.faults.map((fault) => ({
      ...fault,
      position: { line: 1, column: 1, ...fault.position, file },
    })),
    locate: (at) => {
      const position = source.locate(at);
      return position && { ...position, file };
    },
  };
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function realPath(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}
