import { ALL_USERS, needs, needsAny } from "../access/permissions";
import { agentAnswer, refuseFile, requireAgent } from "../vm/guest-agent";
import { runInGuest, takeGuestProcess } from "../vm/guest-processes";
import { AS_ROOT_ON_NODE, type Call, type Endpoint, nodeOf, numberOf, ON_NODE, vmidOf } from "./endpoint";

/** The commands that the generic call passes on, as the API lists them. */
const COMMANDS = [
  ...["fsfreeze-freeze", "fsfreeze-status", "fsfreeze-thaw", "fstrim", "get-fsinfo", "get-host-name"],
  ...["get-memory-block-info", "get-memory-blocks", "get-osinfo", "get-time", "get-timezone", "get-users"],
  ...["get-vcpus", "info", "network-get-interfaces", "ping", "shutdown", "suspend-disk", "suspend-hybrid"],
  "suspend-ram",
];

/** Commands that have a call of their own and that no others pass on. */
const OWN_CALLS = ["exec", "exec-status", "file-read", "file-write", "set-user-password"];

async function ask(call: Call, command: string): Promise<unknown> {
  const { vm, guest } = await requireAgent(call.world, nodeOf(call), vmidOf(call));
  return { result: agentAnswer(vm, guest, command) };
}

async function run(call: Call): Promise<unknown> {
  const { guest } = await requireAgent(call.world, nodeOf(call), vmidOf(call));
  return { pid: runInGuest(guest, call.lists.command ?? [], call.parameters["input-data"] ?? "") };
}

async function showProcess(call: Call): Promise<unknown> {
  const { guest } = await requireAgent(call.world, nodeOf(call), vmidOf(call));
  const { exitCode, output, errors } = takeGuestProcess(guest, numberOf(call, "pid") ?? 0);
  return {
    exited: 1,
    exitcode: exitCode,
    ...(output !== "" && { "out-data": output }),
    ...(errors !== "" && { "err-data": errors }),
  };
}

async function readFile(call: Call): Promise<never> {
  await requireAgent(call.world, nodeOf(call), vmidOf(call));
  return refuseFile();
}

function index(): unknown[] {
  return [...COMMANDS, ...OWN_CALLS].sort().map((name) => ({ name }));
}

const PATH = "/nodes/{node}/qemu/{vmid}/agent";

const MAY_ASK = needsAny("/vms/{vmid}", "VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted");
const MAY_RUN = needs("/vms/{vmid}", "VM.GuestAgent.Unrestricted");

/** Calls to the agent within a guest. */
export const VM_AGENT_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: PATH,
    ...ON_NODE,
    permissions: ALL_USERS,
    parameters: {},
    additionalProperties: true,
    handle: index,
  },
  {
    method: "POST",
    path: PATH,
    ...AS_ROOT_ON_NODE,
    permissions: needsAny("/vms/{vmid}", "VM.GuestAgent.Unrestricted", "VM.GuestAgent.Unrestricted"),
    parameters: { command: { type: "string", enum: COMMANDS } },
    handle: (call) => ask(call, call.parameters.command ?? ""),
  },
  {
    method: "POST",
    path: `${PATH}/ping`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_ASK,
    parameters: {},
    handle: (call) => ask(call, "ping"),
  },
  ...COMMANDS.filter((name) => /get-|info/.test(name)).map((command): Endpoint => ({
    method: "GET",
    path: `${PATH}/${command}`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_ASK,
    parameters: {},
    handle: (call) => ask(call, command),
  })),
  {
    method: "GET",
    path: `${PATH}/file-read`,
    ...AS_ROOT_ON_NODE,
    permissions: needsAny("/vms/{vmid}", "VM.GuestAgent.FileRead", "VM.GuestAgent.Unrestricted"),
    parameters: { file: { type: "string" } },
    handle: readFile,
  },
  {
    method: "POST",
    path: `${PATH}/exec`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_RUN,
    parameters: {
      command: { type: "array" },
      "input-data": { type: "string", optional: true, maxLength: 65536 },
    },
    handle: run,
  },
  {
    method: "GET",
    path: `${PATH}/exec-status`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_RUN,
    parameters: { pid: { type: "integer" } },
    handle: showProcess,
  },
];
