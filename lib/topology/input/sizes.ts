/** Sizes of VMs. */

/** Sizes of VMs: of a profile, or of all that do not say otherwise. Given by none of these, cores, memory and disk are missing. */
export interface SizesInput {
  /**
   * CPU cores of each VM, 1-1024.
   * @default - the profile's, else that of `defaults`, else it is missing
   * @example 8
   */
  readonly cores?: number;
  /**
   * Memory of each VM in MiB, 16-4194304.
   * @default - the profile's, else that of `defaults`, else it is missing
   * @example 16384
   */
  readonly memoryMiB?: number;
  /**
   * Boot disk of each VM in GiB, 1-65536. Not less than the template's disk.
   * @default - the profile's, else that of `defaults`, else it is missing
   * @example 100
   */
  readonly diskGiB?: number;
  /**
   * Proxmox's name for the CPU that the guest sees: "host", "x86-64-v3".
   * @default - the profile's, else that of `defaults`, else as the template has it
   * @example "x86-64-v3"
   */
  readonly cpu?: string;
  /**
   * Disks besides the boot disk by their device, "scsi1" to "scsi13".
   * @default - the profile's, else those of `defaults`, else none
   * @example { "scsi1": { "sizeGiB": 200, "storage": "ceph-vm" } }
   */
  readonly extraDisks?: Readonly<Record<string, ExtraDiskInput>>;
}

/** A disk besides the boot disk. */
export interface ExtraDiskInput {
  /**
   * Its size in GiB, 1-65536.
   * @example 200
   */
  readonly sizeGiB: number;
  /**
   * The storage that it is on.
   * @default - the storage of the boot disk
   * @example "ceph-vm"
   */
  readonly storage?: string;
}
