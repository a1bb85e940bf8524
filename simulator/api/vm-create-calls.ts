import { ALL_USERS } from "../access/permissions";
import { poolId, storageId, vmId } from "../schema/formats";
import type { ParameterTable } from "../schema/types";
import { VM_PARAMETERS } from "../schema/vm-parameters";
import { createVm, reserveVmId } from "../vm/create";
import { readCreateRequest } from "../vm/create-request";
import { startVm } from "../vm/start";
import { AS_ROOT_ON_NODE, type Call, COUNT, type Endpoint, nodeOf, SWITCH } from "./endpoint";

async function create(call: Call): Promise<string> {
  const { world, caller, rights, parameters } = call;
  const request = readCreateRequest(world, nodeOf(call), parameters, rights);
  const { node, vmid, start } = request;
  await reserveVmId(world, request);
  const task = (type: string): Parameters<typeof world.tasks.start>[0] => ({
    node,
    type,
    id: String(vmid),
    caller,
  });
  return world.tasks.start(task("qmcreate"), async (handle) => {
    await createVm(world, request, handle);
    if (!start) return;
    handle.log("Execute autostart");
    world.tasks.start(task("qmstart"), (starting) => startVm(world, node, vmid, starting));
  });
}

const CREATE_PARAMETERS: ParameterTable = {
  ...VM_PARAMETERS,
  archive: { type: "string", optional: true, maxLength: 255 },
  bwlimit: COUNT,
  force: { ...SWITCH, requires: "archive" },
  "ha-managed": SWITCH,
  "import-working-storage": { type: "string", optional: true, format: storageId },
  "live-restore": SWITCH,
  pool: { type: "string", optional: true, format: poolId },
  start: SWITCH,
  storage: { type: "string", optional: true, format: storageId },
  unique: { ...SWITCH, requires: "archive" },
  vmid: { type: "integer", format: vmId, minimum: 100, maximum: 999_999_999 },
};

/** The call that makes a VM from nothing. */
export const VM_CREATE_CALLS: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/nodes/{node}/qemu",
    ...AS_ROOT_ON_NODE,
    permissions: ALL_USERS,
    parameters: CREATE_PARAMETERS,
    handle: create,
  },
];
