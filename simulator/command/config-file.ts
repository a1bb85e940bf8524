import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { z } from "zod";
import { checkRules } from "../faults/check-rules";
import type { FaultRule } from "../faults/rule";
import { InvalidOptions } from "../options/check-options";
import type { SimulatorOptions } from "../options/options";
import { DEFAULT_TIMING_PROFILE } from "../world/timing-profile";
import { STORAGE_TYPES, type StorageTypeName } from "../world/storage-types";

const seconds = z.number().optional();

const FILE = z.strictObject({
  host: z.string().optional(),
  port: z.number().optional(),
  controlPort: z.number().optional(),
  speed: z.number().optional(),
  nodes: z.array(z.string()).optional(),
  bridges: z.array(z.string()).optional(),
  bridgesWithoutPort: z.array(z.string()).optional(),
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
        system: z.enum(["agent", "plain", "none"]).optional(),
        running: z.boolean().optional(),
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
  access: z
    .strictObject({
      userConfig: z.string().optional(),
      secrets: z.record(z.string(), z.string()).optional(),
      passwords: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  profile: z
    .strictObject(Object.fromEntries(Object.keys(DEFAULT_TIMING_PROFILE).map((name) => [name, seconds])))
    .optional(),
  // Checked with the other options: their texts name every rule's place.
  faults: z.custom<readonly FaultRule[]>(() => true).optional(),
});

/**
 * Reads options from a YAML or JSON file.
 *
 * @throws InvalidOptions with every fault of the file's shape, or why it cannot be read
 */
export function readConfigFile(path: string): SimulatorOptions {
  const result = FILE.safeParse(readYaml("--config", path) ?? {});
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

/**
 * Reads faults from a YAML or JSON file: a list, or a list named `faults`.
 *
 * @throws InvalidOptions with every fault of the file, or why it cannot be read
 */
export function readFaultsFile(path: string): readonly FaultRule[] {
  const content = readYaml("--faults", path);
  const isNamed = typeof content === "object" && content !== null && Object.keys(content).join() === "faults";
  const list = isNamed ? (content as { faults: unknown }).faults : content;
  const checked = checkRules(list, `${path}: faults`);
  if ("faults" in checked) throw new InvalidOptions(checked.faults);
  return checked.rules;
}

function readYaml(flag: string, path: string): unknown {
  const document = parseDocument(readText(flag, path), { prettyErrors: true });
  if (document.errors.length === 0) return document.toJS();
  throw new InvalidOptions(document.errors.map(({ message }) => `${path}: ${message.split("\n")[0] ?? ""}`));
}

/**
 * Reads the text of a file that an option names.
 *
 * @throws InvalidOptions when it cannot be read
 */
export function readText(flag: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidOptions([`${flag} ${path}: cannot be read: ${cause}`]);
  }
}

function printPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
