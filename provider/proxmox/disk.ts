import { parsePropertyString } from "./property-string";

const GIB = 2 ** 30;
const UNIT_BYTES: Readonly<Record<string, number>> = {
  "": 1,
  K: 2 ** 10,
  M: 2 ** 20,
  G: GIB,
  T: 2 ** 40,
};

/** What `scsi0 = "storage:GiB"` asks for: the template's boot disk, on that storage, of that size. */
export interface DiskRequest {
  readonly storage: string;
  readonly sizeGiB: number;
}

/** A disk that a VM has. */
export interface Disk {
  readonly storage: string;
  /** Volume on the storage, such as `vm-401-disk-0`. */
  readonly volume: string;
  /** @default - Proxmox does not say */
  readonly sizeBytes?: number;
}

/**
 * Parses `storage:GiB`, such as `local-vm-zfs:20`.
 *
 * @throws Error where it is something else, with what to write
 */
export function parseDiskRequest(text: string): DiskRequest {
  const match = /^([a-z][\w.-]*[a-z0-9]):(\d+(?:\.\d+)?)$/i.exec(text);
  if (match?.[1] === undefined || Number(match[2]) === 0) {
    throw new Error(
      `it is not STORAGE:GiB, such as "local-vm-zfs:20" (a size in GiB above 0, without unit or options)`,
    );
  }
  return { storage: match[1], sizeGiB: Number(match[2]) };
}

/** Sizes of a request that can be meant, in GiB: those of a disk, not of a typing error. */
const [LEAST_GIB, MOST_GIB] = [1 / 1024, 2 ** 20];

/** Faults of a `storage:GiB`. */
export function diskRequestFaults(text: string): string[] {
  try {
    const { sizeGiB } = parseDiskRequest(text);
    if (sizeGiB >= LEAST_GIB && sizeGiB <= MOST_GIB) return [];
    return [`the size is ${sizeGiB} GiB, allowed is 1 MiB to 1 PiB (${MOST_GIB} GiB)`];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Prints `storage:GiB`. */
export function printDiskRequest(request: DiskRequest): string {
  return `${request.storage}:${request.sizeGiB}`;
}

/**
 * Parses a drive as Proxmox stores it, such as `local-zfs:vm-401-disk-0,discard=on,size=20G`.
 *
 * @returns `undefined` for what is no disk on a storage: an empty drive, a CD-ROM, a path
 */
export function parseDisk(text: string): Disk | undefined {
  const properties = parsePropertyString(text, "file");
  const match = /^([^:/]+):(.+)$/.exec(properties.get("file") ?? "");
  if (properties.get("media") === "cdrom" || match?.[1] === undefined || match[2] === undefined)
    return undefined;
  const size = properties.get("size");
  return {
    storage: match[1],
    volume: match[2],
    ...(size === undefined ? {} : { sizeBytes: parseSizeBytes(size) }),
  };
}

/** Bytes of a size such as `20G` or `2252M`. Source: pve-common src/PVE/JSONSchema.pm (parse_size). */
export function parseSizeBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text);
  const unitBytes = UNIT_BYTES[match?.[2] ?? ""];
  if (match === null || unitBytes === undefined) throw new Error(`"${text}" is no disk size`);
  return Math.round(Number(match[1]) * unitBytes);
}

/** GiB of a number of bytes. */
export function bytesToGiB(bytes: number): number {
  return bytes / GIB;
}

/**
 * Size for the resize call, always with a unit: without one Proxmox reads bytes.
 * Fractions of a GiB are rounded up to whole MiB.
 */
export function printSize(sizeGiB: number): string {
  return Number.isInteger(sizeGiB) ? `${sizeGiB}G` : `${Math.ceil(sizeGiB * 1024)}M`;
}
