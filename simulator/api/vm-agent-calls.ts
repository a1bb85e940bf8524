import { needsAny } from "../access/permissions";
import { failure } from "../schema/api-error";
import { pingAgent } from "../vm/guest";
import { parseNetworkDevice } from "../vm/network-devices";
import type { GuestState, Vm } from "../world/vm";
import { requireVm } from "../world/world";
import { AS_ROOT_ON_NODE, type Call, type Endpoint, nodeOf, vmidOf } from "./endpoint";

interface InterfaceAddress {
  readonly "ip-address": string;
  readonly "ip-address-type": "ipv4" | "ipv6";
  readonly prefix: number;
}

/** The commands that the simulated agent knows. */
const COMMANDS: Readonly<Record<string, (vm: Vm, guest: GuestState) => unknown>> = {
  ping: () => ({}),
  info: () => ({
    version: "8.2.2",
    supported_commands: Object.keys(COMMANDS).map((name) => ({
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

/** Runs an agent command. A guest whose agent is silent costs the caller the whole time limit. */
async function run(call: Call, command: string): Promise<unknown> {
  const { world } = call;
  const vm = requireVm(world, nodeOf(call), vmidOf(call));
  if (vm.config.agent === undefined) throw failure("No QEMU guest agent configured");
  if (vm.guest === undefined) throw failure(`VM ${vm.vmid} is not running`);
  const guest = await pingAgent(world, vm);
  if (guest === undefined) throw failure("QEMU guest agent is not running");
  return { result: COMMANDS[command]?.(vm, guest) };
}

function interfaces(vm: Vm, guest: GuestState): unknown[] {
  const loopback = {
    name: "lo",
    "hardware-address": "00:00:00:00:00:00",
    "ip-addresses": [address("127.0.0.1/8", "ipv4"), address("::1/128", "ipv6")],
    statistics: NO_TRAFFIC,
  };
  if (vm.config.net0 === undefined) return [loopback];
  const mac = parseNetworkDevice("net0", vm.config.net0).macAddress.toLowerCase();
  return [
    loopback,
    {
      name: "eth0",
      "hardware-address": mac,
      "ip-addresses": [
        ...(guest.ipv4Cidr === undefined ? [] : [address(guest.ipv4Cidr, "ipv4")]),
        address(`${linkLocalAddress(mac)}/64`, "ipv6"),
      ],
      statistics: NO_TRAFFIC,
    },
  ];
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

const PATH = "/nodes/{node}/qemu/{vmid}/agent";

const MAY_ASK = needsAny("/vms/{vmid}", "VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted");

/** Calls to the agent within a guest. */
export const VM_AGENT_CALLS: readonly Endpoint[] = [
  {
    method: "POST",
    path: `${PATH}/ping`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_ASK,
    parameters: {},
    handle: (call) => run(call, "ping"),
  },
  ...Object.keys(COMMANDS)
    .filter((command) => command !== "ping")
    .map((command): Endpoint => ({
      method: "GET",
      path: `${PATH}/${command}`,
      ...AS_ROOT_ON_NODE,
      permissions: MAY_ASK,
      parameters: {},
      handle: (call) => run(call, command),
    })),
];
