import { failure } from "../schema/api-error";
import type { GuestState, Vm } from "../world/vm";
import { requireVm, type World } from "../world/world";
import { pingAgent } from "./guest";
import { parseNetworkDevice } from "./network-devices";

interface InterfaceAddress {
  readonly "ip-address": string;
  readonly "ip-address-type": "ipv4" | "ipv6";
  readonly prefix: number;
}

/** The commands that the simulated agent knows, without their prefix `guest-`. */
const COMMANDS: Readonly<Record<string, (vm: Vm, guest: GuestState) => unknown>> = {
  ping: () => ({}),
  info: () => ({
    version: "8.2.2",
    supported_commands: [...Object.keys(COMMANDS), "exec", "exec-status"].map((name) => ({
      name: `guest-${name}`,
      enabled: true,
      "success-response": true,
    })),
  }),
  "network-get-interfaces": (vm, guest) => interfaces(vm, guest),
  "get-host-name": (_vm, guest) => ({ "host-name": guest.hostname }),
  "get-osinfo": () => ({
    id: "ubuntu",
    name: "Ubuntu",
    "pretty-name": "Ubuntu 22.04.5 LTS",
    version: "22.04.5 LTS (Jammy Jellyfish)",
    "version-id": "22.04",
    machine: "x86_64",
    "kernel-release": "5.15.0-131-generic",
    "kernel-version": "#141-Ubuntu SMP",
  }),
};

/**
 * A VM's guest, whose agent answers. One whose agent is silent costs the caller the whole time limit.
 *
 * @throws ApiError 500 for a VM that is not there, has no agent, does not run, or whose agent is silent
 */
export async function requireAgent(
  world: World,
  node: string,
  vmid: number,
): Promise<{ vm: Vm; guest: GuestState }> {
  const vm = requireVm(world, node, vmid);
  if (vm.config.agent === undefined) throw failure("No QEMU guest agent configured");
  if (vm.guest === undefined) throw failure(`VM ${vmid} is not running`);
  const guest = await pingAgent(world, vm);
  if (guest === undefined) throw failure("QEMU guest agent is not running");
  return { vm, guest };
}

/**
 * What the agent answers to a command: its result, or that it does not know it.
 *
 * @param command without its prefix `guest-`
 */
export function agentAnswer(vm: Vm, guest: GuestState, command: string): unknown {
  const run = COMMANDS[command];
  if (run !== undefined) return run(vm, guest);
  return { error: { class: "CommandNotFound", desc: notFound(command) } };
}

/**
 * Opens a file in a guest, which no simulated agent does.
 *
 * @throws ApiError 500
 */
export function refuseFile(): never {
  throw failure(`Agent error: ${notFound("file-open")}`);
}

function notFound(command: string): string {
  return `The command guest-${command} has not been found`;
}

function interfaces(vm: Vm, guest: GuestState): unknown[] {
  const loopback = {
    name: "lo",
    "hardware-address": "00:00:00:00:00:00",
    "ip-addresses": [address("127.0.0.1/8", "ipv4"), address("::1/128", "ipv6")],
    statistics: NO_TRAFFIC,
  };
  return [loopback, ...cards(vm).map((key) => card(vm, guest, key))];
}

/** The keys of a VM's network devices, in the order in which its guest finds them. */
function cards({ config }: Vm): string[] {
  const number = (key: string): number => Number(key.slice(3));
  return Object.keys(config)
    .filter((key) => /^net\d+$/.test(key))
    .sort((a, b) => number(a) - number(b));
}

function card(vm: Vm, guest: GuestState, key: string): unknown {
  const mac = parseNetworkDevice(key, vm.config[key] ?? "").macAddress.toLowerCase();
  const name = `eth${key.slice(3)}`;
  const cidrs = [...(guest.addresses[name] ?? []), `${linkLocalAddress(mac)}/64`];
  return {
    name,
    "hardware-address": mac,
    "ip-addresses": cidrs.map((cidr) => address(cidr, cidr.includes(":") ? "ipv6" : "ipv4")),
    statistics: NO_TRAFFIC,
  };
}

const NO_TRAFFIC = {
  "rx-bytes": 0,
  "rx-packets": 0,
  "rx-errs": 0,
  "rx-dropped": 0,
  "tx-bytes": 0,
  "tx-packets": 0,
  "tx-errs": 0,
  "tx-dropped": 0,
};

function address(cidr: string, type: InterfaceAddress["ip-address-type"]): InterfaceAddress {
  const [ip = "", prefix] = cidr.split("/");
  return { "ip-address": ip, "ip-address-type": type, prefix: Number(prefix) };
}

/** The address that an interface gives itself, made of its MAC address. */
function linkLocalAddress(mac: string): string {
  const bytes = mac.split(":").map((byte) => parseInt(byte, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const group = (high: number, low: number): string => ((high << 8) | low).toString(16);
  return `fe80::${group(a ^ 2, b)}:${group(c, 0xff)}:${group(0xfe, d)}:${group(e, f)}`;
}
