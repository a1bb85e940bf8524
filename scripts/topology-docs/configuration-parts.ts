import type { z } from "zod";
import { namedRules } from "../../lib/topology/rules";
import { clusterSchema } from "../../lib/topology/schema/cluster";
import { furtherNetworkSchema, networkSchema } from "../../lib/topology/schema/network";
import { memberSchema, membersShape, poolSchema, sizesSchema } from "../../lib/topology/schema/pool";
import { proxmoxOverrideSchema, proxmoxSchema } from "../../lib/topology/schema/proxmox";
import { topologyFileSchema } from "../../lib/topology/schema/topology";
import { InputTypes } from "./input-types";
import { keyDocs } from "./key-docs";
import type { KeyDoc } from "./key-docs";

/** A part of the page: a mapping's keys, without those that another part tells. */
interface KeysPart {
  readonly schema: z.ZodObject;
  readonly type: string;
  readonly without?: readonly string[];
}

const sizeKeys = Object.keys(sizesSchema.shape);

const keysParts: Readonly<Record<string, KeysPart>> = {
  topology: { schema: topologyFileSchema, type: "TopologyFileInput" },
  proxmox: { schema: proxmoxSchema, type: "ProxmoxInput" },
  network: { schema: networkSchema, type: "NetworkInput" },
  networks: { schema: furtherNetworkSchema, type: "FurtherNetworkInput" },
  sizes: { schema: sizesSchema, type: "SizesInput" },
  cluster: {
    schema: clusterSchema,
    type: "ClusterInput",
    without: [...Object.keys(membersShape), ...sizeKeys],
  },
  pool: { schema: poolSchema, type: "PoolInput", without: sizeKeys },
  "proxmox of a pool": { schema: proxmoxOverrideSchema, type: "ProxmoxOverrideInput" },
  member: { schema: memberSchema, type: "MemberOverrideInput", without: sizeKeys },
};

/** Keys whose own keys another part tells. */
const toldElsewhere = new Map([
  ["topology", ["proxmox", "network", "networks", "defaults", "profiles", "clusters"]],
  ["cluster", ["pools", "network", "proxmox"]],
  ["pool", ["proxmox", "overrides"]],
]);

/** The generated parts of docs/CONFIGURATION.md, by their names. */
export function configurationParts(): Map<string, string> {
  const types = new InputTypes();
  const parts = Object.entries(keysParts).map(([name, { schema, type, without = [] }]): [string, string] => {
    const docs = keyDocs(schema, types.named(type), types).filter(({ key }) => !without.includes(key));
    const flat = toldElsewhere.get(name) ?? [];
    return [name, docs.flatMap((doc) => keyLines(doc, !flat.includes(doc.key))).join("\n")];
  });
  return new Map([...parts, ["rules", rulesTable()]]);
}

function keyLines(doc: KeyDoc, withInner: boolean): string[] {
  const inner = withInner ? (doc.keys ?? doc.entryKeys ?? []) : [];
  return [keyLine(doc), ...inner.flatMap((innerDoc) => keyLines(innerDoc, true)).map((line) => `  ${line}`)];
}

function keyLine({ key, required, kind, meaning, allowed, fallback, example }: KeyDoc): string {
  const value = fallback && "value" in fallback ? `, default \`${JSON.stringify(fallback.value)}\`` : "";
  const words = fallback && "words" in fallback ? ` Default: ${fallback.words}.` : "";
  const bounds = allowed === undefined ? "" : ` Allowed: ${allowed}.`;
  const shown = example === undefined ? "" : ` Example: \`${inYaml(example)}\`.`;
  return `- \`${key}\` (${kind}, ${required ? "required" : "optional"}${value}): ${meaning}${bounds}${words}${shown}`;
}

/** A value as it is written in a topology: YAML on one line. */
function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${key}: ${inYaml(inner)}`);
    return `{ ${entries.join(", ")} }`;
  }
  const plain = typeof value !== "string" || /^[\w./][\w./-]*$/.test(value);
  return plain ? String(value) : JSON.stringify(value);
}

/** The rules as a table, its columns in line as prettier wants them. */
function rulesTable(): string {
  const rows = [
    ["Rule", "Level", "Tells of, and why"],
    ...namedRules.map(({ name, level, summary, reason }) => [`\`${name}\``, level, `${summary} ${reason}`]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}
