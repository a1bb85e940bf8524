/**
 * The shape of a topology: which keys there are, and which single values each may have.
 * What only several values together show is checked beside this file.
 *
 * The message of every rule is the second half of a fault: it says what is allowed.
 */
import { z } from "zod";
import { formatCidr, formatIpv4, isHostAddress, parseCidr, parseIpv4 } from "./ipv4";
import type { AccessInput, ClusterInput, NetworkInput, ProxmoxInput } from "./input";

const wholeNumber = (least: number, most: number, unit: string) => {
  const allowed = `must be a whole number from ${least} to ${most}${unit}`;
  return z.int(allowed).min(least, allowed).max(most, allowed);
};

const text = (pattern: RegExp, longest: number, allowed: string) =>
  z.string(allowed).regex(pattern, allowed).max(longest, allowed);

/** Refuses a list that has the same text twice, at the second one. */
const listOf = (item: z.ZodString, least: number, allowed: string) =>
  z
    .array(item, allowed)
    .min(least, allowed)
    .check(({ value, issues }) => {
      value.forEach((entry, index) => {
        const first = value.indexOf(entry);
        if (first === index) return;
        const message = `must be listed once, and entry ${first} is the same: take one of the two out`;
        issues.push({ code: "custom", path: [index], input: entry, message });
      });
    });

// Bounds and patterns of ids and names: the formats of Proxmox VE's own API schema
// (pve-common:src/PVE/JSONSchema.pm: pve-vmid, pve-node, pve-storage-id; qemu-server: memory, cores).
const vmId = wholeNumber(100, 999_999_999, " (a Proxmox VM id)");
const nodeName = text(
  /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  63,
  "must be the name of a Proxmox host: letters, digits and inner hyphens",
);
const storageName = text(
  /^[a-zA-Z][a-zA-Z0-9_.-]*[a-zA-Z0-9]$/,
  100,
  "must be the name of a Proxmox storage: at least 2 letters, digits, '-', '_' or '.', a letter first, a letter or digit last",
);
const bridgeName = text(
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/,
  15,
  "must be the name of a network bridge, such as vmbr0: at most 15 letters, digits, '-', '_' or '.'",
);

const cidrAllowed = "must be an IPv4 network with a prefix of 8 to 30 bits, such as 192.168.1.0/24";
const cidr = z.string(cidrAllowed).check(({ value, issues }) => {
  const network = parseCidr(value);
  const usable =
    network && network.prefixLength >= 8 && network.prefixLength <= 30 && isHostAddress(network.base);
  if (usable && formatCidr(network) === value) return;
  const message = usable
    ? `must be the network's own address: did you mean ${formatCidr(network)}?`
    : cidrAllowed;
  issues.push({ code: "custom", input: value, message });
});

const ipv4 = (what: string) => {
  const allowed = `must be ${what}: four decimal numbers, such as 192.168.1.10, and no loopback, multicast or broadcast address`;
  return z.string(allowed).refine((value) => {
    const address = parseIpv4(value);
    return address !== undefined && isHostAddress(address) && formatIpv4(address) === value;
  }, allowed);
};

const gateway = ipv4("the IPv4 address of the router");
const dnsServers = listOf(
  ipv4("the IPv4 address of a DNS resolver"),
  1,
  "must be a list of the IPv4 addresses of DNS resolvers, at least one",
);
const vlanAllowed = "must be a VLAN from 1 to 4094; for no VLAN leave vlanId out";
const vlanId = z.int(vlanAllowed).min(1, vlanAllowed).max(4094, vlanAllowed).nullable();
const domain = text(
  /^(?!.*[^.]{64})[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
  189,
  "must be a DNS domain such as example.com: lower-case letters, digits and inner hyphens, parts of at most 63 characters, 189 in all",
);

const proxmoxShape = {
  nodes: listOf(nodeName, 1, "must be a list of the names of Proxmox hosts, at least one"),
  templateId: vmId,
  storage: storageName,
  bridge: bridgeName,
};
const networkShape = { cidr, gateway, vlanId, dnsServers, domain };

/** The keys of `proxmox`. Shape: {@link ProxmoxInput}. */
export const proxmoxSchema = z.strictObject({
  ...proxmoxShape,
  bridge: bridgeName.default("vmbr0"),
}) satisfies z.ZodType<unknown, ProxmoxInput>;

/** The keys of `network`. Shape: {@link NetworkInput}. */
export const networkSchema = z.strictObject({
  ...networkShape,
  gateway: gateway.optional(),
  vlanId: vlanId.optional(),
  dnsServers: dnsServers.optional(),
}) satisfies z.ZodType<unknown, NetworkInput>;

/** The keys of `access`. Shape: {@link AccessInput}. */
export const accessSchema = z.strictObject({
  user: text(
    /^[a-z_][a-z0-9_-]*$/,
    32,
    "must be a Linux user name: at most 32 lower-case letters, digits, '-' or '_', no digit or '-' first",
  ).default("ubuntu"),
}) satisfies z.ZodType<unknown, AccessInput>;

/** The keys of `clusters.<name>.proxmox`: those of `proxmox`, each of which may be left out. */
const proxmoxOverrideSchema = z.strictObject(proxmoxShape).partial() satisfies z.ZodType<
  unknown,
  Partial<ProxmoxInput>
>;

/** The keys of `clusters.<name>.network`: those of `network`, each of which may be left out. */
const networkOverrideSchema = z.strictObject(networkShape).partial() satisfies z.ZodType<
  unknown,
  Partial<NetworkInput>
>;

/** The keys of `clusters.<name>`. Shape: {@link ClusterInput}. */
export const clusterSchema = z.strictObject({
  role: z.enum(["manager", "apps"], 'must be "manager" or "apps"'),
  waitsFor: listOf(
    z.string("must be the name of a cluster"),
    0,
    "must be a list of names of clusters",
  ).default([]),
  members: wholeNumber(1, 5000, " VMs"),
  firstVmId: vmId,
  firstAddress: ipv4("the IPv4 address of the first VM"),
  cores: wholeNumber(1, 1024, " cores"),
  memoryMiB: wholeNumber(16, 4_194_304, " MiB (8 GiB are 8192)"),
  diskGiB: wholeNumber(1, 65_536, " GiB"),
  proxmox: proxmoxOverrideSchema.optional(),
  network: networkOverrideSchema.optional(),
}) satisfies z.ZodType<unknown, ClusterInput>;
