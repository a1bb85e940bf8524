import { failure } from "../schema/api-error";
import { STORAGE_TYPES } from "./storage-types";
import type { LocatedVolume } from "./storages";

/** What a volume can be asked to do at a snapshot of it, as the storages' plugins have it (libpve-storage-perl 9). */
const FEATURES_AT_SNAPSHOT = {
  file: { copy: true, clone: false },
  zfspool: { copy: false, clone: false },
  lvmthin: { copy: true, clone: true },
  rbd: { copy: true, clone: true },
} as const;

/** Whether a volume can have snapshots: all but files that are no qcow2 images. */
export function canHaveSnapshots({ group, volume }: LocatedVolume): boolean {
  return STORAGE_TYPES[group.typeName].layout === "block" || volume.format === "qcow2";
}

/** Whether a snapshot of a volume can be copied in full or built upon by a linked clone. */
export function hasFeatureAtSnapshot({ group }: LocatedVolume, feature: "copy" | "clone"): boolean {
  const { typeName } = group;
  const isBlock = typeName === "zfspool" || typeName === "lvmthin" || typeName === "rbd";
  return FEATURES_AT_SNAPSHOT[isBlock ? typeName : "file"][feature];
}

/** Takes a snapshot of a volume. It takes no space: nobody writes to the simulated volumes. */
export function takeVolumeSnapshot({ volume }: LocatedVolume, name: string): void {
  volume.snapshots ??= new Map<string, number>();
  volume.snapshots.set(name, volume.sizeBytes);
}

/** Removes a snapshot of a volume; one that is not there is no error. */
export function deleteVolumeSnapshot({ volume }: LocatedVolume, name: string): void {
  volume.snapshots?.delete(name);
}

/**
 * Refuses to roll back to a snapshot that the storage cannot go back to: ZFS only knows the way to the newest one.
 *
 * @throws ApiError 500
 */
export function assertRollbackPossible({ group, volume }: LocatedVolume, name: string): void {
  const names = [...(volume.snapshots?.keys() ?? [])];
  const volumeId = `${group.storage}:${volume.name}`;
  if (!names.includes(name)) {
    throw failure(`can't rollback, snapshot '${name}' does not exist on '${volumeId}'`);
  }
  if (group.typeName === "zfspool" && names.at(-1) !== name) {
    throw failure(`can't rollback, '${name}' is not most recent snapshot on '${volumeId}'`);
  }
}

/** Gives a volume back the size that it had. */
export function rollBackVolume({ volume }: LocatedVolume, name: string): void {
  const sizeBytes = volume.snapshots?.get(name);
  if (sizeBytes === undefined) return;
  volume.allocatedBytes += sizeBytes - volume.sizeBytes;
  volume.sizeBytes = sizeBytes;
}
