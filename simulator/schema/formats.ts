import { parseSize } from "./sizes";
import { type Format, FormatError } from "./types";

const LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const CONFIG_ID = /^[a-zA-Z][a-zA-Z0-9_-]+$/;

/** What a DNS name looks like: labels of letters, digits and inner hyphens. */
export const DNS_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);

/**
 * A format that is told by a test.
 *
 * @param name what the API's schema calls it
 * @param text what a value that fails is told
 */
export function accept(
  name: string,
  test: (value: string) => boolean,
  text: (value: string) => string,
): Format {
  return {
    name,
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
export function listOf(item: Format): Format {
  return {
    name: `${item.name ?? ""}-list`,
    isList: true,
    check: (value, path) => {
      for (const part of splitList(value)) item.check(part, path);
    },
  };
}

/** A DNS name. */
export const dnsName = accept(
  "dns-name",
  (value) => DNS_NAME.test(value),
  () => "value does not look like a valid DNS name",
);

/** The name of a host. */
export const nodeName = accept(
  "pve-node",
  (value) => new RegExp(`^${LABEL}$`).test(value),
  () => "value does not look like a valid node name",
);

/** A VM id, 100 to 999999999, without leading zeros. */
export const vmId = accept(
  "pve-vmid",
  (value) => /^[1-9][0-9]{2,8}$/.test(value),
  () => "value does not look like a valid VM ID",
);

/** VM ids. */
export const vmIdList = listOf(vmId);

/** The name of a resource pool, at most three levels deep. */
export const poolId = accept(
  "pve-poolid",
  (value) => /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+){0,2}$/.test(value),
  (value) => `pool name '${value}' contains invalid characters`,
);

/** A name of the kind that configuration keys and snapshots have. */
export const configId = accept(
  "pve-configid",
  (value) => CONFIG_ID.test(value),
  (value) => `invalid configuration ID '${value}'`,
);

/** Names of configuration keys, for `delete` and `revert`. */
export const configIdList = listOf(configId);

/** The name of a storage. */
export const storageId = accept(
  "pve-storage-id",
  (value) => /^[a-z][a-z0-9\-_.]*[a-z0-9]$/i.test(value),
  (value) => `storage ID '${value}' contains illegal characters`,
);

/** Names of storages. */
export const storageIdList = listOf(storageId);

/** A storage for all, or pairs `FROM:TO`; `1` for the same storage on both sides. */
export const storagePairList = listOf({
  name: "storage-pair",
  check: (value, path) => {
    if (value === "1") return;
    for (const id of value.split(":", 2)) storageId.check(id, path);
  },
});

/** A volume on a storage: `STORAGE:NAME`. */
export const volumeId = accept(
  "pve-volume-id",
  (value) => /^[a-z][a-z0-9\-_.]*[a-z0-9]:\S+$/i.test(value),
  (value) => `unable to parse volume ID '${value}'`,
);

/** A volume id, `none`, `cdrom` or an absolute path, as the first part of a drive may be. */
export const volumeIdOrPath: Format = {
  name: "pve-volume-id-or-qm-path",
  check: (value, path) => {
    if (value === "none" || value === "cdrom" || value.startsWith("/")) return;
    volumeId.check(value, path);
  },
};

/** A volume id or an absolute path, as the source of an import may be. */
export const volumeIdOrAbsolutePath: Format = {
  name: "pve-volume-id-or-absolute-path",
  check: (value, path) => {
    if (!value.startsWith("/")) volumeId.check(value, path);
  },
};

/** A size with an optional binary unit: `20G`. */
export const diskSize = accept(
  "disk-size",
  (value) => parseSize(value) !== undefined,
  (value) => `value does not look like a valid disk size: ${value}`,
);

/** Percent-encoded text. */
export const urlEncoded = accept(
  "urlencoded",
  (value) => /^[-%a-zA-Z0-9_.!~*'()]*$/.test(value),
  (value) => `invalid urlencoded string: ${value}`,
);

/** Tags of a VM. */
export const tagList = listOf(
  accept(
    "pve-tag",
    (value) => /^[a-z0-9_][a-z0-9_\-+.]*$/i.test(value),
    () => "invalid characters in tag",
  ),
);

/** What a storage may hold. */
export const CONTENT_TYPES = ["images", "rootdir", "vztmpl", "iso", "backup", "snippets", "import"] as const;

/** A kind of content, as a storage is asked for it. */
export const contentType = accept(
  "pve-storage-content",
  (value) => (CONTENT_TYPES as readonly string[]).includes(value) || value === "none",
  (value) => `invalid content type '${value}'`,
);

/** Kinds of content. */
export const contentList = listOf(contentType);

/** Outcomes of tasks, as a list of tasks is filtered by them. */
export const taskStatusList = listOf(
  accept(
    "pve-task-status-type",
    (value) => /^(?:ok|error|warning|unknown)$/i.test(value),
    (value) => `invalid status '${value}'`,
  ),
);
