import { isIP, isIPv4, isIPv6 } from "node:net";
import { parseSize } from "./sizes";
import { type Format, FormatError } from "./types";

const LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const DNS_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const CONFIG_ID = /^[a-zA-Z][a-zA-Z0-9_-]+$/;

function accept(test: (value: string) => boolean, text: (value: string) => string): Format {
  return {
    check: (value) => {
      if (!test(value)) throw new FormatError(text(value));
    },
  };
}

/** Splits what may be separated by commas, semicolons, spaces or NUL. */
export function splitList(text: string): string[] {
  return text.split(/[,;\s\0]+/).filter((item) => item !== "");
}

/** The format of a list whose every item has a format. */
function listOf(item: Format): Format {
  return {
    isList: true,
    check: (value, path) => {
      for (const part of splitList(value)) item.check(part, path);
    },
  };
}

/** A DNS name: labels of letters, digits and inner hyphens. */
export const dnsName = accept(
  (value) => DNS_NAME.test(value),
  () => "value does not look like a valid DNS name",
);

/** The name of a host. */
export const nodeName = accept(
  (value) => new RegExp(`^${LABEL}$`).test(value),
  () => "value does not look like a valid node name",
);

/** A VM id, 100 to 999999999, without leading zeros. */
export const vmId = accept(
  (value) => /^[1-9][0-9]{2,8}$/.test(value),
  () => "value does not look like a valid VM ID",
);

/** VM ids. */
export const vmIdList = listOf(vmId);

/** The name of a resource pool, at most three levels deep. */
export const poolId = accept(
  (value) => /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+){0,2}$/.test(value),
  (value) => `pool name '${value}' contains invalid characters`,
);

/** A name of the kind that configuration keys and snapshots have. */
export const configId = accept(
  (value) => CONFIG_ID.test(value),
  (value) => `invalid configuration ID '${value}'`,
);

/** Names of configuration keys, for `delete` and `revert`. */
export const configIdList = listOf(configId);

/** The name of a storage. */
export const storageId = accept(
  (value) => /^[a-z][a-z0-9\-_.]*[a-z0-9]$/i.test(value),
  (value) => `storage ID '${value}' contains illegal characters`,
);

/** Names of storages. */
export const storageIdList = listOf(storageId);

/** A volume on a storage: `STORAGE:NAME`. */
export const volumeId = accept(
  (value) => /^[a-z][a-z0-9\-_.]*[a-z0-9]:\S+$/i.test(value),
  (value) => `unable to parse volume ID '${value}'`,
);

/** A volume id, `none`, `cdrom` or an absolute path, as the first part of a drive may be. */
export const volumeIdOrPath: Format = {
  check: (value, path) => {
    if (value === "none" || value === "cdrom" || value.startsWith("/")) return;
    volumeId.check(value, path);
  },
};

/** A volume id or an absolute path, as the source of an import may be. */
export const volumeIdOrAbsolutePath: Format = {
  check: (value, path) => {
    if (!value.startsWith("/")) volumeId.check(value, path);
  },
};

/** A MAC address of a single interface. */
export const unicastMac = accept(
  (value) => /^[a-f0-9][02468ace](?::[a-f0-9]{2}){5}$/i.test(value),
  () => "value does not look like a valid unicast MAC address",
);

/** The name of a bridge; whether it exists shows only at the start of a VM. */
export const bridgeId = accept(
  (value) => /^[-_.\w\d]+$/.test(value),
  (value) => `invalid bridge ID '${value}'`,
);

/** A size with an optional binary unit: `20G`. */
export const diskSize = accept(
  (value) => parseSize(value) !== undefined,
  (value) => `value does not look like a valid disk size: ${value}`,
);

/** Percent-encoded text. */
export const urlEncoded = accept(
  (value) => /^[-%a-zA-Z0-9_.!~*'()]*$/.test(value),
  (value) => `invalid urlencoded string: ${value}`,
);

/** An IPv4 address. */
export const ipv4Address = accept(isIPv4, () => "value does not look like a valid IPv4 address");

/** An IPv6 address. */
export const ipv6Address = accept(isIPv6, () => "value does not look like a valid IPv6 address");

/** An address with its prefix length; `dhcp` or `manual` in its place. */
export const ipv4Configuration = accept(
  (value) => value === "dhcp" || value === "manual" || isNetworkAddress(value, isIPv4, 32),
  () => "value does not look like a valid ipv4 network configuration",
);

/** An address with its prefix length; `dhcp`, `auto` or `manual` in its place. */
export const ipv6Configuration = accept(
  (value) => ["dhcp", "auto", "manual"].includes(value) || isNetworkAddress(value, isIPv6, 128),
  () => "value does not look like a valid ipv6 network configuration",
);

/** Any network in CIDR notation. */
export const cidr = accept(
  (value) => isNetworkAddress(value, isIPv4, 32) || isNetworkAddress(value, isIPv6, 128),
  () => "value does not look like a valid CIDR network",
);

/** IP addresses or DNS names. */
export const addressList = listOf(
  accept(
    (value) => isIP(value) !== 0 || DNS_NAME.test(value),
    (value) => `value does not look like a valid address: ${value}`,
  ),
);

/** Tags of a VM. */
export const tagList = listOf(
  accept(
    (value) => /^[a-z0-9_][a-z0-9_\-+.]*$/i.test(value),
    () => "invalid characters in tag",
  ),
);

/** What a storage may hold. */
export const CONTENT_TYPES = ["images", "rootdir", "vztmpl", "iso", "backup", "snippets", "import"] as const;

/** Kinds of content, as a storage is asked for them. */
export const contentList = listOf(
  accept(
    (value) => (CONTENT_TYPES as readonly string[]).includes(value) || value === "none",
    (value) => `invalid content type '${value}'`,
  ),
);

/** Outcomes of tasks, as a list of tasks is filtered by them. */
export const taskStatusList = listOf(
  accept(
    (value) => ["ok", "error", "warning", "unknown"].includes(value),
    (value) => `invalid status '${value}'`,
  ),
);

function isNetworkAddress(value: string, isAddress: (text: string) => boolean, longest: number): boolean {
  const match = /^(.+)\/(\d+)$/.exec(value);
  const prefix = Number(match?.[2]);
  return isAddress(match?.[1] ?? "") && prefix >= 8 && prefix <= longest;
}
