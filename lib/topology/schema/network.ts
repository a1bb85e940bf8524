/** The keys of `network`, and of each of `networks`. */
import { z } from "zod";
import type { FurtherNetworkInput, NetworkInput } from "../input";
import { reserved } from "./address-lists";
import { cidr4, cidr6, hostAddress, ipAddress, router6, version4 } from "./addresses";
import { bridgeName } from "./proxmox";
import { listOf, text } from "./values";

const router4 = hostAddress(version4, "the IPv4 address of the router");

const vlanAllowed = "must be a VLAN from 1 to 4094; for no VLAN leave vlanId out";
const vlanId = z.int(vlanAllowed).min(1, vlanAllowed).max(4094, vlanAllowed);

// qemu-server:src/PVE/QemuServer/Network.pm (mtu; 576 is the least that RFC 791 lets a host refuse to split).
const mtuAllowed = "must be a whole number from 576 to 65520 bytes; for the bridge's own leave mtu out";
const mtu = z.int(mtuAllowed).min(576, mtuAllowed).max(65_520, mtuAllowed);

const dnsServers = listOf(
  ipAddress("the IP address of a DNS resolver"),
  1,
  "must be a list of the IP addresses of DNS resolvers, at least one",
);

const domain = text(
  /^(?!.*[^.]{64})[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
  189,
  "must be a DNS domain such as example.com: lower-case letters, digits and inner hyphens, parts of at most 63 characters, 189 in all",
);

const ipv6Schema = z.strictObject({ cidr: cidr6, gateway: router6.nullable().optional() });

const networkShape = {
  cidr: cidr4.optional(),
  gateway: router4.nullable().optional(),
  ipv6: ipv6Schema.nullable().optional(),
  vlanId: vlanId.nullable().optional(),
  mtu: mtu.nullable().optional(),
  dnsServers: dnsServers.optional(),
  domain,
  reserved: reserved.optional(),
};

/** The keys of `network`. Shape: {@link NetworkInput}. */
export const networkSchema = z.strictObject(networkShape) satisfies z.ZodType<unknown, NetworkInput>;

/** The keys of `network` in a cluster: each may be left out. */
export const networkOverrideSchema = z.strictObject(networkShape).partial() satisfies z.ZodType<
  unknown,
  Partial<NetworkInput>
>;

/** The keys of each of `networks`. Shape: {@link FurtherNetworkInput}. */
export const furtherNetworkSchema = z.strictObject({
  bridge: bridgeName,
  vlanId: vlanId.optional(),
  mtu: mtu.optional(),
  cidr: cidr4.optional(),
  gateway: router4.optional(),
  ipv6: ipv6Schema.optional(),
  reserved: reserved.optional(),
}) satisfies z.ZodType<unknown, FurtherNetworkInput>;
