/** What a topology says of the members of a cluster. */
import type { ProxmoxOverrideInput } from "./proxmox";
import type { SizesInput } from "./sizes";

/** Like VMs of one cluster. */
export interface PoolInput extends SizesInput {
  /**
   * "server": runs the Kubernetes control plane; "agent": runs workloads alone.
   * @example "agent"
   */
  readonly role: MemberRole;
  /**
   * The number of the last member, 1-5000: members are numbered from 1.
   * @example 5
   */
  readonly count: number;
  /**
   * Numbers of members that are left out. No other member changes for it.
   * @default - none
   * @example [2]
   */
  readonly without?: readonly number[];
  /**
   * Name of the profile that gives sizes.
   * @default - none
   * @example "large"
   */
  readonly profile?: string;
  /**
   * VM id of member 1; member n has this one plus n - 1. Either this or `vmIds`.
   * @default - none: there is `vmIds`
   * @example 1001
   */
  readonly firstVmId?: number;
  /**
   * VM ids as a range, "401-410", or a list of ids and ranges: member n has the n-th.
   * @default - none: there is `firstVmId`
   * @example ["401-410", 420]
   */
  readonly vmIds?: string | readonly (number | string)[];
  /**
   * IPv4 address of member 1; the others follow on. Either this or `addresses`.
   * @default - none: there is `addresses`, or the main network has no IPv4
   * @example "10.20.0.11"
   */
  readonly firstAddress?: string;
  /**
   * IPv4 addresses in the main network: "dhcp", a range "192.168.1.100-192.168.1.109", or a list of
   * addresses and ranges: member n has the n-th.
   * @default - none: there is `firstAddress`, or the main network has no IPv4
   * @example "10.20.0.11-10.20.0.30"
   */
  readonly addresses?: string | readonly string[];
  /**
   * IPv6 addresses in the main network: "auto", "dhcp", a range, or a list of addresses and ranges.
   * @default - "auto" where the main network has IPv6
   * @example "2001:db8:14::11-2001:db8:14::30"
   */
  readonly addresses6?: string | readonly string[];
  /**
   * The further networks its VMs are in, by name; net1 is in the first of them.
   * @default - none
   */
  readonly networks?: Readonly<Record<string, PoolNetworkInput>>;
  /**
   * How members are placed on nodes.
   * @default "spread"
   * @example "rotate"
   */
  readonly placement?: PlacementStrategy;
  /**
   * Settings of `proxmox` that differ here.
   * @default - none differ
   */
  readonly proxmox?: ProxmoxOverrideInput;
  /**
   * Tags in Proxmox.
   * @default - as the template has them
   * @example ["web", "production"]
   */
  readonly tags?: readonly string[];
  /**
   * Labels of the Kubernetes nodes that they are to become.
   * @default - none
   * @example { "tier": "web" }
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the Kubernetes nodes that they are to become, as kubectl writes them: "dedicated=db:NoSchedule".
   * @default - none
   * @example ["dedicated=db:NoSchedule"]
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
  /**
   * IPv4 addresses: "dhcp", a range, or a list of addresses and ranges: member n has the n-th.
   * @default - no IPv4
   * @example "10.30.0.11-10.30.0.30"
   */
  readonly addresses?: string | readonly string[];
  /**
   * IPv6 addresses: "auto", "dhcp", a range, or a list of addresses and ranges: member n has the n-th.
   * @default - no IPv6
   * @example "auto"
   */
  readonly addresses6?: string | readonly string[];
}

/** What differs for one member. Sizes that it does not give are the pool's. */
export interface MemberOverrideInput extends SizesInput {
  /**
   * Its VM id.
   * @default - the one that its number has in the pool
   * @example 450
   */
  readonly vmId?: number;
  /**
   * Its IPv4 address in the main network.
   * @default - the one that its number has in the pool
   * @example "10.20.0.99"
   */
  readonly address?: string;
  /**
   * Its IPv6 address in the main network.
   * @default - the one that its number has in the pool
   * @example "2001:db8:14::99"
   */
  readonly address6?: string;
  /**
   * Its addresses in further networks of its pool, by their names.
   * @default - those that its number has in the pool
   */
  readonly networks?: Readonly<Record<string, MemberNetworkInput>>;
  /**
   * Name of the Proxmox node it is on, whatever the placement.
   * @default - as its pool is placed
   * @example "pve2"
   */
  readonly node?: string;
  /**
   * The storage its boot disk is on.
   * @default - the pool's
   * @example "ceph-vm"
   */
  readonly storage?: string;
  /**
   * Tags in Proxmox, in place of the pool's.
   * @default - the pool's
   * @example ["canary"]
   */
  readonly tags?: readonly string[];
  /**
   * Labels of the Kubernetes node that it is to become, beside the pool's.
   * @default - the pool's
   * @example { "tier": "canary" }
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the Kubernetes node that it is to become, in place of the pool's.
   * @default - the pool's
   * @example ["canary:NoSchedule"]
   */
  readonly taints?: readonly string[];
}

/** The addresses of one member in a further network. */
export interface MemberNetworkInput {
  /**
   * Its IPv4 address.
   * @default - the one that its number has in the pool
   * @example "10.30.0.99"
   */
  readonly address?: string;
  /**
   * Its IPv6 address.
   * @default - the one that its number has in the pool
   * @example "2001:db8:30::99"
   */
  readonly address6?: string;
}

/** What a member does in Kubernetes. */
export type MemberRole = "server" | "agent";

/**
 * How members are placed on the nodes that have room. "spread": on the node with the fewest of their kind (servers: of
 * the whole cluster), of several, where a placement record is kept, on the one with the fewest VMs; "rotate": in turn,
 * the first as with "spread"; "pack": on the first; "pin": on the one node of the pool.
 */
export type PlacementStrategy = "spread" | "rotate" | "pack" | "pin";

/** A taint of a Kubernetes node. */
export interface Taint {
  readonly key: string;
  /** @default - none */
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}
