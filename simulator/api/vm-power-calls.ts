import { needs } from "../access/permissions";
import { failure } from "../schema/api-error";
import { MACHINE } from "../schema/device-schemas";
import { nodeName, storageId, storagePairList } from "../schema/formats";
import { cidr } from "../schema/network-formats";
import { propertyFormat } from "../schema/property-string";
import type { ParameterTable } from "../schema/types";
import { rebootVm, resetVm, setPaused, shutdownVm, stopVm } from "../vm/power";
import { startVm } from "../vm/start";
import type { TaskHandle } from "../world/tasks";
import type { Vm } from "../world/vm";
import { requireVm, requireVmProcess } from "../world/world";
import {
  AS_ROOT_ON_NODE,
  type Call,
  COUNT,
  type Endpoint,
  isOn,
  nodeOf,
  numberOf,
  refuseRootOnly,
  startVmTask,
  SWITCH,
  TEXT,
  vmidOf,
} from "./endpoint";
import { vmStatus } from "./vm-rows";

/** Parameters by which hosts speak with each other. */
const ROOT_ONLY = [
  ...["force-cpu", "keepActive", "migratedfrom", "migration_network", "migration_type", "nets-host-mtu"],
  ...["nocheck", "skiplock", "stateuri", "targetstorage", "with-conntrack-state"],
];

type Work = (node: string, vmid: number, task: TaskHandle) => Promise<void>;

function startPowerTask(call: Call, type: string, work: Work): string {
  refuseRootOnly(call, ROOT_ONLY);
  return startVmTask(call, type, (task) => work(nodeOf(call), vmidOf(call), task));
}

function requireRunning(call: Call): Vm {
  const vm = requireVmProcess(call.world, nodeOf(call), vmidOf(call));
  if (vm.guest === undefined) throw failure(`VM ${vm.vmid} not running`);
  return vm;
}

function start(call: Call): string {
  return startPowerTask(call, "qmstart", (node, vmid, task) => startVm(call.world, node, vmid, task));
}

async function stop(call: Call): Promise<string> {
  if (isOn(call, "overrule-shutdown")) await abortShutdowns(call);
  return startPowerTask(call, "qmstop", (node, vmid, task) => stopVm(call.world, node, vmid, task));
}

async function abortShutdowns(call: Call): Promise<void> {
  const { tasks } = call.world;
  const running = tasks
    .list()
    .filter(
      ({ type, id, exitStatus }) =>
        type === "qmshutdown" && id === call.parameters.vmid && exitStatus === undefined,
    );
  await Promise.all(running.map(({ upid }) => tasks.stop(upid)));
}

function shutdown(call: Call): string {
  refusePaused(requireVmProcess(call.world, nodeOf(call), vmidOf(call)));
  const request = { timeoutSeconds: numberOf(call, "timeout"), forceStop: isOn(call, "forceStop") };
  return startPowerTask(call, "qmshutdown", (node, vmid, task) =>
    shutdownVm(call.world, node, vmid, request, task),
  );
}

function reboot(call: Call): string {
  refusePaused(requireRunning(call));
  const timeoutSeconds = numberOf(call, "timeout");
  return startPowerTask(call, "qmreboot", (node, vmid, task) =>
    rebootVm(call.world, node, vmid, timeoutSeconds, task),
  );
}

function reset(call: Call): string {
  requireRunning(call);
  return startPowerTask(call, "qmreset", (node, vmid, task) => resetVm(call.world, node, vmid, task));
}

function suspend(call: Call): string {
  requireRunning(call);
  if (isOn(call, "todisk")) throw failure("suspending to disk is not simulated: leave out 'todisk'");
  return startPowerTask(call, "qmpause", (node, vmid, task) => setPaused(call.world, node, vmid, true, task));
}

function resume(call: Call): string {
  requireRunning(call);
  return startPowerTask(call, "qmresume", (node, vmid, task) =>
    setPaused(call.world, node, vmid, false, task),
  );
}

function refusePaused(vm: Vm): void {
  if (vm.guest?.paused === true) throw failure("VM is paused - cannot shutdown");
}

const PATH = "/nodes/{node}/qemu/{vmid}/status";

const START_PARAMETERS: ParameterTable = {
  "force-cpu": TEXT,
  machine: { type: "string", optional: true, format: propertyFormat(MACHINE) },
  migratedfrom: { type: "string", optional: true, format: nodeName },
  migration_network: { type: "string", optional: true, format: cidr },
  migration_type: { type: "string", optional: true, enum: ["secure", "insecure"] },
  "nets-host-mtu": { type: "string", optional: true, pattern: /net\d+=\d+(,net\d+=\d+)*/ },
  skiplock: SWITCH,
  stateuri: { type: "string", optional: true, maxLength: 128 },
  targetstorage: { type: "string", optional: true, format: storagePairList },
  timeout: COUNT,
  "with-conntrack-state": SWITCH,
};

const MAY_POWER = needs("/vms/{vmid}", "VM.PowerMgmt");

/** Calls on the power state of a VM. */
export const VM_POWER_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: `${PATH}/current`,
    ...AS_ROOT_ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Audit"),
    parameters: {},
    handle: (call) => vmStatus(call.world, requireVm(call.world, nodeOf(call), vmidOf(call))),
  },
  {
    method: "POST",
    path: `${PATH}/start`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_POWER,
    parameters: START_PARAMETERS,
    handle: start,
  },
  {
    method: "POST",
    path: `${PATH}/stop`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_POWER,
    parameters: {
      keepActive: SWITCH,
      migratedfrom: { type: "string", optional: true, format: nodeName },
      "overrule-shutdown": SWITCH,
      skiplock: SWITCH,
      timeout: COUNT,
    },
    handle: stop,
  },
  {
    method: "POST",
    path: `${PATH}/shutdown`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_POWER,
    parameters: { forceStop: SWITCH, keepActive: SWITCH, skiplock: SWITCH, timeout: COUNT },
    handle: shutdown,
  },
  {
    method: "POST",
    path: `${PATH}/reboot`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_POWER,
    parameters: { timeout: COUNT },
    handle: reboot,
  },
  {
    method: "POST",
    path: `${PATH}/reset`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_POWER,
    parameters: { skiplock: SWITCH },
    handle: reset,
  },
  {
    method: "POST",
    path: `${PATH}/suspend`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_POWER,
    parameters: {
      skiplock: SWITCH,
      statestorage: { type: "string", optional: true, format: storageId, requires: "todisk" },
      todisk: SWITCH,
    },
    handle: suspend,
  },
  {
    method: "POST",
    path: `${PATH}/resume`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_POWER,
    parameters: { nocheck: SWITCH, skiplock: SWITCH },
    handle: resume,
  },
];
