/**
 * The resolved topology: every VM with its final name, id, addresses, Proxmox node and sizes.
 * It is checked, complete and frozen; whoever renders or reports it decides nothing any more.
 */
import type { Fault } from "./fault";
import type { ClusterRole, MemberRole, PlacementStrategy, Taint } from "./input";

/** All that is declared, resolved. */
export interface Topology {
  /** Each cluster after those it waits for, else in the order of the file. */
  readonly clusters: readonly Cluster[];
  /** The Proxmox nodes that VMs may be placed on, in the order of the file; some may hold none. */
  readonly nodes: readonly ProxmoxNode[];
  /** The storages that are declared or used, those declared first. */
  readonly storages: readonly Storage[];
  /** The networks that VMs are in, each once, the main network of the topology first. */
  readonly networks: readonly Network[];
  /**
   * The VM ids that were agreed upon with whoever else uses Proxmox.
   * @default - any
   */
  readonly vmIds?: NumberRange;
  /**
   * Keys of the VMs whose nodes were chosen now, of several: neither an override nor the placement record says where
   * they are.
   * @default - no record is kept
   */
  readonly unrecorded?: readonly string[];
  /** What is allowed but hardly meant, in the order of the file; those acknowledged included. */
  readonly warnings: readonly Warning[];
}

/** One cluster of VMs. */
export interface Cluster {
  /** A DNS label that begins with a letter; unique. */
  readonly name: string;
  readonly role: ClusterRole;
  /** Names of the clusters whose VMs must all be ready before the first VM of this one is made. */
  readonly waitsFor: readonly string[];
  /** The DNS domain the cluster is in. */
  readonly domain: string;
  /**
   * Plain address that the cluster's API is to be reached at, whichever server answers; no VM has it.
   * @default - none
   */
  readonly apiAddress?: string;
  /** At least one. */
  readonly pools: readonly Pool[];
  /** The members of all pools, pool by pool, each in the order of their numbers; at least one. */
  readonly vms: readonly Vm[];
}

/** Like VMs of one cluster. */
export interface Pool {
  /**
   * Unique in its cluster.
   * @default - none: the cluster was written in its short form, and this is its only pool
   */
  readonly name?: string;
  readonly role: MemberRole;
  readonly placement: PlacementStrategy;
  /** The VM ids that are set aside for its members, those it has not got yet included. */
  readonly vmIdRanges: readonly NumberRange[];
  /** The addresses that are set aside for its members, those it has not got yet included; plain text, both ends included. */
  readonly addressRanges: readonly AddressRange[];
  /**
   * The boot disk of the template that its members are cloned from, in GiB: none of theirs can be smaller.
   * @default - not known
   */
  readonly templateDiskGiB?: number;
  /** Numbers of the members that `without` leaves out, ascending; their VM ids and addresses stay set aside. */
  readonly leftOut: readonly number[];
  /** In the order of their numbers; at least one. */
  readonly vms: readonly Vm[];
}

/** One VM of a cluster: a member. */
export interface Vm {
  /**
   * What the VM is known by in Terraform (`pve_qemu.<key>`): `<cluster>-<number>`, of a named pool
   * `<cluster>-<pool>-<number>`. Never changes while its pool grows or shrinks.
   */
  readonly key: string;
  /** The name in Proxmox, which is the hostname as well. */
  readonly name: string;
  /** Name of its cluster. */
  readonly cluster: string;
  /**
   * Name of its pool.
   * @default - none: the cluster was written in its short form
   */
  readonly pool?: string;
  /** Its number in the pool, from 1. */
  readonly number: number;
  readonly role: MemberRole;
  readonly vmId: number;
  /** Name of the Proxmox node. */
  readonly node: string;
  /** VM id of the template it is cloned from. */
  readonly templateId: number;
  /** The storage its boot disk is on. */
  readonly storage: string;
  readonly cores: number;
  /**
   * Proxmox's name for the CPU that the guest sees: "host".
   * @default - as the template has it
   */
  readonly cpu?: string;
  readonly memoryMiB: number;
  /** Its boot disk. */
  readonly diskGiB: number;
  /** Its further disks, in the order of their devices. */
  readonly extraDisks: readonly ExtraDisk[];
  /** In the order of their devices; net0, the first, is in the main network. */
  readonly interfaces: readonly NetworkInterface[];
  /** IP addresses of the DNS resolvers, in the order they are asked; empty where no network has any. */
  readonly dnsServers: readonly string[];
  /** The DNS domain it searches. */
  readonly domain: string;
  /** The user that cloud-init makes. */
  readonly user: string;
  /** Tags in Proxmox, sorted, lower-case. Empty: as the template has them. */
  readonly tags: readonly string[];
  /** Labels of the Kubernetes node that it is to become. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints of the Kubernetes node that it is to become. */
  readonly taints: readonly Taint[];
}

/** A disk besides the boot disk. */
export interface ExtraDisk {
  /** "scsi1" to "scsi13". */
  readonly device: string;
  readonly storage: string;
  readonly sizeGiB: number;
}

/** A network interface of a VM. */
export interface NetworkInterface {
  /** "net0" to "net7". */
  readonly device: string;
  /** Name of its network, as in {@link Topology.networks}. */
  readonly network: string;
  readonly bridge: string;
  /**
   * 1-4094.
   * @default - no VLAN
   */
  readonly vlanId?: number;
  /**
   * Bytes, 576-65520.
   * @default - the bridge's
   */
  readonly mtu?: number;
  /**
   * @default - no IPv4
   */
  readonly ipv4?: InterfaceAddress;
  /**
   * @default - no IPv6
   */
  readonly ipv6?: InterfaceAddress;
}

/** How an interface gets its address of one IP version: a fixed one, or "dhcp"; for IPv6 also "auto" (SLAAC). */
export type InterfaceAddress = StaticAddress | "dhcp" | "auto";

/** A fixed address. */
export interface StaticAddress {
  /** Plain, without the prefix: "192.168.1.100". */
  readonly address: string;
  /** In bits: 24. */
  readonly prefixLength: number;
  /**
   * Address of the router.
   * @default - none: nothing outside the network is reached through this interface
   */
  readonly gateway?: string;
}

/** A Proxmox host. */
export interface ProxmoxNode {
  readonly name: string;
  /** What VMs may take of it. */
  readonly capacity: Capacity;
}

/** What VMs may take of a node. What is left out is not known, and not limited. */
export interface Capacity {
  /**
   * CPU threads as declared, before over-commit.
   * @default - not known, and not limited
   */
  readonly cores?: number;
  /**
   * As declared, before over-commit.
   * @default - not known, and not limited
   */
  readonly memoryMiB?: number;
  /** Declared, before over-commit, of its own storages by name. */
  readonly storageGiB: Readonly<Record<string, number>>;
  /** How many times what is declared may be given to VMs, at least 1. */
  readonly overcommit: Overcommit;
}

/** How many times what is there may be given away. */
export interface Overcommit {
  readonly cores: number;
  readonly memory: number;
  readonly storage: number;
}

/** A Proxmox storage. */
export interface Storage {
  readonly name: string;
  /**
   * Whether every node reaches the same volumes.
   * @default - not known, taken for local
   */
  readonly shared?: boolean;
  /**
   * What a shared storage holds, before over-commit.
   * @default - not known, and not limited; that of a local storage is declared with its nodes
   */
  readonly capacityGiB?: number;
}

/** A network that VMs are in. */
export interface Network {
  /**
   * "main" is that of the topology, "main of <cluster>" one that a cluster has changed, "main of <cluster> on <bridge>"
   * one whose bridge a pool has changed, any other a name under `networks`.
   */
  readonly name: string;
  readonly bridge: string;
  /**
   * 1-4094.
   * @default - no VLAN
   */
  readonly vlanId?: number;
  /**
   * Bytes, 576-65520.
   * @default - the bridge's
   */
  readonly mtu?: number;
  /**
   * @default - no IPv4 addresses are known
   */
  readonly ipv4?: Subnet;
  /**
   * @default - no IPv6 addresses are known
   */
  readonly ipv6?: Subnet;
  /** IP addresses; empty where it has none of its own. */
  readonly dnsServers: readonly string[];
}

/** The addresses of a network. */
export interface Subnet {
  /** "192.168.1.0/24". */
  readonly cidr: string;
  /**
   * Address of the router.
   * @default - none
   */
  readonly gateway?: string;
}

/** Whole numbers, both ends included. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/** Addresses of one network, plain text, both ends included. */
export interface AddressRange {
  /** Name of the network. */
  readonly network: string;
  readonly first: string;
  readonly last: string;
}

/** What a rule warns of. */
export interface Warning extends Fault {
  /** Name of the rule: what `checks` and `acknowledge` know it by. */
  readonly rule: string;
  /** Whether the topology says that it is meant. */
  readonly acknowledged: boolean;
}
