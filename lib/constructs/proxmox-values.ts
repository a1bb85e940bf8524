import { isHostAddress, parseIpv4 } from "../topology/ipv4";
import { isHostAddress6, parseIpv6 } from "../topology/ipv6";
import { matching } from "./prop-checks";
import type { PropRule } from "./prop-checks";

/**
 * Rules for texts that a VM is made with. But for the options of a CPU type none takes what the provider refuses in a plan:
 * the same mistake is told before there is one.
 */

const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

/** Name of a VM. Source: pve-common:src/PVE/JSONSchema.pm (dns-name). */
export const dnsName = matching(
  new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`),
  "a DNS name: labels of at most 63 letters, digits and inner hyphens",
);

/** Name of a Proxmox host. Source: pve-common:src/PVE/JSONSchema.pm (pve-node). */
export const hostName = matching(
  new RegExp(`^${LABEL}$`),
  "the name of a Proxmox host: at most 63 letters, digits and inner hyphens",
);

/** Name of a storage. Source: pve-common:src/PVE/JSONSchema.pm (pve-storage-id). */
export const storageName = matching(
  /^[a-zA-Z][\w.-]*[a-zA-Z0-9]$/,
  "the name of a Proxmox storage: letters, digits, '-', '_' and '.', a letter first, a letter or digit last",
);

/** Name of a bridge. Source: qemu-server:src/PVE/QemuServer/Network.pm. */
export const bridgeName = matching(/^[\w.-]+$/, "the name of a bridge: letters, digits, '-', '_' and '.'");

/** Name of a resource pool. Source: pve-access-control:src/PVE/AccessControl.pm (pve-poolid). */
export const poolName = matching(/^[\w.-]+(\/[\w.-]+){0,2}$/, "the name of a Proxmox pool");

/** A tag. Source: pve-common:src/PVE/JSONSchema.pm (pve-tag). */
export const tag = matching(
  /^[a-zA-Z0-9_][a-zA-Z0-9_+.-]*$/,
  "a tag: letters, digits, '_', '+', '.' and '-'",
);

/** A CPU type, which may have options; which there are, and what they take, the provider checks in the plan. */
export const cpuType = matching(
  /^(cputype=)?[A-Za-z0-9][\w.-]*(,[a-z-]+=[^,\s]+)*$/,
  'a CPU type such as "host" or "x86-64-v2-AES"',
);

/** A user that cloud-init can make. */
export const userName = matching(
  /^[A-Za-z_][\w.@-]{0,31}$/,
  "a user name: at most 32 letters, digits, '_', '-', '.' and '@', the first a letter or '_'",
);

/** Notes; the provider adds a line to those that Proxmox has room for (8192) while it makes the VM. */
export const description = matching(
  /^$|^(?=[^]*\S)[^]{0,8000}$/,
  "at most 8000 characters long, and not of blanks alone",
);

/** Domains to search, separated by spaces; an empty text is for those of the Proxmox host. */
export const searchDomains: PropRule<string> = (value) => {
  if (value === "") return undefined;
  const domains = value.split(" ").filter((domain) => domain !== "");
  const isGood = domains.length > 0 && domains.every((domain) => SEARCH_DOMAIN.test(domain));
  return isGood ? undefined : 'a DNS domain, such as "example.com"';
};

const SEARCH_DOMAIN = /^(?=.{1,253}$)(\.|[a-zA-Z0-9_]([\w-]{0,61}\w)?(\.[a-zA-Z0-9_]([\w-]{0,61}\w)?)*\.?)$/;

/** IPv4 address of a host. */
export const hostAddress: PropRule<string> = (value) => {
  const address = parseIpv4(value);
  return address !== undefined && isHostAddress(address)
    ? undefined
    : "a host's IPv4 address, such as 192.168.1.10";
};

/** IPv6 address of a host, which may be a link-local one. */
export const hostAddress6: PropRule<string> = (value) => {
  const address = parseIpv6(value);
  return address !== undefined && isHostAddress6(address)
    ? undefined
    : "a host's IPv6 address, such as 2001:db8::10";
};

/** Address of a DNS resolver. */
export const resolverAddress: PropRule<string> = (value) =>
  (value.includes(":") ? hostAddress6 : hostAddress)(value) === undefined
    ? undefined
    : "the IP address of a host, such as 192.168.1.1 or 2001:db8::53";
