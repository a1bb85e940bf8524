import type { Draft } from "../draft";
import type { SizesInput } from "../input";
import type { ExtraDisk } from "../topology";

/** Sizes as far as they are known. A key with the value undefined was bad, and is told already. */
export type SizesDraft = Draft<SizesInput>;

const sizeKeys = ["cores", "memoryMiB", "diskGiB", "cpu"] as const;

/** The sizes that hold, out of layers of which each stands before the one ahead of it. Extra disks merge by device. */
export function mergeSizes(...layers: readonly (SizesDraft | undefined)[]): SizesDraft {
  const merged: { -readonly [Key in keyof SizesDraft]: SizesDraft[Key] } = {};
  for (const layer of layers) {
    if (!layer) continue;
    for (const key of sizeKeys) if (key in layer) Object.assign(merged, { [key]: layer[key] });
    if (layer.extraDisks) merged.extraDisks = { ...merged.extraDisks, ...layer.extraDisks };
  }
  return merged;
}

/** The extra disks in the order of their devices. */
export function listExtraDisks(disks: SizesDraft["extraDisks"], bootStorage: string): readonly ExtraDisk[] {
  const listed = Object.entries(disks ?? {}).map(([device, disk]) =>
    Object.freeze({ device, storage: disk?.storage ?? bootStorage, sizeGiB: disk?.sizeGiB ?? 0 }),
  );
  return Object.freeze(listed.sort((a, b) => deviceNumber(a.device) - deviceNumber(b.device)));
}

/** 10 of "scsi10". */
function deviceNumber(device: string): number {
  return Number(device.replace(/\D/g, ""));
}
