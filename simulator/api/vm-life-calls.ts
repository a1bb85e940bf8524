import { needs, type Permissions } from "../access/permissions";
import { DRIVE_KEYS } from "../schema/drive-schema";
import { configId, dnsName, nodeName, poolId, storageId, vmId } from "../schema/formats";
import { cloneVm } from "../vm/clone";
import { assertCloneTarget, checkCloneSource, type CloneRequest } from "../vm/clone-request";
import { assertDestroyable, destroyVm } from "../vm/destroy";
import { resizeDisk } from "../vm/resize";
import { assertConvertible, convertToTemplate } from "../vm/template";
import { requireVm } from "../world/world";
import {
  AS_ROOT_ON_NODE,
  type Call,
  COUNT,
  type Endpoint,
  isOn,
  nodeOf,
  refuseRootOnly,
  startVmTask,
  SWITCH,
  TEXT,
  vmidOf,
  vmRightsOf,
} from "./endpoint";

function clone(call: Call): string {
  const { world, parameters, caller, rights } = call;
  const node = nodeOf(call);
  const request: CloneRequest = {
    ...parameters,
    rights,
    node,
    vmid: vmidOf(call),
    newVmid: Number(parameters.newid),
    targetNode: parameters.target ?? node,
    full: parameters.full === undefined ? undefined : isOn(call, "full"),
  };
  assertCloneTarget(world, request);
  checkCloneSource(world, request);
  const task = { node, type: "qmclone", id: String(request.vmid), newVmid: request.newVmid, caller };
  return world.tasks.start(task, (handle) => cloneVm(world, request, handle));
}

function resize(call: Call): string {
  const { world, parameters, caller } = call;
  refuseRootOnly(call, ["skiplock"]);
  const { disk = "", size = "", digest } = parameters;
  const request = { node: nodeOf(call), vmid: vmidOf(call), disk, size, digest, rights: vmRightsOf(call) };
  const task = { node: request.node, type: "resize", id: String(request.vmid), caller };
  return world.tasks.start(task, (handle) => resizeDisk(world, request, handle));
}

function destroy(call: Call): string {
  const { world, caller } = call;
  refuseRootOnly(call, ["skiplock"]);
  assertDestroyable(requireVm(world, nodeOf(call), vmidOf(call)));
  const request = {
    node: nodeOf(call),
    vmid: vmidOf(call),
    purge: isOn(call, "purge"),
    destroyUnreferencedDisks: isOn(call, "destroy-unreferenced-disks"),
  };
  const task = { node: request.node, type: "qmdestroy", id: String(request.vmid), caller };
  return world.tasks.start(task, (handle) => destroyVm(world, request, handle));
}

function toTemplate(call: Call): string {
  const { world, parameters } = call;
  const node = nodeOf(call);
  const vmid = vmidOf(call);
  assertConvertible(requireVm(world, node, vmid));
  return startVmTask(call, "qmtemplate", (task) =>
    convertToTemplate(world, node, vmid, parameters.disk, task),
  );
}

const PATH = "/nodes/{node}/qemu/{vmid}";

const MAY_CLONE: Permissions = {
  check: [
    "and",
    ["perm", "/vms/{vmid}", ["VM.Clone"]],
    [
      "or",
      ["perm", "/vms/{newid}", ["VM.Allocate"]],
      ["perm", "/pool/{pool}", ["VM.Allocate"], "require_param", "pool"],
    ],
  ],
};

/** Calls that make, change and remove VMs as a whole. */
export const VM_LIFE_CALLS: readonly Endpoint[] = [
  {
    method: "POST",
    path: `${PATH}/clone`,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_CLONE,
    parameters: {
      bwlimit: COUNT,
      description: TEXT,
      format: { type: "string", optional: true, enum: ["raw", "qcow2", "vmdk"] },
      full: SWITCH,
      name: { type: "string", optional: true, format: dnsName },
      newid: { type: "integer", format: vmId, minimum: 100, maximum: 999_999_999 },
      pool: { type: "string", optional: true, format: poolId },
      snapname: { type: "string", optional: true, format: configId, maxLength: 40 },
      storage: { type: "string", optional: true, format: storageId },
      target: { type: "string", optional: true, format: nodeName },
    },
    handle: clone,
  },
  {
    method: "PUT",
    path: `${PATH}/resize`,
    ...AS_ROOT_ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Config.Disk"),
    parameters: {
      digest: { type: "string", optional: true, maxLength: 40 },
      disk: { type: "string", enum: DRIVE_KEYS },
      size: { type: "string", pattern: /\+?\d+(\.\d+)?[KMGT]?/ },
      skiplock: SWITCH,
    },
    handle: resize,
  },
  {
    method: "DELETE",
    path: PATH,
    ...AS_ROOT_ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Allocate"),
    parameters: { "destroy-unreferenced-disks": SWITCH, purge: SWITCH, skiplock: SWITCH },
    handle: destroy,
  },
  {
    method: "POST",
    path: `${PATH}/template`,
    ...AS_ROOT_ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Allocate"),
    parameters: { disk: { type: "string", optional: true, enum: DRIVE_KEYS } },
    handle: toTemplate,
  },
];
