import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { z } from "zod";
import { InvalidOptions } from "../options/check-options";
import type { SimulatorOptions } from "../options/options";
import { DEFAULT_TIMING_PROFILE } from "../world/timing-profile";
import { STORAGE_TYPES, type StorageTypeName } from "../world/storage-types";

const seconds = z.number().optional();

const FILE = z.strictObject({
  host: z.string().optional(),
  port: z.number().optional(),
  speed: z.number().optional(),
  nodes: z.array(z.string()).optional(),
  bridges: z.array(z.string()).optional(),
  pools: z.array(z.string()).optional(),
  storages: z
    .array(
      z.strictObject({
        id: z.string(),
        type: z.enum(Object.keys(STORAGE_TYPES) as StorageTypeName[]),
        sizeGiB: z.number(),
        shared: z.boolean().optional(),
        nodes: z.array(z.string()).optional(),
        content: z.array(z.string()).optional(),
        disabled: z.boolean().optional(),
        path: z.string().optional(),
      }),
    )
    .optional(),
  templates: z
    .array(
      z.strictObject({
        vmid: z.number(),
        name: z.string(),
        node: z.string().optional(),
        storage: z.string(),
        diskGiB: z.number().optional(),
        agent: z.boolean().optional(),
        config: z.record(z.string(), z.string()).optional(),
      }),
    )
    .optional(),
  vms: z
    .array(
      z.strictObject({
        vmid: z.number(),
        node: z.string().optional(),
        config: z.record(z.string(), z.string()),
        agent: z.boolean().optional(),
        pool: z.string().optional(),
      }),
    )
    .optional(),
  hardware: z.strictObject({ cpus: z.number().optional(), memoryGiB: z.number().optional() }).optional(),
  token: z
    .strictObject({
      user: z.string().optional(),
      tokenId: z.string().optional(),
      secret: z.string().optional(),
    })
    .optional(),
  profile: z
    .strictObject(Object.fromEntries(Object.keys(DEFAULT_TIMING_PROFILE).map((name) => [name, seconds])))
    .optional(),
});

/**
 * Reads options from a YAML or JSON file.
 *
 * @throws InvalidOptions with every fault of the file's shape, or why it cannot be read
 */
export function readConfigFile(path: string): SimulatorOptions {
  const document = parseDocument(readText(path), { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new InvalidOptions(
      document.errors.map(({ message }) => `${path}: ${message.split("\n")[0] ?? ""}`),
    );
  }
  const result = FILE.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  throw new InvalidOptions(
    result.error.issues.flatMap((issue) => {
      const where = issue.path.length === 0 ? "the top" : printPath(issue.path);
      if (issue.code !== "unrecognized_keys") return `${path}: ${where}: ${issue.message}`;
      return issue.keys.map(
        (key) => `${path}: ${where}: unknown key '${key}'; see docs/SIMULATOR.md for all keys`,
      );
    }),
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidOptions([`--config ${path}: cannot be read: ${cause}`]);
  }
}

function printPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
