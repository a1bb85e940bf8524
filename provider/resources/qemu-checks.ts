import { showValue } from "./values";
import type { Check } from "../plugin/schema";
import type { Value } from "../plugin/value";
import { parseDiskRequest } from "../proxmox/disk";
import { parseIpConfig } from "../proxmox/ip-config";
import { parseNetworkDevice } from "../proxmox/network-device";
import { parsePropertyString } from "../proxmox/property-string";
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

/** A text that a parser takes; an empty one is good where `emptyClears` says that it clears the setting. */
function parsedBy(parse: (text: string) => unknown, emptyClears = false): Check {
  return (value) => {
    if (typeof value !== "string" || (emptyClears && value === "")) return [];
    try {
      parse(value);
      return [];
    } catch (error) {
      return [`Got "${value}": ${(error as Error).message}.`];
    }
  };
}

/** CPU types with their options. Source: qemu-server src/PVE/QemuServer/CPUConfig.pm. */
export const checkCpu: Check = (value) => [
  ...matching(/^\S{1,200}$/, 'a CPU type such as "host", "x86-64-v2-AES" or "host,flags=+aes;+pcid"')(value),
  ...parsedBy((text) => parsePropertyString(text, "cputype"))(value),
];

/** A `net0` as Proxmox writes it. */
export const checkNetworkDevice = parsedBy(parseNetworkDevice);
/** `storage:GiB`. */
export const checkDiskRequest = parsedBy(parseDiskRequest);
/** An `ipconfig0`; empty clears it. */
export const checkIpConfig = parsedBy(parseIpConfig, true);

const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

/** Names of VMs and domains. Source: pve-common src/PVE/JSONSchema.pm (dns-name). */
export const checkDnsName = matching(
  new RegExp(`^${LABEL}(\\.${LABEL})*$`),
  'a DNS name such as "rancher-manager-1" (letters, digits and hyphens, no underscore)',
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

/** Resolvers, separated as cloud-init wants them. */
export const checkNameservers: Check = (value) => {
  if (typeof value !== "string") return [];
  if (value !== "" && value.trim() === "") return ['Got blanks only; "" clears the resolvers.'];
  const bad = value.split(" ").filter((entry) => entry !== "" && !/^[0-9a-zA-Z.:-]+$/.test(entry));
  if (bad.length === 0) return [];
  return [`Got "${value}"; allowed are addresses separated by spaces, such as "192.168.1.1 192.168.1.2".`];
};

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
  /^(\d+h)?(\d+m)?(\d+s)?$(?<=.)/,
  'a duration such as "90s", "10m" or "1h30m"',
);
