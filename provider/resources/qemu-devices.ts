/** Keys of a VM's network cards, which are the attributes as well: `net0` to `net7`. */
export const NETWORK_CARDS = numbered("net", 0, 7);

/** What cloud-init tells each card, in the order of {@link NETWORK_CARDS}: `ipconfig0` to `ipconfig7`. */
export const IP_CONFIGS = numbered("ipconfig", 0, 7);

/** The disks beside the boot disk, which is `scsi0`: `scsi1` to `scsi13`. */
export const DATA_DISKS = numbered("scsi", 1, 13);

/** All disks that the resource knows, the boot disk first. */
export const DISKS = ["scsi0", ...DATA_DISKS];

function numbered(prefix: string, first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${prefix}${first + index}`);
}
