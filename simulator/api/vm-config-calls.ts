import { needs, needsAny } from "../access/permissions";
import { ApiError, parameterError } from "../schema/api-error";
import { configId, configIdList, storageId } from "../schema/formats";
import type { ParameterTable } from "../schema/types";
import { VM_PARAMETERS } from "../schema/vm-parameters";
import { configAtSnapshot, configInForce, configWithPending, pendingRows } from "../vm/config-view";
import { requireSnapshot } from "../vm/snapshots";
import { unparsable } from "../vm/stored-values";
import { assertUpdatable, updateVm } from "../vm/update";
import { readUpdateRequest, type UpdateRequest } from "../vm/update-request";
import { assertUnlocked, holdVmLock, requireVm } from "../world/world";
import {
  AS_ROOT_ON_NODE,
  ON_NODE,
  type Call,
  type Endpoint,
  isOn,
  nodeOf,
  numberOf,
  refuseRootOnly,
  SWITCH,
  vmidOf,
  vmRightsOf,
} from "./endpoint";

const UPDATE_PARAMETERS: ParameterTable = {
  ...VM_PARAMETERS,
  delete: { type: "string", optional: true, format: configIdList },
  digest: { type: "string", optional: true, maxLength: 40 },
  force: { ...SWITCH, requires: "delete" },
  revert: { type: "string", optional: true, format: configIdList },
  skiplock: SWITCH,
};

function showConfig(call: Call): unknown {
  const vm = requireVm(call.world, nodeOf(call), vmidOf(call));
  const { snapshot, current } = call.parameters;
  if (snapshot !== undefined) {
    if (current === "1") {
      const text = "cannot use 'snapshot' parameter with 'current'";
      throw parameterError({ snapshot: text, current: text });
    }
    return { ...configAtSnapshot(requireSnapshot(vm, snapshot)), digest: vm.digest };
  }
  return isOn(call, "current") ? configInForce(vm) : configWithPending(vm);
}

/** What all ways to change a configuration check before anything happens. */
function readUpdate(call: Call, parameters = call.parameters): UpdateRequest {
  const { world } = call;
  const [nothing] = call.nulls;
  if (nothing !== undefined) throw unparsable(nothing, "got undefined value");
  refuseRootOnly(call, ["skiplock"]);
  const request = readUpdateRequest(world, nodeOf(call), parameters, vmRightsOf(call));
  assertUnlocked(requireVm(world, nodeOf(call), vmidOf(call)));
  return request;
}

/** Changes the VM under its lock; the caller waits. */
async function carryOut(call: Call, request: UpdateRequest): Promise<void> {
  const { world } = call;
  await holdVmLock(world, vmidOf(call), async () => {
    const vm = requireVm(world, nodeOf(call), vmidOf(call));
    assertUpdatable(vm, request);
    await world.clock.sleep(world.profile.configureSeconds);
    updateVm(world, vm, request, vmRightsOf(call));
  });
}

async function updateNow(call: Call): Promise<null> {
  await carryOut(call, readUpdate(call));
  return null;
}

/** Removes keys, disks above all; `force` removes the volumes, too. */
async function unlink(call: Call): Promise<null> {
  const { idlist, force } = call.parameters;
  await carryOut(call, readUpdate(call, { delete: idlist ?? "", ...(force !== undefined && { force }) }));
  return null;
}

async function updateInBackground(call: Call): Promise<string | null> {
  const { world, caller } = call;
  const request = readUpdate(call);
  const vmid = vmidOf(call);
  await holdVmLock(world, vmid, () => {
    assertUpdatable(requireVm(world, nodeOf(call), vmid), request);
  });
  const upid = world.tasks.start(
    { node: nodeOf(call), type: "qmconfig", id: String(vmid), caller },
    (task) => {
      task.log(`update VM ${vmid}: ${request.summary}`);
      return carryOut(call, request);
    },
  );
  const delaySeconds = numberOf(call, "background_delay");
  if (delaySeconds === undefined) return upid;
  await Promise.race([world.tasks.wait(upid), world.clock.sleep(delaySeconds)]);
  const status = world.tasks.find(upid)?.exitStatus;
  if (status === undefined) return upid;
  if (status === "OK" || status.startsWith("WARNINGS: ")) return null;
  throw new ApiError(500, `failed to update VM ${vmid}: ${status}\n`);
}

const PATH = "/nodes/{node}/qemu/{vmid}";

/** Whoever may change anything at all; what else a key needs shows when it is set. */
const MAY_CONFIGURE = needsAny(
  "/vms/{vmid}",
  "VM.Config.Disk",
  "VM.Config.CDROM",
  "VM.Config.CPU",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.HWType",
  "VM.Config.Options",
  "VM.Config.Cloudinit",
);

/** Calls on the configuration of a VM. */
export const VM_CONFIG_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: `${PATH}/config`,
    ...ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Audit"),
    parameters: {
      current: SWITCH,
      snapshot: { type: "string", optional: true, format: configId, maxLength: 40 },
    },
    handle: showConfig,
  },
  {
    method: "GET",
    path: `${PATH}/pending`,
    ...ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Audit"),
    parameters: {},
    handle: (call) => pendingRows(requireVm(call.world, nodeOf(call), vmidOf(call))),
  },
  {
    method: "PUT",
    path: `${PATH}/config`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_CONFIGURE,
    parameters: UPDATE_PARAMETERS,
    handle: updateNow,
  },
  {
    method: "POST",
    path: `${PATH}/config`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_CONFIGURE,
    parameters: {
      ...UPDATE_PARAMETERS,
      background_delay: { type: "integer", optional: true, minimum: 1, maximum: 30 },
      "import-working-storage": { type: "string", optional: true, format: storageId },
    },
    handle: updateInBackground,
  },
  {
    // Source: qemu-server src/PVE/API2/Qemu.pm (unlink).
    method: "PUT",
    path: `${PATH}/unlink`,
    ...AS_ROOT_ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Config.Disk"),
    parameters: { idlist: { type: "string", format: configIdList }, force: SWITCH },
    handle: unlink,
  },
];
