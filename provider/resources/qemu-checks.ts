import { matching } from "../plugin/checks";
import type { Check } from "../plugin/schema";
import { cpuFaults } from "../proxmox/cpu";
import { diskRequestFaults } from "../proxmox/disk";
import { isAddress, unusableReason } from "../proxmox/ip-address";
import { ipConfigFaults } from "../proxmox/ip-config";
import { networkDeviceFaults } from "../proxmox/network-device";
import { sshKeyFaults } from "../proxmox/ssh-keys";
import { TAG } from "../proxmox/tags";

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
