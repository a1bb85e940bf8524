/** The keys of a pool, which are those of a cluster's short form too, and of a single member. */
import { z } from "zod";
import type { MemberOverrideInput, PoolInput, SizesInput } from "../input";
import { addresses4, addresses6 } from "./address-lists";
import { hostAddress, version4, version6 } from "./addresses";
import { labels, taints } from "./kubernetes";
import { nodeName, proxmoxOverrideSchema, storageName, tags } from "./proxmox";
import { LABEL, LONGEST_LABEL, listOf, mappingOf, nameText, text, wholeNumber } from "./values";
import { vmId, vmIds } from "./vm-ids";

/** So many members a pool may have. */
export const MOST_MEMBERS = 5000;

/** Name of a further network. "main" is what reports call the main one. */
export const networkName = nameText(
  "name for a network",
  new RegExp(`^(?!main$)${LABEL.source.slice(1)}`),
  LONGEST_LABEL,
  'use lower-case letters, digits and inner hyphens, a letter first, and not "main", the network of net0',
);

/** Name of a profile. */
export const profileName = nameText(
  "name for a profile",
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/,
  63,
  "use at most 63 letters, digits, '-', '_' or '.', a letter or digit first",
);

const diskGiB = wholeNumber(1, 65_536, " GiB");

const extraDisks = mappingOf(
  nameText("device", /^scsi([1-9]|1[0-3])$/, 6, "use scsi1 to scsi13; scsi0 is the boot disk (diskGiB)"),
  z.strictObject({ sizeGiB: diskGiB, storage: storageName.optional() }),
  "a mapping from devices, scsi1 to scsi13, to disks",
);

const sizesShape = {
  cores: wholeNumber(1, 1024, " cores").optional(),
  memoryMiB: wholeNumber(16, 4_194_304, " MiB (8 GiB are 8192)").optional(),
  diskGiB: diskGiB.optional(),
  cpu: text(
    /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/,
    64,
    "must be Proxmox's name for a CPU type alone, such as host, x86-64-v3 or custom-NAME",
  ).optional(),
  extraDisks: extraDisks.optional(),
};

/** The keys of `defaults` and of each of `profiles`. Shape: {@link SizesInput}. */
export const sizesSchema = z.strictObject(sizesShape) satisfies z.ZodType<unknown, SizesInput>;

const address4 = hostAddress(version4, "an IPv4 address");
const address6 = hostAddress(version6, "an IPv6 address");

const kubernetesShape = {
  tags: tags.optional(),
  labels: labels.optional(),
  taints: taints.optional(),
};

/** The keys of `overrides.<number>`. Shape: {@link MemberOverrideInput}. */
export const memberSchema = z.strictObject({
  vmId: vmId.optional(),
  address: address4.optional(),
  address6: address6.optional(),
  networks: mappingOf(
    networkName,
    z.strictObject({ address: address4.optional(), address6: address6.optional() }),
    "a mapping from names of networks to addresses",
  ).optional(),
  node: nodeName.optional(),
  storage: storageName.optional(),
  ...sizesShape,
  ...kubernetesShape,
}) satisfies z.ZodType<unknown, MemberOverrideInput>;

const memberNumber = nameText("number of a member", /^[1-9]\d{0,3}$/, 4, "use the number of a member");

/** The keys that a pool and a cluster in its short form have in common. */
export const membersShape = {
  without: listOf(
    wholeNumber(1, MOST_MEMBERS, ", the number of a member"),
    0,
    "must be a list of numbers of members",
  ).optional(),
  firstVmId: vmId.optional(),
  vmIds: vmIds.optional(),
  firstAddress: hostAddress(version4, "the IPv4 address of the first VM").optional(),
  addresses: addresses4.optional(),
  addresses6: addresses6.optional(),
  networks: mappingOf(
    networkName,
    z.strictObject({ addresses: addresses4.optional(), addresses6: addresses6.optional() }),
    "a mapping from names of networks to addresses",
  ).optional(),
  profile: z.string("must be the name of a profile").optional(),
  ...sizesShape,
  placement: z
    .enum(["spread", "rotate", "pack", "pin"], 'must be "spread", "rotate", "pack" or "pin"')
    .optional(),
  ...kubernetesShape,
  overrides: mappingOf(memberNumber, memberSchema, "a mapping from numbers of members to what differs", {
    most: MOST_MEMBERS,
  }).optional(),
};

/** The keys of a pool. Shape: {@link PoolInput}. */
export const poolSchema = z.strictObject({
  role: z.enum(["server", "agent"], 'must be "server" or "agent"'),
  count: wholeNumber(1, MOST_MEMBERS, " VMs"),
  ...membersShape,
  proxmox: proxmoxOverrideSchema.optional(),
}) satisfies z.ZodType<unknown, PoolInput>;
