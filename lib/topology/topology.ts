/**
 * The resolved topology: every VM with its final name, id, address, Proxmox node and sizes.
 * It is checked, complete and frozen; whoever renders or reports it decides nothing any more.
 */
import type { ClusterRole } from "./input";

/** All clusters, each one after those it waits for, else in the order of the file. */
export interface Topology {
  readonly clusters: readonly Cluster[];
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
  /** The members in the order of their numbers; at least one. */
  readonly vms: readonly Vm[];
}

/** One VM of a cluster. */
export interface Vm {
  /** What the VM is known by in Terraform (`pve_qemu.<key>`). Never changes while its cluster grows or shrinks. */
  readonly key: string;
  /** The name in Proxmox, which is the hostname as well. */
  readonly name: string;
  readonly vmId: number;
  /** Name of the Proxmox host. */
  readonly node: string;
  /** VM id of the template it is cloned from. */
  readonly templateId: number;
  /** The storage its disk is on. */
  readonly storage: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
  readonly bridge: string;
  /**
   * The VLAN of its network interface, 1-4094.
   * @default - no VLAN
   */
  readonly vlanId?: number;
  /** Plain IPv4 address, without the prefix: "192.168.1.100". */
  readonly address: string;
  /** Length of the network's prefix in bits: 24. */
  readonly prefixLength: number;
  /** IPv4 address of the router. */
  readonly gateway: string;
  /** IPv4 addresses of the DNS resolvers, at least one. */
  readonly dnsServers: readonly string[];
  /** The DNS domain it searches. */
  readonly domain: string;
  /** The user that cloud-init makes. */
  readonly user: string;
}
