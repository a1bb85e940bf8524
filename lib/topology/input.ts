/**
 * What a topology file holds, as types: the same keys, for those who write their topology in TypeScript.
 * The rules that the values must keep are in `schema.ts` and in the checks beside it.
 */

/** A whole topology, as a file or a program gives it. */
export interface TopologyInput {
  /** Where on Proxmox VE the VMs are made. */
  readonly proxmox: ProxmoxInput;
  /** The main network: that of every VM's net0. */
  readonly network: NetworkInput;
  /**
   * Further networks by name. A name is a DNS label that begins with a letter.
   * @default - none
   */
  readonly networks?: Readonly<Record<string, FurtherNetworkInput>>;
  /**
   * How people log in to the VMs.
   * @default - user "ubuntu"
   */
  readonly access?: AccessInput;
  /**
   * What holds for every pool that does not say otherwise.
   * @default - nothing
   */
  readonly defaults?: SizesInput;
  /**
   * Sizes by name, for pools to refer to.
   * @default - none
   */
  readonly profiles?: Readonly<Record<string, SizesInput>>;
  /**
   * How seriously each rule is taken, by its name.
   * @default - each as docs/CONFIGURATION.md says
   */
  readonly checks?: Readonly<Record<string, RuleLevel>>;
  /**
   * Names of rules whose warnings are meant, anywhere in the topology: they are no longer printed.
   * @default - none
   */
  readonly acknowledge?: readonly string[];
  /** The clusters by name, 1-1000 of them. A name is a DNS label, and the first part of its VMs' names. */
  readonly clusters: Readonly<Record<string, ClusterInput>>;
}

/** How seriously a rule is taken: an error stops, a warning is printed. */
export type RuleLevel = "error" | "warning" | "off";

/** Where on Proxmox VE the VMs are made. */
export interface ProxmoxInput {
  /** Names of the Proxmox nodes; as a mapping, with what each has to give. Members are placed on them in this order. */
  readonly nodes: readonly string[] | Readonly<Record<string, NodeInput | null>>;
  /** VM id of the template that every VM is a full clone of, 100-999999999; with a template on each node a mapping from node to id. */
  readonly templateId: number | Readonly<Record<string, number>>;
  /**
   * The storage that the template's disks are on, the cloud-init drive's included. Matters where VMs are made on other
   * nodes than the template's.
   * @default - the `storage` beside `templateId`
   */
  readonly templateStorage?: string;
  /**
   * The boot disk of the template, in GiB: no VM's may be smaller.
   * @default - not known, and left to Proxmox to check
   */
  readonly templateDiskGiB?: number;
  /** The storage that the VMs' boot disks are on. */
  readonly storage: string;
  /**
   * What is known of storages, by name.
   * @default - nothing: a storage is taken for local to its node
   */
  readonly storages?: Readonly<Record<string, StorageInput>>;
  /**
   * The network bridge that net0 is connected to.
   * @default "vmbr0"
   */
  readonly bridge?: string;
  /**
   * The VM ids that were agreed upon with whoever else uses Proxmox: "400-499".
   * @default - any
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
   */
  readonly cores?: number;
  /**
   * Memory in MiB, without what the host itself needs.
   * @default - not limited
   */
  readonly memoryMiB?: number;
  /**
   * Room on its own storages in GiB, by their names.
   * @default - not limited
   */
  readonly storageGiB?: Readonly<Record<string, number>>;
}

/** What is known of a storage. */
export interface StorageInput {
  /**
   * Whether every node reaches the same volumes, as with Ceph or NFS.
   * @default false
   */
  readonly shared?: boolean;
  /**
   * Room on a shared storage in GiB.
   * @default - not limited
   */
  readonly capacityGiB?: number;
}

/** How many times what is there may be given away, 1-100. */
export interface OvercommitInput {
  /** @default 1 */
  readonly cores: number;
  /** @default 1 */
  readonly memory: number;
  /** @default 1 */
  readonly storage: number;
}

/** The main network. At least one of `cidr` and `ipv6`. */
export interface NetworkInput {
  /**
   * The IPv4 network, its own address before the slash: "192.168.1.0/24". The prefix is 8-30 bits.
   * @default - no IPv4
   */
  readonly cidr?: string;
  /**
   * The router's IPv4 address. Null: there is none.
   * @default - the first host address of `cidr`
   */
  readonly gateway?: string | null;
  /**
   * IPv6 beside IPv4, or alone. Null in a cluster lifts what the topology sets.
   * @default - no IPv6
   */
  readonly ipv6?: Ipv6Input | null;
  /**
   * The VLAN that net0 is tagged with, 1-4094. Null in a cluster lifts the VLAN that the topology sets.
   * @default - no VLAN: nothing is tagged
   */
  readonly vlanId?: number | null;
  /**
   * The largest packet in bytes, 576-65520. Null in a cluster lifts what the topology sets.
   * @default - the bridge's
   */
  readonly mtu?: number | null;
  /**
   * IP addresses of the DNS resolvers, in the order they are asked.
   * @default - the gateway alone
   */
  readonly dnsServers?: readonly string[];
  /** The DNS domain that the VMs search, and that the Rancher hostname is in by default. */
  readonly domain: string;
  /**
   * Addresses and ranges ("192.168.1.50-192.168.1.59") that no VM may have: those of other machines.
   * @default - none
   */
  readonly reserved?: readonly string[];
}

/** IPv6 of a network. */
export interface Ipv6Input {
  /** The IPv6 network, its own address before the slash: "2001:db8:14::/64". The prefix is 16-126 bits. */
  readonly cidr: string;
  /**
   * The router's IPv6 address. Null: there is none, or it is learnt from router advertisements.
   * @default - null
   */
  readonly gateway?: string | null;
}

/** A network besides the main one. At least one of `cidr` and `ipv6`, unless its members use DHCP. */
export interface FurtherNetworkInput {
  /** The network bridge. */
  readonly bridge: string;
  /** @default - no VLAN */
  readonly vlanId?: number;
  /** @default - the bridge's */
  readonly mtu?: number;
  /** @default - no IPv4 */
  readonly cidr?: string;
  /**
   * The router's IPv4 address, for VMs that have none in the main network.
   * @default - none
   */
  readonly gateway?: string;
  /** @default - no IPv6 */
  readonly ipv6?: Ipv6Input;
  /** @default - none */
  readonly reserved?: readonly string[];
}

/** How people log in to the VMs: by SSH key alone; the keys are given at deployment. */
export interface AccessInput {
  /**
   * The user that cloud-init makes.
   * @default "ubuntu"
   */
  readonly user?: string;
}

/** Sizes of VMs: of a profile, or of all that do not say otherwise. Given by none of these, cores, memory and disk are missing. */
export interface SizesInput {
  /** CPU cores of each VM, 1-1024. */
  readonly cores?: number;
  /** Memory of each VM in MiB, 16-4194304. */
  readonly memoryMiB?: number;
  /** Boot disk of each VM in GiB, 1-65536. Not less than the template's disk. */
  readonly diskGiB?: number;
  /**
   * Proxmox's name for the CPU that the guest sees: "host", "x86-64-v3".
   * @default - as the template has it
   */
  readonly cpu?: string;
  /**
   * Further disks by their device, "scsi1" to "scsi13".
   * @default - none
   */
  readonly extraDisks?: Readonly<Record<string, ExtraDiskInput>>;
}

/** A disk besides the boot disk. */
export interface ExtraDiskInput {
  /** 1-65536. */
  readonly sizeGiB: number;
  /** @default - the storage of the boot disk */
  readonly storage?: string;
}

/** One cluster: written in short with `members` and the keys of its only pool, or with `pools`. */
export interface ClusterInput extends Partial<Omit<PoolInput, "count" | "role">> {
  /** "manager" runs Rancher itself (one cluster at most), "apps" is managed by it. */
  readonly role: ClusterRole;
  /**
   * Names of the clusters whose VMs must all be ready before the first VM of this one is made.
   * @default - waits for none
   */
  readonly waitsFor?: readonly string[];
  /**
   * A plain address of the main network that the cluster's API is to be reached at; no VM gets it.
   * @default - none
   */
  readonly apiAddress?: string;
  /**
   * In the short form: the number of the last member, 1-5000. All members are servers.
   * @default - none: there are pools
   */
  readonly members?: number;
  /**
   * Pools by name, in place of the short form. A name is a DNS label.
   * @default - none: the short form
   */
  readonly pools?: Readonly<Record<string, PoolInput>>;
  /**
   * Settings of the topology's `network` that differ for this cluster.
   * @default - none differ
   */
  readonly network?: Partial<NetworkInput>;
  /**
   * Names of rules whose warnings are meant where they are about this cluster.
   * @default - none
   */
  readonly acknowledge?: readonly string[];
}

/** Like VMs of one cluster. */
export interface PoolInput extends SizesInput {
  /** "server": runs the Kubernetes control plane; "agent": runs workloads alone. */
  readonly role: MemberRole;
  /** The number of the last member, 1-5000: members are numbered from 1. */
  readonly count: number;
  /**
   * Numbers of members that are left out. No other member changes for it.
   * @default - none
   */
  readonly without?: readonly number[];
  /**
   * Name of the profile that gives sizes.
   * @default - none
   */
  readonly profile?: string;
  /** VM id of member 1; member n has this one plus n - 1. Either this or `vmIds`. */
  readonly firstVmId?: number;
  /** VM ids as a range, "401-410", or a list of ids and ranges: member n has the n-th. */
  readonly vmIds?: string | readonly (number | string)[];
  /** IPv4 address of member 1; the others follow on. Either this or `addresses`. */
  readonly firstAddress?: string;
  /** IPv4 addresses in the main network: "dhcp", a range "192.168.1.100-192.168.1.109", or a list of addresses and ranges. */
  readonly addresses?: string | readonly string[];
  /** IPv6 addresses in the main network: "auto", "dhcp", a range, or a list of addresses and ranges. */
  readonly addresses6?: string | readonly string[];
  /**
   * The further networks its VMs are in, by name; net1 is in the first of them.
   * @default - none
   */
  readonly networks?: Readonly<Record<string, PoolNetworkInput>>;
  /**
   * How members are placed on nodes.
   * @default "spread"
   */
  readonly placement?: PlacementStrategy;
  /**
   * Settings of `proxmox` that differ for this pool.
   * @default - none differ
   */
  readonly proxmox?: ProxmoxOverrideInput;
  /**
   * Tags in Proxmox.
   * @default - as the template has them
   */
  readonly tags?: readonly string[];
  /**
   * Labels of the Kubernetes nodes that they are to become.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the Kubernetes nodes that they are to become, as kubectl writes them: "dedicated=db:NoSchedule".
   * @default - none
   */
  readonly taints?: readonly string[];
  /**
   * What differs for single members, by their numbers.
   * @default - none differ
   */
  readonly overrides?: Readonly<Record<number, MemberOverrideInput>>;
}

/** The addresses of a pool in a further network. */
export interface PoolNetworkInput {
  /** IPv4: "dhcp", a range, or a list. @default - no IPv4 */
  readonly addresses?: string | readonly string[];
  /** IPv6: "auto", "dhcp", a range, or a list. @default - no IPv6 */
  readonly addresses6?: string | readonly string[];
}

/** Settings of `proxmox` that may differ for a cluster or a pool. */
export interface ProxmoxOverrideInput {
  /** Names of nodes. */
  readonly nodes?: readonly string[];
  readonly templateId?: number | Readonly<Record<string, number>>;
  readonly templateStorage?: string;
  readonly templateDiskGiB?: number;
  readonly storage?: string;
  readonly bridge?: string;
}

/** What differs for one member. */
export interface MemberOverrideInput extends SizesInput {
  readonly vmId?: number;
  /** IPv4 address in the main network. */
  readonly address?: string;
  /** IPv6 address in the main network. */
  readonly address6?: string;
  /** Addresses in further networks, by their names. */
  readonly networks?: Readonly<Record<string, { readonly address?: string; readonly address6?: string }>>;
  /** Name of the node it is on, whatever the placement. */
  readonly node?: string;
  /** The storage its boot disk is on. */
  readonly storage?: string;
  readonly tags?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly string[];
}

/** What a cluster is for: to run Rancher itself, or to be managed by it. */
export type ClusterRole = "manager" | "apps";

/** What a member does in Kubernetes. */
export type MemberRole = "server" | "agent";

/**
 * How members are placed on the nodes that have room. "spread": on the node with the fewest of their kind (servers: of
 * the whole cluster); "rotate": in turn; "pack": on the first; "pin": on the one node of the pool.
 */
export type PlacementStrategy = "spread" | "rotate" | "pack" | "pin";

/** A taint of a Kubernetes node. */
export interface Taint {
  readonly key: string;
  /** @default - none */
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}
