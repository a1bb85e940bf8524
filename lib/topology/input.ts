/**
 * What a topology file holds, as types: the same keys, for those who write their topology in TypeScript.
 * The rules that the values must keep are in `schema.ts` and in the checks beside it.
 */

/** A whole topology, as a file or a program gives it. */
export interface TopologyInput {
  /** Where on Proxmox VE the VMs are made. */
  readonly proxmox: ProxmoxInput;
  /** The network the VMs are in. */
  readonly network: NetworkInput;
  /**
   * How people log in to the VMs.
   * @default - user "ubuntu"
   */
  readonly access?: AccessInput;
  /** The clusters by name, 1-1000 of them. A name is a DNS label, and the first part of its VMs' names. */
  readonly clusters: Readonly<Record<string, ClusterInput>>;
}

/** Where on Proxmox VE the VMs are made. */
export interface ProxmoxInput {
  /** Names of the Proxmox hosts. The members of each cluster rotate over them in this order. */
  readonly nodes: readonly string[];
  /** VM id of the template that every VM is a full clone of, 100-999999999. */
  readonly templateId: number;
  /** The storage that the VMs' disks are on. */
  readonly storage: string;
  /**
   * The network bridge that net0 is connected to.
   * @default "vmbr0"
   */
  readonly bridge?: string;
}

/** The network the VMs are in. */
export interface NetworkInput {
  /** The IPv4 network, its own address before the slash: "192.168.1.0/24". The prefix is 8-30 bits. */
  readonly cidr: string;
  /**
   * The router's IPv4 address.
   * @default - the first host address of `cidr`
   */
  readonly gateway?: string;
  /**
   * The VLAN that net0 is tagged with, 1-4094. Null in a cluster lifts the VLAN that the topology sets.
   * @default - no VLAN: nothing is tagged
   */
  readonly vlanId?: number | null;
  /**
   * IPv4 addresses of the DNS resolvers, in the order they are asked.
   * @default - the gateway alone
   */
  readonly dnsServers?: readonly string[];
  /** The DNS domain that the VMs search, and that the Rancher hostname is in by default. */
  readonly domain: string;
}

/** How people log in to the VMs: by SSH key alone; the keys are given at deployment. */
export interface AccessInput {
  /**
   * The user that cloud-init makes.
   * @default "ubuntu"
   */
  readonly user?: string;
}

/** One cluster of like VMs. */
export interface ClusterInput {
  /** "manager" runs Rancher itself (one cluster at most), "apps" is managed by it. */
  readonly role: ClusterRole;
  /**
   * Names of the clusters whose VMs must all be ready before the first VM of this one is made.
   * @default - waits for none
   */
  readonly waitsFor?: readonly string[];
  /** How many VMs, 1-5000. */
  readonly members: number;
  /** VM id of the first member; the others follow on. */
  readonly firstVmId: number;
  /** IPv4 address of the first member; the others follow on. */
  readonly firstAddress: string;
  /** CPU cores of each VM, 1-1024. */
  readonly cores: number;
  /** Memory of each VM in MiB, 16-4194304. */
  readonly memoryMiB: number;
  /** Boot disk of each VM in GiB, 1-65536. Not less than the template's disk. */
  readonly diskGiB: number;
  /**
   * Settings of the topology's `proxmox` that differ for this cluster.
   * @default - none differ
   */
  readonly proxmox?: Partial<ProxmoxInput>;
  /**
   * Settings of the topology's `network` that differ for this cluster.
   * @default - none differ
   */
  readonly network?: Partial<NetworkInput>;
}

/** What a cluster is for: to run Rancher itself, or to be managed by it. */
export type ClusterRole = "manager" | "apps";
