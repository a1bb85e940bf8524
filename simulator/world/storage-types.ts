/** How volumes of a storage type are named and kept. */
interface StorageType {
  /** `file` volumes lie in a folder per VM and have a format; `block` volumes are raw. */
  readonly layout: "file" | "block";
  /** Whether a linked clone carries the name of its base in its volume id. */
  readonly baseInVolumeId: boolean;
  /** Whether all nodes see the same volumes, whatever the configuration says. */
  readonly alwaysShared: boolean;
}

/** The storage types that are simulated. */
export const STORAGE_TYPES = {
  dir: { layout: "file", baseInVolumeId: true, alwaysShared: false },
  nfs: { layout: "file", baseInVolumeId: true, alwaysShared: true },
  cifs: { layout: "file", baseInVolumeId: true, alwaysShared: true },
  zfspool: { layout: "block", baseInVolumeId: true, alwaysShared: false },
  lvmthin: { layout: "block", baseInVolumeId: false, alwaysShared: false },
  rbd: { layout: "block", baseInVolumeId: true, alwaysShared: true },
} as const satisfies Record<string, StorageType>;

/** The name of a simulated storage type. */
export type StorageTypeName = keyof typeof STORAGE_TYPES;

/** Whether a storage type is simulated. */
export function isStorageTypeName(name: string): name is StorageTypeName {
  return Object.hasOwn(STORAGE_TYPES, name);
}
