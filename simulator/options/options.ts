import type { FaultStrike } from "../faults/fault-list";
import type { FaultRule } from "../faults/rule";
import type { TimingProfile } from "../world/timing-profile";
import type { StorageTypeName } from "../world/storage-types";

/** A storage of the simulated cluster. */
export interface StorageOptions {
  readonly id: string;
  readonly type: StorageTypeName;
  /** Space in GiB: of each node that has it, or in all where it is shared. */
  readonly sizeGiB: number;
  /** Whether all nodes see the same volumes. @default - false; always true for nfs, cifs and rbd */
  readonly shared?: boolean;
  /** The nodes that have it. @default - all */
  readonly nodes?: readonly string[];
  /** What it may hold. @default ["images", "rootdir"] */
  readonly content?: readonly string[];
  /** Whether it is there but switched off. @default false */
  readonly disabled?: boolean;
  /** Folder (`dir`, `nfs`, `cifs`) or pool in which its volumes lie, as logs and errors name it. @default - `/mnt/pve/ID`, or its id */
  readonly path?: string;
}

/** A VM that is there from the start; its volumes are made as its drives describe them. */
export interface VmOptions {
  readonly vmid: number;
  /** One of the nodes, or a host that has left the cluster and not its VMs. @default - the first node */
  readonly node?: string;
  /** Its configuration, as the file below /etc/pve holds it; each disk says its `size=`. */
  readonly config: Readonly<Record<string, string>>;
  /** What is on the disks that it boots from: a system with or without a guest agent, or nothing. @default "agent" */
  readonly system?: "agent" | "plain" | "none";
  /** Whether it runs. @default false */
  readonly running?: boolean;
  /** The resource pool that it is in. @default - none */
  readonly pool?: string;
}

/** What every host has. */
export interface HardwareOptions {
  /** Processors. @default 64 */
  readonly cpus?: number;
  /** Memory in GiB. @default 256 */
  readonly memoryGiB?: number;
}

/** A template that is there from the start: a cloud image with a cloud-init drive, on `scsi0`. */
export interface TemplateOptions {
  readonly vmid: number;
  /** A DNS name. */
  readonly name: string;
  /** @default - the first node that has the storage */
  readonly node?: string;
  /** The storage of its disks. */
  readonly storage: string;
  /** Size of its disk. @default 2.19921875 (2252 MiB) */
  readonly diskGiB?: number;
  /** Whether a guest agent is installed in it; the `agent` key is set alike. @default true */
  readonly agent?: boolean;
  /** More keys of its configuration, or others in the place of its own. @default - none */
  readonly config?: Readonly<Record<string, string>>;
}

/** An API token with its secret. */
export interface ApiToken {
  /** `USER@REALM` */
  readonly user: string;
  readonly tokenId: string;
  /** A lower-case UUID. */
  readonly secret: string;
}

/** Who may do what. */
export interface AccessOptions {
  /**
   * Users, groups, tokens, roles, pools and ACLs, as the text of a cluster's `/etc/pve/user.cfg`.
   *
   * @default - the user of `token`, with the role Administrator on `/`, and `token` without privilege separation
   */
  readonly userConfig?: string;
  /**
   * The secrets of tokens, lower-case UUIDs, by `USER@REALM!TOKENID`. A token without one cannot log in.
   *
   * @default - none but that of `token`
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Passwords by `USER@REALM`. A user without one gets no ticket.
   *
   * @default - none
   */
  readonly passwords?: Readonly<Record<string, string>>;
}

/** How the simulator is set up. */
export interface SimulatorOptions {
  /** Address to listen on. @default 127.0.0.1 */
  readonly host?: string;
  /** Port to listen on; 0 for any that is free. @default 0 */
  readonly port?: number;
  /** Port of the control calls (HTTP, JSON); 0 for any that is free. @default - there are none */
  readonly controlPort?: number;
  /** Simulated seconds per second; 0 for time that only the program moves, see `Simulator.time`. @default 1 */
  readonly speed?: number;
  /** Names of the hosts. @default ["pve1"] */
  readonly nodes?: readonly string[];
  /** @default - `local` (dir, 100 GiB, no VM images) and `local-vm-zfs` (zfspool, 500 GiB) */
  readonly storages?: readonly StorageOptions[];
  /** @default - 400 `ubuntu-22.04-template` on `local-vm-zfs` */
  readonly templates?: readonly TemplateOptions[];
  /** VMs beside the templates. @default - none */
  readonly vms?: readonly VmOptions[];
  /** @default - 64 processors and 256 GiB */
  readonly hardware?: HardwareOptions;
  /** Resource pools, all empty at first but for what `vms` puts in; those that enclose a nested one need not be named. @default - none */
  readonly pools?: readonly string[];
  /** Bridges of every host. @default ["vmbr0"] */
  readonly bridges?: readonly string[];
  /** Those of them without a physical port; a VM with a VLAN tag on one does not start. @default - none */
  readonly bridgesWithoutPort?: readonly string[];
  /** The API token that the simulator shows. @default - `terraform@pve!provider` with a random secret */
  readonly token?: Partial<ApiToken>;
  /** Who may do what. @default - the user of `token` may do everything that is not root's alone */
  readonly access?: AccessOptions;
  /** How long things take. @default - the figures of the reference */
  readonly profile?: Partial<TimingProfile>;
  /** What is to go wrong. @default - nothing */
  readonly faults?: readonly FaultRule[];
  /** Told of every request when it has been answered. @default - nobody */
  readonly onRequest?: (request: RequestRecord) => void;
  /** Told of every fault at the moment it strikes. @default - nobody */
  readonly onFault?: (strike: FaultStrike) => void;
}

/** A request that was answered, or whose connection broke. */
export interface RequestRecord {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** 0 where the connection broke before the end of the answer. */
  readonly status: number;
  /** From the request's head to the end of the answer, in real milliseconds. */
  readonly durationMs: number;
}

/** The storages that are there unless others are given. */
export const DEFAULT_STORAGES: readonly StorageOptions[] = [
  { id: "local", type: "dir", sizeGiB: 100, content: ["iso", "vztmpl", "backup", "snippets", "import"] },
  { id: "local-vm-zfs", type: "zfspool", sizeGiB: 500 },
];

/** The templates that are there unless others are given. */
export const DEFAULT_TEMPLATES: readonly TemplateOptions[] = [
  { vmid: 400, name: "ubuntu-22.04-template", storage: "local-vm-zfs" },
];

/** Size of a template's disk unless it says another: that of a Ubuntu cloud image, 2252 MiB. */
export const DEFAULT_TEMPLATE_DISK_GIB = 2252 / 1024;

/** The node that a template lies on: the one it names, else the first that has its storage. */
export function templateNode(
  template: TemplateOptions,
  nodes: readonly string[],
  storages: readonly Pick<StorageOptions, "id" | "nodes">[],
): string | undefined {
  const storage = storages.find(({ id }) => id === template.storage);
  return template.node ?? nodes.find((node) => storage?.nodes?.includes(node) ?? true);
}
