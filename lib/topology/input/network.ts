/** What a topology says of its networks. */

/** The main network. At least one of `cidr` and `ipv6`, unless all its members use DHCP. */
export interface NetworkInput {
  /**
   * The IPv4 network, its own address before the slash: "192.168.1.0/24". The prefix is 8-30 bits.
   * @default - no IPv4
   * @example "10.20.0.0/16"
   */
  readonly cidr?: string;
  /**
   * The router's IPv4 address. Null: there is none.
   * @default - the first host address of `cidr`
   * @example "10.20.255.254"
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
   * @example 100
   */
  readonly vlanId?: number | null;
  /**
   * The largest packet in bytes, 576-65520; with IPv6 at least 1280. Null in a cluster lifts what the topology sets.
   * @default - the bridge's
   * @example 9000
   */
  readonly mtu?: number | null;
  /**
   * IP addresses of the DNS resolvers, in the order they are asked.
   * @default - the gateway alone; where its only address is link-local they must be given
   * @example ["9.9.9.9", "2620:fe::fe"]
   */
  readonly dnsServers?: readonly string[];
  /**
   * The DNS domain that the VMs search, and that the Rancher hostname is in by default.
   * @example "lab.example.com"
   */
  readonly domain: string;
  /**
   * Addresses and ranges ("192.168.1.50-192.168.1.59") that no VM may have: those of other machines.
   * @default - none
   * @example ["10.20.0.1-10.20.0.99", "10.20.3.7"]
   */
  readonly reserved?: readonly string[];
}

/** IPv6 of a network. */
export interface Ipv6Input {
  /**
   * The IPv6 network, its own address before the slash: "2001:db8:14::/64". The prefix is 16-126 bits.
   * @example "2001:db8:14::/64"
   */
  readonly cidr: string;
  /**
   * The router's IPv6 address. Null: there is none, or it is learnt from router advertisements.
   * @default - null
   * @example "fe80::1"
   */
  readonly gateway?: string | null;
}

/** A network besides the main one. At least one of `cidr` and `ipv6`, unless its members use DHCP. */
export interface FurtherNetworkInput {
  /**
   * The network bridge.
   * @example "vmbr2"
   */
  readonly bridge: string;
  /**
   * The VLAN that its traffic is tagged with, 1-4094.
   * @default - no VLAN: nothing is tagged
   * @example 20
   */
  readonly vlanId?: number;
  /**
   * The largest packet in bytes, 576-65520; with IPv6 at least 1280.
   * @default - the bridge's
   * @example 9000
   */
  readonly mtu?: number;
  /**
   * The IPv4 network, its own address before the slash. The prefix is 8-30 bits.
   * @default - no IPv4
   * @example "10.30.0.0/24"
   */
  readonly cidr?: string;
  /**
   * The router's IPv4 address. A VM has one gateway of each IP version: that of its main network, else that of the
   * first of its networks which has one.
   * @default - none
   * @example "10.30.0.1"
   */
  readonly gateway?: string;
  /**
   * IPv6 beside IPv4, or alone.
   * @default - no IPv6
   */
  readonly ipv6?: Ipv6Input;
  /**
   * Addresses and ranges that no VM may have: those of other machines.
   * @default - none
   * @example ["10.30.0.1-10.30.0.9"]
   */
  readonly reserved?: readonly string[];
}
