import { diskSize, urlEncoded, volumeId, volumeIdOrAbsolutePath, volumeIdOrPath } from "./formats";
import type { KeyAlias, ParameterSchema, PropertySchema } from "./types";

type Keys = Record<string, ParameterSchema>;

const boolean = { type: "boolean", optional: true } as const;
const integer = { type: "integer", optional: true } as const;
const number = { type: "number", optional: true } as const;
const duration = { type: "integer", optional: true, minimum: 1 } as const;
const oneOf = (...values: string[]): ParameterSchema => ({ type: "string", optional: true, enum: values });
const size: ParameterSchema = { type: "string", optional: true, format: diskSize };
const file: ParameterSchema = { type: "string", format: volumeIdOrPath };
const importFrom: ParameterSchema = { type: "string", optional: true, format: volumeIdOrAbsolutePath };

const LIMITS: Keys = Object.fromEntries(
  ["", "_rd", "_wr"].flatMap((way): [string, ParameterSchema][] => [
    [`bps${way}`, integer],
    [`bps${way}_max_length`, duration],
    [`iops${way}`, integer],
    [`iops${way}_max`, integer],
    [`iops${way}_max_length`, duration],
    [`mbps${way}`, number],
    [`mbps${way}_max`, number],
  ]),
);

const COMMON: Keys = {
  ...LIMITS,
  aio: oneOf("native", "threads", "io_uring"),
  backup: boolean,
  cache: oneOf("none", "writethrough", "writeback", "unsafe", "directsync"),
  detect_zeroes: boolean,
  discard: oneOf("ignore", "on"),
  file,
  format: oneOf("raw", "qcow", "qed", "qcow2", "vmdk", "cloop"),
  "import-from": importFrom,
  media: oneOf("cdrom", "disk"),
  replicate: boolean,
  rerror: oneOf("ignore", "report", "stop"),
  serial: { type: "string", optional: true, format: urlEncoded, maxLength: 60 },
  shared: boolean,
  size,
  snapshot: boolean,
  werror: oneOf("enospc", "ignore", "report", "stop"),
};

const SSD: Keys = { ssd: boolean };
const WWN: Keys = { wwn: { type: "string", optional: true, pattern: /(?:^(0x)[0-9a-fA-F]{16})/ } };
const THREADS: Keys = { iothread: boolean, ro: boolean };
const MODEL: Keys = {
  model: { type: "string", optional: true, format: urlEncoded, maxLength: 120 },
};
const SCSI: Keys = {
  product: { type: "string", optional: true, pattern: /[A-Za-z0-9\-_\s]{0,16}/ },
  queues: { type: "integer", optional: true, minimum: 2 },
  scsiblock: boolean,
  vendor: { type: "string", optional: true, pattern: /[A-Za-z0-9\-_\s]{0,8}/ },
};

const FILE_ALIAS: Record<string, KeyAlias> = { volume: { alias: "file" } };
const DISK_ALIASES: Record<string, KeyAlias> = {
  ...FILE_ALIAS,
  bps_rd_length: { alias: "bps_rd_max_length" },
  bps_wr_length: { alias: "bps_wr_max_length" },
  iops_rd_length: { alias: "iops_rd_max_length" },
  iops_wr_length: { alias: "iops_wr_max_length" },
};

function disk(...extra: Keys[]): PropertySchema {
  return { defaultKey: "file", keys: Object.assign({}, COMMON, ...extra) as Keys, aliases: DISK_ALIASES };
}

const EFI: PropertySchema = {
  defaultKey: "file",
  aliases: FILE_ALIAS,
  keys: {
    efitype: oneOf("2m", "4m"),
    file,
    format: oneOf("raw", "qcow", "qed", "qcow2", "vmdk", "cloop"),
    "import-from": importFrom,
    "ms-cert": oneOf("2011", "2023", "2023w", "2023k"),
    "pre-enrolled-keys": boolean,
    size,
  },
};

const TPM: PropertySchema = {
  defaultKey: "file",
  aliases: FILE_ALIAS,
  keys: {
    file,
    format: oneOf("raw", "qcow2", "vmdk"),
    "import-from": importFrom,
    size,
    version: oneOf("v1.2", "v2.0"),
  },
};

const UNUSED: PropertySchema = {
  defaultKey: "file",
  aliases: FILE_ALIAS,
  keys: { file: { type: "string", format: volumeId } },
};

/** The kinds of drive: how many of each a VM may have, and what their strings may hold. */
const DRIVE_BUSES = {
  ide: { count: 4, schema: disk(SSD, WWN, MODEL) },
  scsi: { count: 31, schema: disk(SSD, WWN, THREADS, SCSI) },
  virtio: { count: 16, schema: disk(THREADS) },
  sata: { count: 6, schema: disk(SSD, WWN) },
  efidisk: { count: 1, schema: EFI },
  tpmstate: { count: 1, schema: TPM },
} as const satisfies Record<string, { count: number; schema: PropertySchema }>;

type Bus = keyof typeof DRIVE_BUSES;

/** All keys that are drives, in the order in which the API lists them: `ide0`, …, `tpmstate0`. */
export const DRIVE_KEYS: readonly string[] = Object.entries(DRIVE_BUSES).flatMap(([bus, { count }]) =>
  Array.from({ length: count }, (_, index) => `${bus}${index}`),
);

const DRIVE_KEY_SET = new Set(DRIVE_KEYS);

/** How many disks a VM may keep without using them. */
export const UNUSED_COUNT = 256;

/** Whether a configuration key is a drive that a guest sees. */
export function isDriveKey(key: string): boolean {
  return DRIVE_KEY_SET.has(key);
}

/** Whether a configuration key is a disk that is kept without being used. */
export function isUnusedKey(key: string): boolean {
  return /^unused\d+$/.test(key);
}

/**
 * The schema of the strings of a drive key.
 *
 * @param key a drive or unused disk: `scsi0`, `unused0`
 */
export function driveSchema(key: string): PropertySchema {
  if (isUnusedKey(key)) return UNUSED;
  return DRIVE_BUSES[key.replace(/\d+$/, "") as Bus].schema;
}
