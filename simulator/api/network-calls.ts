import { ALL_USERS, needs } from "../access/permissions";
import { failure, parameterError } from "../schema/api-error";
import {
  cidrV4,
  cidrV6,
  interfaceName,
  interfaceNameList,
  ipv4Address,
  ipv4Mask,
  ipv6Address,
  vlanList,
} from "../schema/network-formats";
import type { Format, ParameterSchema, ParameterTable } from "../schema/types";
import type { HostInterface } from "../world/host-networks";
import { AS_ROOT_ON_NODE, type Call, type Endpoint, nodeOf, ON_NODE, SWITCH, TEXT } from "./endpoint";

/** What the numbers of the interfaces begin with: the loopback device and the comment come before them. */
const FIRST_PRIORITY = 3;

/** Settings that are numbers. */
const NUMERIC = new Set(["autostart", "bridge_vlan_aware"]);

function list(call: Call): Record<string, unknown>[] {
  const { world, rights, parameters } = call;
  const network = world.networks.of(nodeOf(call));
  const rows = network.interfaces().map(({ name, type, settings }, index) => ({
    iface: name,
    type,
    priority: FIRST_PRIORITY + index,
    ...(type === "bridge" && { bridge_fd: "0", bridge_ports: "", bridge_stp: "off" }),
    ...settings,
    ...(network.isActive(name) && { active: 1 }),
  }));
  return rows
    .filter(({ type }) => isWanted(parameters.type, type))
    .filter(
      ({ type, iface }) =>
        type !== "bridge" || rights.has(`/sdn/zones/localnetwork/${iface}`, "SDN.Audit", "SDN.Use"),
    );
}

function isWanted(filter: string | undefined, type: string): boolean {
  if (filter === undefined || filter === "include_sdn") return true;
  if (filter === "any_bridge" || filter === "any_local_bridge") return type === "bridge";
  return filter === type;
}

function plan(call: Call): null {
  const { iface = "", type = "" } = call.parameters;
  const sent = Object.fromEntries(
    Object.entries(call.parameters).filter(([key]) => !["node", "iface", "type"].includes(key)),
  );
  const network = call.world.networks.of(nodeOf(call));
  const others = network.interfaces();
  if (others.some(({ name }) => name === iface)) {
    throw parameterError({ iface: "interface already exists" });
  }
  assertOnly(others, sent, "gateway", "Default gateway");
  assertOnly(others, sent, "gateway6", "Default ipv6 gateway");
  if (type.startsWith("OVS")) {
    throw failure("Open VSwitch is not installed (need package 'openvswitch-switch')");
  }
  network.plan({ name: iface, type, settings: settingsOf(sent) });
  return null;
}

function assertOnly(
  others: readonly HostInterface[],
  sent: Readonly<Record<string, string>>,
  key: string,
  what: string,
): void {
  if (sent[key] === undefined) return;
  const holder = others.find(({ settings }) => settings[key] !== undefined);
  if (holder === undefined) return;
  throw parameterError({ [key]: `${what} already exists on interface '${holder.name}'.` });
}

/** The settings as the file holds them: addresses both with their prefixes and taken apart. */
function settingsOf(sent: Readonly<Record<string, string>>): HostInterface["settings"] {
  const v4 = addressOf(sent, "");
  const v6 = addressOf(sent, "6");
  const families = [...(v4 === undefined ? [] : ["inet"]), ...(v6 === undefined ? [] : ["inet6"])];
  const others = Object.entries(sent).filter(([key]) => !/^(?:address|netmask|cidr)6?$/.test(key));
  return {
    ...Object.fromEntries(others.map(([key, value]) => [key, NUMERIC.has(key) ? Number(value) : value])),
    ...v4,
    ...v6,
    method: v4 === undefined ? "manual" : "static",
    method6: v6 === undefined ? "manual" : "static",
    families: families.length === 0 ? ["inet"] : families,
  };
}

function addressOf(
  sent: Readonly<Record<string, string>>,
  family: "" | "6",
): Record<string, string> | undefined {
  const [cidrKey, addressKey, maskKey] = [`cidr${family}`, `address${family}`, `netmask${family}`];
  const { [cidrKey]: cidr, [addressKey]: address, [maskKey]: mask } = sent;
  if (cidr === undefined) {
    if (address === undefined) return undefined;
    const prefix = family === "" ? prefixOf(mask ?? "") : (mask ?? "");
    return { [addressKey]: address, [maskKey]: prefix, [cidrKey]: `${address}/${prefix}` };
  }
  for (const [key, value] of Object.entries({ [addressKey]: address, [maskKey]: mask })) {
    if (value !== undefined) throw parameterError({ [key]: `${key} conflicts with ${cidrKey}` });
  }
  const [base = "", prefix = ""] = cidr.split("/");
  return { [addressKey]: base, [maskKey]: prefix, [cidrKey]: cidr };
}

/** `24` for `255.255.255.0`. */
function prefixOf(mask: string): string {
  const bits = mask.split(".").map((byte) => Number(byte).toString(2).replaceAll("0", "").length);
  return String(bits.reduce((sum, count) => sum + count, 0));
}

function discard(call: Call): null {
  call.world.networks.of(nodeOf(call)).discardPlan();
  return null;
}

function reload(call: Call): string {
  const { world, caller } = call;
  const node = nodeOf(call);
  return world.tasks.start({ node, type: "srvreload", id: "networking", caller }, async (task) => {
    await world.clock.sleep(world.profile.configureSeconds, task.signal);
    world.networks.of(node).reload();
  });
}

const formatted = (format: Format): ParameterSchema => ({ ...TEXT, format });
const TYPES = [
  ...["bridge", "bond", "eth", "alias", "vlan", "fabric", "OVSBridge", "OVSBond", "OVSPort", "OVSIntPort"],
  "vnet",
];
const VLAN: ParameterSchema = { type: "integer", optional: true, minimum: 1, maximum: 4094 };

const INTERFACE: ParameterTable = {
  address: { ...formatted(ipv4Address), requires: "netmask" },
  address6: { ...formatted(ipv6Address), requires: "netmask6" },
  autostart: SWITCH,
  "bond-primary": formatted(interfaceName),
  bond_mode: {
    ...TEXT,
    enum: [
      ...["balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"],
      ...["balance-slb", "lacp-balance-slb", "lacp-balance-tcp"],
    ],
  },
  bond_xmit_hash_policy: { ...TEXT, enum: ["layer2", "layer2+3", "layer3+4"] },
  bridge_ports: formatted(interfaceNameList),
  bridge_vids: formatted(vlanList),
  bridge_vlan_aware: SWITCH,
  cidr: formatted(cidrV4),
  cidr6: formatted(cidrV6),
  comments: TEXT,
  comments6: TEXT,
  gateway: formatted(ipv4Address),
  gateway6: formatted(ipv6Address),
  iface: { type: "string", format: interfaceName, minLength: 2, maxLength: 20 },
  mtu: { type: "integer", optional: true, minimum: 1280, maximum: 65520 },
  netmask: { ...formatted(ipv4Mask), requires: "address" },
  netmask6: { type: "integer", optional: true, minimum: 0, maximum: 128, requires: "address6" },
  ovs_bonds: formatted(interfaceNameList),
  ovs_bridge: formatted(interfaceName),
  ovs_options: { ...TEXT, maxLength: 1024 },
  ovs_ports: formatted(interfaceNameList),
  ovs_tag: VLAN,
  slaves: formatted(interfaceNameList),
  type: { type: "string", enum: [...TYPES, "unknown"] },
  "vlan-id": VLAN,
  "vlan-raw-device": formatted(interfaceName),
};

const PATH = "/nodes/{node}/network";
const CHANGE = { ...AS_ROOT_ON_NODE, permissions: needs("/nodes/{node}", "Sys.Modify") } as const;

/** Calls on the network interfaces of a host. */
export const NETWORK_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: PATH,
    ...ON_NODE,
    permissions: ALL_USERS,
    parameters: { type: { ...TEXT, enum: [...TYPES, "any_bridge", "any_local_bridge", "include_sdn"] } },
    handle: list,
  },
  { method: "POST", path: PATH, ...CHANGE, parameters: INTERFACE, handle: plan },
  { method: "PUT", path: PATH, ...CHANGE, parameters: { "regenerate-frr": SWITCH }, handle: reload },
  { method: "DELETE", path: PATH, ...CHANGE, parameters: {}, handle: discard },
];
