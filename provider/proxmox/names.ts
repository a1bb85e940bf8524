/** What a text has to match, and the words for what is allowed. */
type Format = readonly [pattern: RegExp, allowed: string];

const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

/** Names of VMs and domains. Source: pve-common src/PVE/JSONSchema.pm (dns-name). */
export const DNS_NAME: Format = [
  new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`),
  'a DNS name such as "rancher-manager-1" (letters, digits and hyphens, no underscore; at most 63 characters between dots, 253 in all)',
];

/** Names of pools, up to two of them inside another. Source: pve-access-control src/PVE/AccessControl.pm (pve-poolid). */
export const POOL_NAME: Format = [
  /^[\w.-]+(\/[\w.-]+){0,2}$/,
  'the name of a Proxmox pool such as "rancher"',
];

/** Names of Proxmox hosts. Source: pve-common src/PVE/JSONSchema.pm (pve-node). */
export const NODE_NAME: Format = [
  new RegExp(`^${LABEL}$`),
  'the name of a Proxmox node such as "pve1" (its short name, not its address)',
];
