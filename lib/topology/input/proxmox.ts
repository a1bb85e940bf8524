/** What a topology says of Proxmox VE. */

/** Where on Proxmox VE the VMs are made. */
export interface ProxmoxInput {
  /**
   * Names of the Proxmox nodes; as a mapping, with what each has to give. Of nodes that are equally
   * good for a member the first is chosen.
   * @example ["pve1", "pve2", "pve3"]
   */
  readonly nodes: readonly string[] | Readonly<Record<string, NodeInput | null>>;
  /**
   * VM id of the template that every VM is a full clone of, 100-999999999; with a template on each node a mapping from node to id.
   * @example 9000
   */
  readonly templateId: number | Readonly<Record<string, number>>;
  /**
   * The storage that the template's disks are on, the cloud-init drive's included. Matters where VMs are made on other
   * nodes than the template's.
   * @default - the `storage` beside `templateId`
   * @example "local-lvm"
   */
  readonly templateStorage?: string;
  /**
   * The boot disk of the template, in GiB: no VM's may be smaller.
   * @default - not known, and left to Proxmox to check
   * @example 4
   */
  readonly templateDiskGiB?: number;
  /**
   * The storage that the VMs' boot disks are on.
   * @example "local-lvm"
   */
  readonly storage: string;
  /**
   * What is known of storages, by name.
   * @default - nothing: a storage is taken for local to its node
   */
  readonly storages?: Readonly<Record<string, StorageInput>>;
  /**
   * The network bridge that net0 is connected to.
   * @default "vmbr0"
   * @example "vmbr1"
   */
  readonly bridge?: string;
  /**
   * The VM ids that were agreed upon with whoever else uses Proxmox: "400-499".
   * @default - any
   * @example "400-499"
   */
  readonly vmIds?: string;
  /**
   * How many times what nodes and storages have may be given to VMs.
   * @default - 1 each
   */
  readonly overcommit?: Partial<OvercommitInput>;
}

/** What a Proxmox node has to give to VMs. */
export interface NodeInput {
  /**
   * CPU threads.
   * @default - not limited
   * @example 32
   */
  readonly cores?: number;
  /**
   * Memory in MiB, without what the host itself needs.
   * @default - not limited
   * @example 126976
   */
  readonly memoryMiB?: number;
  /**
   * Room on its own storages in GiB, by their names.
   * @default - not limited
   * @example { "local-lvm": 900 }
   */
  readonly storageGiB?: Readonly<Record<string, number>>;
}

/** What is known of a storage. */
export interface StorageInput {
  /**
   * Whether every node reaches the same volumes, as with Ceph or NFS.
   * @default false
   * @example true
   */
  readonly shared?: boolean;
  /**
   * Room on a shared storage in GiB.
   * @default - not limited
   * @example 4000
   */
  readonly capacityGiB?: number;
}

/** How many times what is there may be given away, 1-100. */
export interface OvercommitInput {
  /**
   * For CPU cores.
   * @default 1
   * @example 4
   */
  readonly cores: number;
  /**
   * For memory.
   * @default 1
   * @example 1.2
   */
  readonly memory: number;
  /**
   * For the room on storages.
   * @default 1
   * @example 1.5
   */
  readonly storage: number;
}

/** Settings of `proxmox` that may differ for a cluster or a pool: a pool's stand before its cluster's. */
export interface ProxmoxOverrideInput {
  /**
   * Names of the Proxmox nodes that its members are placed on.
   * @default - those of the level above
   * @example ["pve2", "pve3"]
   */
  readonly nodes?: readonly string[];
  /**
   * VM id of the template; with a template on each node a mapping from node to id.
   * @default - that of the level above
   * @example 9001
   */
  readonly templateId?: number | Readonly<Record<string, number>>;
  /**
   * The storage that the template's disks are on.
   * @default - that of the level above
   * @example "local-lvm"
   */
  readonly templateStorage?: string;
  /**
   * The boot disk of the template, in GiB.
   * @default - that of the level above
   * @example 4
   */
  readonly templateDiskGiB?: number;
  /**
   * The storage that the VMs' boot disks are on.
   * @default - that of the level above
   * @example "ceph-vm"
   */
  readonly storage?: string;
  /**
   * The network bridge that net0 is connected to.
   * @default - that of the level above
   * @example "vmbr1"
   */
  readonly bridge?: string;
}
