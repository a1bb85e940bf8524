/**
 * The keys of `proxmox`, and the names of things in Proxmox.
 * Patterns and bounds: the formats of Proxmox VE's own API schema
 * (pve-common:src/PVE/JSONSchema.pm: pve-node, pve-storage-id, pve-tag; qemu-server: cpu, memory, cores).
 */
import { z } from "zod";
import type { ProxmoxInput, ProxmoxOverrideInput } from "../input";
import { listOf, mappingOf, nameText, text, wholeNumber } from "./values";
import { vmId, vmIdRange } from "./vm-ids";

/** Name of a Proxmox node. */
export const nodeName = nameText(
  "name of a Proxmox host",
  /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  63,
  "must be the name of a Proxmox host: letters, digits and inner hyphens, in quotes if it is digits alone",
);

/** A node as a key: a mapping does not keep digits alone in the order in which they are written, which decides here. */
export const nodeKey = nameText(
  "name of a Proxmox host",
  /^(?!\d+$)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  63,
  "must be the name of a Proxmox host: letters, digits and inner hyphens, digits alone in a list only",
);

/** Name of a storage. */
export const storageName = nameText(
  "name of a Proxmox storage",
  /^[a-zA-Z][a-zA-Z0-9_.-]*[a-zA-Z0-9]$/,
  100,
  "must be the name of a Proxmox storage: at least 2 letters, digits, '-', '_' or '.', a letter first, a letter or digit last",
);

/** Name of a network bridge: that of a Linux network interface. */
export const bridgeName = text(
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/,
  15,
  "must be the name of a network bridge, such as vmbr0: at most 15 letters, digits, '-', '_' or '.'",
);

/** Tags of a VM; Proxmox keeps them in lower case. */
export const tags = listOf(
  text(
    /^[a-zA-Z0-9_][a-zA-Z0-9_+.-]*$/,
    128,
    "must be a tag of Proxmox: at most 128 letters, digits, '-', '_', '+' or '.', a letter, digit or '_' first",
  ),
  0,
  "must be a list of tags",
  { key: (tag) => tag.toLowerCase(), words: "is the same in lower case, as Proxmox keeps it" },
);

/** So much of anything no host has; it keeps sums exact. */
const MOST_CAPACITY = 1_073_741_824;

const room = (unit: string): z.ZodInt => wholeNumber(0, MOST_CAPACITY, unit);

const nodeSchema = z.strictObject({
  cores: wholeNumber(0, 65_536, " CPU threads").optional(),
  memoryMiB: room(" MiB (64 GiB are 65536)").optional(),
  storageGiB: mappingOf(storageName, room(" GiB"), "a mapping from names of storages to GiB").optional(),
});

const storageSchema = z.strictObject({
  shared: z.boolean("must be true or false").optional(),
  capacityGiB: room(" GiB").optional(),
});

const factor = (() => {
  const allowed = "must be a number from 1 to 100: how many times what is there may be given away";
  return z.number(allowed).min(1, allowed).max(100, allowed).optional();
})();

const nodeList = listOf(nodeName, 1, "must be a list of the names of Proxmox hosts, at least one");

const nodesAllowed =
  "must be a list of the names of Proxmox hosts, at least one, or a mapping from them to what each has to give";

const overridable = {
  templateId: z.union(
    [vmId, mappingOf(nodeName, vmId, "a mapping from names of nodes to VM ids", { least: 1 })],
    "must be a VM id, or a mapping from names of nodes to the VM id of the template on each",
  ),
  templateStorage: storageName.optional(),
  templateDiskGiB: wholeNumber(1, 65_536, " GiB").optional(),
  storage: storageName,
  bridge: bridgeName.optional(),
};

/** The keys of `proxmox`. Shape: {@link ProxmoxInput}. */
export const proxmoxSchema = z.strictObject({
  nodes: z.union(
    [
      nodeList,
      mappingOf(nodeKey, nodeSchema.nullable(), "a mapping from names of nodes to what each has to give", {
        least: 1,
      }),
    ],
    nodesAllowed,
  ),
  ...overridable,
  storages: mappingOf(
    storageName,
    storageSchema,
    "a mapping from names of storages to what is known of them",
  ).optional(),
  vmIds: vmIdRange.optional(),
  overcommit: z.strictObject({ cores: factor, memory: factor, storage: factor }).optional(),
}) satisfies z.ZodType<unknown, ProxmoxInput>;

/** The keys of `proxmox` in a cluster or a pool. Shape: {@link ProxmoxOverrideInput}. */
export const proxmoxOverrideSchema = z
  .strictObject({ nodes: nodeList, ...overridable })
  .partial() satisfies z.ZodType<unknown, ProxmoxOverrideInput>;
