/**
 * The shape of a topology: which keys there are, and which single values each may have.
 * What only several values together show is checked elsewhere. What each key means, and what holds where it is left
 * out, the types in `input/` say: editors and docs take their words from there.
 */
import { z } from "zod";
import type { TopologyFileInput, TopologyInput } from "../input";
import { clusterSchema } from "./cluster";
import { furtherNetworkSchema, networkSchema } from "./network";
import { networkName, profileName, sizesSchema } from "./pool";
import { proxmoxSchema } from "./proxmox";
import { ruleLevels, ruleNames } from "./rules";
import { LABEL, LONGEST_LABEL, mappingOf, nameText, text } from "./values";

const clusterName = nameText(
  "DNS label",
  LABEL,
  LONGEST_LABEL,
  "use lower-case letters, digits and inner hyphens, a letter first",
);

/** The keys of `access`. */
const accessSchema = z.strictObject({
  user: text(
    /^[a-z_][a-z0-9_-]*$/,
    32,
    "must be a Linux user name: at most 32 lower-case letters, digits, '-' or '_', no digit or '-' first",
  ).optional(),
});

/** A whole topology. Shape: {@link TopologyInput}. */
export const topologySchema = z.strictObject({
  proxmox: proxmoxSchema,
  network: networkSchema,
  networks: mappingOf(
    networkName,
    furtherNetworkSchema,
    "a mapping from names of networks to their settings",
  ).optional(),
  access: accessSchema.optional(),
  defaults: sizesSchema.optional(),
  profiles: mappingOf(profileName, sizesSchema, "a mapping from names of profiles to sizes").optional(),
  checks: ruleLevels.optional(),
  acknowledge: ruleNames.optional(),
  clusters: mappingOf(clusterName, clusterSchema, "a mapping from names of clusters to their settings", {
    least: 1,
  }),
}) satisfies z.ZodType<unknown, TopologyInput>;

const filesAllowed =
  "must be the path of a file, or a list of such paths, relative to the folder of this file";

/** The files that a file extends. */
export const extendedFiles = z.union([z.string().min(1), z.array(z.string().min(1))], filesAllowed);

/** What a topology file may say, `extends` and `$schema` included. Shape: {@link TopologyFileInput}. */
export const topologyFileSchema = topologySchema.extend({
  extends: extendedFiles.optional(),
  $schema: z.string("must be the path or URL of a JSON Schema").optional(),
}) satisfies z.ZodType<unknown, TopologyFileInput>;
