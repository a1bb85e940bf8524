import { wholeNumber } from "./prop-checks";
import type { PropChecks } from "./prop-checks";
import { storageName } from "./proxmox-values";

/** A disk besides the boot disk. */
export interface ExtraDiskProps {
  /** The storage it is made on. */
  readonly storage: string;
  /** Size in GiB, 1-65536. */
  readonly sizeGiB: number;
}

/** scsi0 is the boot disk; Proxmox has no SCSI disk beyond scsi30, and the provider none beyond scsi13. */
const DEVICE = /^scsi([1-9]|1[0-3])$/;

const size = wholeNumber(1, 65_536);

/** Checks the prop `extraDisks`. */
export function checkExtraDisks(
  checks: PropChecks,
  disks: Readonly<Record<string, ExtraDiskProps>> | undefined,
): void {
  for (const [device, { storage, sizeGiB }] of Object.entries(disks ?? {})) {
    if (!DEVICE.test(device))
      checks.fail(`'extraDisks' must have devices from scsi1 to scsi13 for its keys, got "${device}"`);
    checks.check(`extraDisks.${device}.storage`, storage, storageName);
    checks.check(`extraDisks.${device}.sizeGiB`, sizeGiB, size);
  }
}

/** The attributes `scsi1` to `scsi13` of a `pve_qemu`. */
export function renderExtraDisks(
  disks: Readonly<Record<string, ExtraDiskProps>> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(disks ?? {}).map(([device, { storage, sizeGiB }]) => [device, `${storage}:${sizeGiB}`]),
  );
}
