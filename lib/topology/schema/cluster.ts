/** The keys of `clusters.<name>`. */
import { z } from "zod";
import type { ClusterInput } from "../input";
import { ipAddress } from "./addresses";
import { networkOverrideSchema } from "./network";
import { MOST_MEMBERS, membersShape, poolSchema } from "./pool";
import { proxmoxOverrideSchema } from "./proxmox";
import { ruleNames } from "./rules";
import { LONGEST_LABEL, listOf, mappingOf, nameText, wholeNumber } from "./values";

const poolName = nameText(
  "name for a pool",
  /^(?!\d+$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
  LONGEST_LABEL,
  "use lower-case letters, digits and inner hyphens, and not digits alone",
);

/** The keys of a cluster. Shape: {@link ClusterInput}. */
export const clusterSchema = z.strictObject({
  role: z.enum(["manager", "apps"], 'must be "manager" or "apps"'),
  waitsFor: listOf(
    z.string("must be the name of a cluster"),
    0,
    "must be a list of names of clusters",
  ).optional(),
  apiAddress: ipAddress("the address of the cluster's API").optional(),
  members: wholeNumber(1, MOST_MEMBERS, " VMs").optional(),
  pools: mappingOf(poolName, poolSchema, "a mapping from names of pools to their settings", {
    least: 1,
  }).optional(),
  ...membersShape,
  proxmox: proxmoxOverrideSchema.optional(),
  network: networkOverrideSchema.optional(),
  acknowledge: ruleNames.optional(),
}) satisfies z.ZodType<unknown, ClusterInput>;
