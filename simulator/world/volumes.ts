import { failure } from "../schema/api-error";
import { MIB } from "../schema/sizes";
import { STORAGE_TYPES, type StorageTypeName } from "./storage-types";

/** What a guest would find on a volume. */
export type VolumeContent =
  | { readonly kind: "empty" }
  | { readonly kind: "cloud-init" }
  /** An operating system that boots. */
  | { readonly kind: "system"; readonly agentInstalled: boolean };

/** A virtual disk. */
export interface Volume {
  /** Its name on the storage, without the storage's: `vm-401-disk-0`, `401/vm-401-disk-0.qcow2`. */
  readonly name: string;
  readonly vmid: number;
  readonly format: "raw" | "qcow2" | "vmdk";
  readonly content: VolumeContent;
  sizeBytes: number;
  /** What it takes from the storage's space: less than its size for a linked clone. */
  allocatedBytes: number;
  /** The volume that a linked clone builds on. */
  readonly baseName?: string;
  /** Its size in bytes at each of its snapshots, oldest first. @default - none was taken */
  snapshots?: Map<string, number>;
}

/** A volume to be made. */
interface VolumeRequest {
  readonly vmid: number;
  readonly sizeBytes: number;
  readonly content: VolumeContent;
  /** @default raw */
  readonly format?: Volume["format"];
  /** The volume that a linked clone builds on. @default - a volume of its own */
  readonly baseName?: string;
}

/** The volumes of one storage: of one node, or of the whole cluster where it is shared. */
export class VolumeGroup {
  /** Bytes taken by what is no VM's volume, by each cause; they share their space, so that the largest counts. */
  readonly #fillings = new Set<{ readonly bytes: number }>();
  readonly #volumes = new Map<string, Volume>();

  /** Folder or pool in which the volumes lie. */
  readonly #root: string;

  /** @param root folder or pool. @default - `/mnt/pve/ID` for files, else the storage's id */
  constructor(
    readonly storage: string,
    readonly typeName: StorageTypeName,
    readonly totalBytes: number,
    root?: string,
  ) {
    this.#root = root ?? (this.#layout === "file" ? `/mnt/pve/${storage}` : storage);
  }

  /** Bytes taken. */
  get usedBytes(): number {
    return this.#volumeBytes + Math.max(0, ...[...this.#fillings].map(({ bytes }) => bytes));
  }

  get #volumeBytes(): number {
    return [...this.#volumes.values()].reduce((sum, volume) => sum + volume.allocatedBytes, 0);
  }

  /**
   * Takes space for what is no VM's volume.
   *
   * @param freeBytes what is left to the VMs
   * @returns gives the space back
   */
  fillUp(freeBytes: number): () => void {
    const filling = { bytes: this.totalBytes - this.#volumeBytes - freeBytes };
    this.#fillings.add(filling);
    return () => this.#fillings.delete(filling);
  }

  /** All volumes, in no order that means anything. */
  list(): Volume[] {
    return [...this.#volumes.values()];
  }

  /** The volume of that name, or undefined. */
  find(name: string): Volume | undefined {
    return this.#volumes.get(name);
  }

  /**
   * Makes a disk under the VM's lowest free number, rounded up to whole MiB.
   *
   * @throws ApiError 500 as the storage's own tools report a lack of space
   */
  allocateDisk(request: VolumeRequest): Volume {
    for (let number = 0; ; number += 1) {
      const name = this.#diskName(request, number);
      if (this.#takenNumbers(request.vmid).has(number)) continue;
      return this.#add(name, request);
    }
  }

  /**
   * Makes a VM's cloud-init drive, of 4 MiB.
   *
   * @throws ApiError 500 where it exists, or for lack of space
   */
  allocateCloudInit(vmid: number): Volume {
    const isFile = this.#layout === "file";
    const name = isFile ? `${vmid}/vm-${vmid}-cloudinit.qcow2` : `vm-${vmid}-cloudinit`;
    return this.allocateNamed(name, {
      vmid,
      sizeBytes: 4 * MIB,
      content: { kind: "cloud-init" },
      format: isFile ? "qcow2" : "raw",
    });
  }

  /**
   * Makes a volume of a given name, rounded up to whole MiB.
   *
   * @param name without the storage's: `vm-401-state-before`
   * @throws ApiError 500 where it exists, or for lack of space
   */
  allocateNamed(name: string, request: VolumeRequest): Volume {
    if (this.#volumes.has(name)) throw failure(this.#existsText(name));
    return this.#add(name, request);
  }

  /**
   * Makes a volume larger.
   *
   * @throws ApiError 500 for lack of space
   */
  grow(volume: Volume, sizeBytes: number): void {
    const rounded = Math.ceil(sizeBytes / MIB) * MIB;
    const extra = rounded - volume.sizeBytes;
    if (extra > this.totalBytes - this.usedBytes) throw failure(this.#growthText(volume));
    volume.sizeBytes = rounded;
    volume.allocatedBytes += extra;
  }

  /** Takes in a volume that was there before. */
  adopt(volume: Volume): void {
    this.#volumes.set(volume.name, volume);
  }

  /** Gives a volume another name, as becoming a template's base does. */
  rename(volume: Volume, name: string): Volume {
    const renamed: Volume = { ...volume, name };
    this.#volumes.delete(volume.name);
    this.#volumes.set(name, renamed);
    return renamed;
  }

  /** Removes a volume; one that is not there is no error. */
  free(name: string): void {
    this.#volumes.delete(name);
  }

  /** The linked clones that build on a volume. */
  clonesOf(name: string): Volume[] {
    return this.list().filter((volume) => volume.baseName === name);
  }

  /** Where the host would see the volume, for log lines. */
  path(name: string): string {
    const file = name.split("/").slice(-2).join("/");
    if (this.#layout === "file") return `${this.#root}/images/${file}`;
    const folder = this.typeName === "zfspool" ? "/dev/zvol" : "/dev";
    return `${folder}/${this.#root}/${name.split("/").at(-1) ?? name}`;
  }

  /** What a storage prints when it makes a volume that builds on another. */
  linkingLines({ name, vmid, sizeBytes, baseName = "" }: Volume): string[] {
    const own = name.split("/").at(-1) ?? name;
    if (this.typeName === "rbd") return [`clone ${baseName}: ${baseName} snapname __base__ to ${own}`];
    if (this.#layout === "block") return [];
    const base = `../${baseName}`;
    const details =
      "cluster_size=131072 extended_l2=on preallocation=metadata compression_type=zlib " +
      `size=${sizeBytes} backing_file=${base} backing_fmt=qcow2 lazy_refcounts=off refcount_bits=16`;
    return [
      `clone ${baseName}: images, ${own}, ${vmid} to ${own} (base=${base})`,
      `Formatting '${this.path(name)}', fmt=qcow2 ${details}`,
    ];
  }

  /** What `qemu-img` prints of a volume that it makes; nothing for those that it does not make. */
  formattingLines({ name, format, sizeBytes }: Volume): string[] {
    if (this.#layout === "block") return [];
    const details =
      format === "qcow2"
        ? `cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=${sizeBytes} lazy_refcounts=off refcount_bits=16`
        : `size=${sizeBytes} preallocation=off`;
    return [`Formatting '${this.path(name)}', fmt=${format} ${details}`];
  }

  /** What the storage's own tools print when they are to remove a volume that is not there. */
  missingText(name: string): string {
    if (this.typeName === "rbd")
      return "rbd error: rbd: listing snapshots failed: (2) No such file or directory";
    const volume = `${this.#root}/${name}`;
    return `lvremove '${volume}' error:   Failed to find logical volume "${volume}"`;
  }

  get #layout(): "file" | "block" {
    return STORAGE_TYPES[this.typeName].layout;
  }

  #diskName(request: VolumeRequest, number: number): string {
    const format = request.format ?? "raw";
    const own =
      this.#layout === "file"
        ? `${request.vmid}/vm-${request.vmid}-disk-${number}.${format}`
        : `vm-${request.vmid}-disk-${number}`;
    const { baseInVolumeId } = STORAGE_TYPES[this.typeName];
    return request.baseName !== undefined && baseInVolumeId ? `${request.baseName}/${own}` : own;
  }

  #takenNumbers(vmid: number): Set<number> {
    const pattern = new RegExp(`(?:vm|base)-${vmid}-disk-(\\d+)(?:\\.\\w+)?$`);
    return new Set(this.list().flatMap((volume) => pattern.exec(volume.name)?.slice(1).map(Number) ?? []));
  }

  #add(name: string, request: VolumeRequest): Volume {
    const sizeBytes = Math.ceil(request.sizeBytes / MIB) * MIB;
    const allocatedBytes = request.baseName === undefined ? sizeBytes : 0;
    if (allocatedBytes > this.totalBytes - this.usedBytes) throw failure(this.#fullText(name));
    const volume: Volume = {
      name,
      vmid: request.vmid,
      format: request.format ?? "raw",
      content: request.content,
      sizeBytes,
      allocatedBytes,
      baseName: request.baseName,
    };
    this.#volumes.set(name, volume);
    return volume;
  }

  #existsText(name: string): string {
    if (this.typeName === "zfspool")
      return `zfs error: cannot create '${this.#root}/${name}': dataset already exists`;
    if (this.#layout === "file") return `disk image '${this.path(name)}' already exists`;
    return `volume '${this.storage}:${name}' already exists`;
  }

  #fullText(name: string): string {
    const own = name.split("/").at(-1) ?? name;
    switch (this.typeName) {
      case "zfspool":
        return `zfs error: cannot create '${this.#root}/${own}': out of space`;
      case "lvmthin":
        return `lvcreate '${this.#root}/${own}' error:   Volume group "${this.#root}" has insufficient free space.`;
      case "rbd":
        return `rbd create '${own}' error: rbd: create error: (28) No space left on device`;
      case "dir":
      case "nfs":
      case "cifs":
        return `unable to create image: qemu-img: ${this.path(name)}: No space left on device`;
    }
  }

  #growthText(volume: Volume): string {
    const own = volume.name.split("/").at(-1) ?? volume.name;
    switch (this.typeName) {
      case "zfspool":
        return `zfs error: cannot set property for '${this.#root}/${own}': size is greater than available space`;
      case "lvmthin":
        return `error resizing volume '/dev/${this.#root}/${own}':   Insufficient free space`;
      case "rbd":
        return `rbd resize '${own}' error: rbd: resize error: (28) No space left on device`;
      case "dir":
      case "nfs":
      case "cifs":
        return `command '/usr/bin/qemu-img resize ${this.path(volume.name)}' failed: exit code 1`;
    }
  }
}
