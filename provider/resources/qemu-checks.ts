import { showValue } from "./values";
import type { Check } from "../plugin/schema";
import type { Value } from "../plugin/value";
import { cpuFaults } from "../proxmox/cpu";
import { diskRequestFaults } from "../proxmox/disk";
import { isAddress, unusableReason } from "../proxmox/ip-address";
import { ipConfigFaults } from "../proxmox/ip-config";
import { networkDeviceFaults } from "../proxmox/network-device";
import { sshKeyFaults } from "../proxmox/ssh-keys";
import { TAG } from "../proxmox/tags";

/** A check that says what is allowed, in the documentation and to who got it wrong. */
function allowing(allowed: string, isGood: (value: Value) => boolean): Check {
  const check = (value: Value): readonly string[] =>
    isGood(value) ? [] : [`Got ${quoted(value)}; allowed is ${allowed}.`];
  return Object.assign(check, { allowed });
}

function quoted(value: Value): string {
  return typeof value === "string" ? `"${value}"` : showValue(value);
}

/** A whole number within bounds, both included. */
export function wholeNumber(minimum: number, maximum: number, unit = ""): Check {
  return allowing(
    `a whole number from ${minimum} to ${maximum}${unit}`,
    (value) => typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum,
  );
}

/** A text that matches; `allowed` finishes the sentence. */
export function matching(pattern: RegExp, allowed: string): Check {
  return allowing(allowed, (value) => typeof value === "string" && pattern.test(value));
}

/** One of some words. */
export function oneOf(...words: readonly string[]): Check {
  return allowing(
    words.map((word) => `"${word}"`).join(" or "),
    (value) => typeof value === "string" && words.includes(value),
  );
}

/** A text without faults; an empty one is good where `emptyClears` says that it clears the setting. */
function faultless(faultsOf: (text: string) => readonly string[], emptyClears = false): Check {
  return (value) => {
    if (typeof value !== "string" || (emptyClears && value === "")) return [];
    const faults = faultsOf(value);
    return faults.length === 0 ? [] : [`Got "${value}": ${faults.join("; ")}.`];
  };
}

/** CPU type with options. */
export const checkCpu = faultless(cpuFaults);
/** A `net0` as Proxmox writes it. */
export const checkNetworkDevice = faultless(networkDeviceFaults);
/** A further `netN`; empty removes it. */
export const checkFurtherNetworkDevice = faultless(networkDeviceFaults, true);
/** `storage:GiB`. */
export const checkDiskRequest = faultless(diskRequestFaults);
/** `storage:GiB` of a data disk; empty deletes it. */
export const checkDataDiskRequest = faultless(diskRequestFaults, true);
/** An `ipconfigN`; empty clears it. */
export const checkIpConfig = faultless(ipConfigFaults, true);

/** A user that cloud-init can make; empty clears it. It goes into a YAML file without quotes. */
export const checkUserName = matching(
  /^$|^[A-Za-z_][\w.@-]{0,31}$/,
  'a user name such as "ubuntu": at most 32 letters, digits, _ - . and @, the first a letter or _',
);

const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

/** Names of VMs and domains. Source: pve-common src/PVE/JSONSchema.pm (dns-name). */
export const checkDnsName = matching(
  new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`),
  'a DNS name such as "rancher-manager-1" (letters, digits and hyphens, no underscore; at most 63 characters between dots, 253 in all)',
);

/** Names of pools, up to two of them inside another. Source: pve-access-control src/PVE/AccessControl.pm (pve-poolid). */
export const checkPoolName = matching(
  /^[\w.-]+(\/[\w.-]+){0,2}$/,
  'the name of a Proxmox pool such as "rancher"',
);

/** Names of Proxmox hosts. Source: pve-common src/PVE/JSONSchema.pm (pve-node). */
export const checkNodeName = matching(
  new RegExp(`^${LABEL}$`),
  'the name of a Proxmox node such as "pve1" (its short name, not its address)',
);

/** Resolvers, separated as cloud-init wants them; empty clears them. */
export const checkNameservers: Check = faultless((text) => {
  const entries = text.split(" ").filter((entry) => entry !== "");
  if (entries.length === 0) return ['these are blanks only; "" clears the resolvers'];
  return entries.flatMap((entry) => {
    if (!isAddress(entry, "ipv4") && !isAddress(entry, "ipv6")) {
      return [
        `"${entry}" is no address; write addresses with spaces between, such as "192.168.1.1 192.168.1.2"`,
      ];
    }
    const reason = unusableReason(entry);
    return reason === undefined ? [] : [`${entry} is ${reason}, which no resolver can have`];
  });
}, true);

/** A domain to look names up in; `.` alone is for none. */
const SEARCH_DOMAIN = /^(?=.{1,253}$)(\.|[a-zA-Z0-9_]([\w-]{0,61}\w)?(\.[a-zA-Z0-9_]([\w-]{0,61}\w)?)*\.?)$/;

/** Search domains, separated as cloud-init wants them; empty clears them. */
export const checkSearchDomains: Check = faultless((text) => {
  const entries = text.split(" ").filter((entry) => entry !== "");
  if (entries.length === 0) return ['these are blanks only; "" clears the search domains'];
  return entries
    .filter((entry) => !SEARCH_DOMAIN.test(entry))
    .map(
      (entry) =>
        `"${entry}" is no domain; write domains with spaces between, such as "example.com example.org"`,
    );
}, true);

/** OpenSSH public keys, one a line. */
export const checkSshKeys: Check = (value) => (typeof value === "string" ? sshKeyFaults(value) : []);

/** Tags as Proxmox allows them. */
export const checkTags: Check = (value) =>
  (Array.isArray(value) ? value : [])
    .filter((tag): tag is string => typeof tag === "string" && !TAG.test(tag))
    .map(
      (tag) =>
        `Got "${tag}"; allowed are letters, digits and _, after the first character also - + and . (no spaces).`,
    );

/** Durations as Terraform's `timeouts` write them. */
export const checkDuration = matching(
  /^(?=.*[1-9])(\d+h)?(\d+m)?(\d+s)?$/,
  'a duration above 0 such as "90s", "10m" or "1h30m"',
);
