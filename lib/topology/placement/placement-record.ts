import { quote } from "../fault";
import type { Topology } from "../topology";

/**
 * The placement record: which Proxmox node each VM is on, as it was decided when the VM was first seen. It is a text
 * for people and git to read, one VM a line, so that what two branches have added merges by itself.
 */

/** Which Proxmox node each VM is on, by the key of the VM. */
export type Placement = Readonly<Record<string, string>>;

const ABOUT =
  "Which Proxmox node each VM is on. Commit this file: VMs without an entry are placed anew, and a VM that is placed elsewhere is destroyed and made again.";

const VERSION = 1;

/** The keys of VMs and the names of nodes are DNS labels. */
const LABEL = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

/** "web-2" before "web-10", wherever the app runs. */
const { compare: compareKeys } = new Intl.Collator("en", { numeric: true });

/** The placement of a resolved topology: what a later `resolveTopology` takes to leave every VM where it is. */
export function placementOf({ clusters }: Topology): Placement {
  return Object.fromEntries(clusters.flatMap(({ vms }) => vms.map(({ key, node }) => [key, node])));
}

/** The text of a record. */
export function printRecord(placement: Placement): string {
  const entries = Object.entries(placement).sort(([a], [b]) => compareKeys(a, b) || (a < b ? -1 : 1));
  return `${JSON.stringify({ about: ABOUT, version: VERSION, placement: Object.fromEntries(entries) }, null, 2)}\n`;
}

/**
 * Reads the text of a record.
 * @returns the placement; where the text is damaged, what is wrong with it: "is not JSON"
 */
export function parseRecord(text: string): ReadonlyMap<string, string> | string {
  if (/^(<{7}|={7}|>{7})( |$)/m.test(text)) return "holds a merge conflict";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is not JSON (${(error as Error).message})`;
  }
  if (!isMapping(value) || !isMapping(value["placement"])) return "has no mapping under placement";
  if (value["version"] !== VERSION)
    return `has version ${quote(value["version"])}, and this app reads ${VERSION}`;
  const placement = new Map<string, string>();
  for (const [key, node] of Object.entries(value["placement"])) {
    if (!LABEL.test(key)) return `names a VM ${quote(key)}`;
    if (typeof node !== "string" || !LABEL.test(node)) return `has ${key} on ${quote(node)}`;
    placement.set(key, node);
  }
  return placement;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
