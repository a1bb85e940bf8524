/**
 * VM ids and ranges of them. Bounds: the format pve-vmid of Proxmox VE's own API schema
 * (pve-common:src/PVE/JSONSchema.pm).
 */
import { z } from "zod";
import { rangeListOf, readRange } from "./ranges";
import type { Range } from "./ranges";
import { wholeNumber } from "./values";

const LEAST = 100;
const MOST = 999_999_999;

/** One VM id. */
export const vmId = wholeNumber(LEAST, MOST, " (a Proxmox VM id)");

const rangeAllowed = `must be a range of VM ids from ${LEAST} to ${MOST}, such as 401-410`;
const listAllowed = "must be a range of VM ids, such as 401-410, or a list of ids and ranges";
const entryAllowed = `must be a VM id from ${LEAST} to ${MOST} or a range such as 401-410`;

/** A range of VM ids: "400-499". */
export const vmIdRange = z.string(rangeAllowed).check(({ value, issues }) => {
  const range = readIds(value, rangeAllowed);
  if (typeof range === "string") issues.push({ code: "custom", input: value, message: range });
});

/** The VM ids of a pool: a range, or a list of ids and ranges. */
export const vmIds = z.union(
  [
    vmIdRange,
    rangeListOf(z.union([z.number(), z.string()], entryAllowed), 1, listAllowed, (entry) =>
      readIds(entry, entryAllowed),
    ),
  ],
  listAllowed,
);

function readIds(value: string, allowed: string): Range | string {
  return readRange(value, idOf, allowed);
}

function idOf(text: string): bigint | undefined {
  const id = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
  return id >= LEAST ? BigInt(id) : undefined;
}
