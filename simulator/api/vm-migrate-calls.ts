import { needs } from "../access/permissions";
import { VmRights } from "../access/vm-rights";
import { nodeName, storagePairList } from "../schema/formats";
import { cidr } from "../schema/network-formats";
import { migrateVm } from "../vm/migrate";
import {
  assertMigratable,
  localStorages,
  type MigrationRequest,
  namedTargets,
  storagesOf,
} from "../vm/migrate-request";
import { vmVolumes } from "../vm/vm-volumes";
import { splitVolumeId } from "../world/storages";
import { assertUnlocked, requireVm } from "../world/world";
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
  vmidOf,
} from "./endpoint";

const ROOT_ONLY = ["force", "migration_type", "migration_network"];

function migrate(call: Call): string {
  const { world, parameters, rights } = call;
  const request: MigrationRequest = {
    node: nodeOf(call),
    vmid: vmidOf(call),
    target: parameters.target ?? "",
    online: isOn(call, "online"),
    withLocalDisks: isOn(call, "with-local-disks"),
    targetStorage: parameters.targetstorage,
  };
  const { vmid, targetStorage } = request;
  refuseRootOnly(call, ROOT_ONLY);
  if (targetStorage !== undefined && targetStorage !== "1") {
    new VmRights(rights, vmid).assert("VM.Config.Disk");
    for (const id of namedTargets(targetStorage)) rights.assert(`/storage/${id}`, "Datastore.AllocateSpace");
  }
  assertMigratable(world, request);
  return startVmTask(call, "qmigrate", (task) => migrateVm(world, request, task));
}

function preconditions(call: Call): Record<string, unknown> {
  const { world } = call;
  const node = nodeOf(call);
  const vm = requireVm(world, node, vmidOf(call));
  assertUnlocked(vm);
  const others = world.nodes
    .filter((other) => other !== node)
    .map((other) => ({
      other,
      missing: storagesOf(world, vm)
        .filter(({ nodes }) => nodes?.includes(other) === false)
        .map(({ id }) => id),
    }));
  const refused = others.filter(({ missing }) => missing.length > 0);
  const local = new Set(localStorages(world, vm).map(({ id }) => id));
  const disks = vmVolumes(vm).filter((volumeId) => local.has(splitVolumeId(volumeId).storage));
  return {
    running: vm.guest === undefined ? 0 : 1,
    allowed_nodes: others.filter(({ missing }) => missing.length === 0).map(({ other }) => other),
    not_allowed_nodes: Object.fromEntries(
      refused.map(({ other, missing }) => [other, { unavailable_storages: missing }]),
    ),
    local_disks: disks.map((volid) => ({
      volid,
      size: world.storages.find(volid, node)?.volume.sizeBytes ?? 0,
      cdrom: volid.includes("cloudinit") ? 1 : 0,
      is_unused: Object.entries(vm.config).some(([key, value]) => key.startsWith("unused") && value === volid)
        ? 1
        : 0,
    })),
    local_resources: [],
    "mapped-resources": [],
    "mapped-resource-info": {},
    "has-dbus-vmstate": 1,
  };
}

const PATH = "/nodes/{node}/qemu/{vmid}/migrate";
const MAY_MIGRATE = needs("/vms/{vmid}", "VM.Migrate");

/** Calls that move VMs between nodes. */
export const VM_MIGRATE_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: PATH,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_MIGRATE,
    parameters: { target: { type: "string", optional: true, format: nodeName } },
    handle: preconditions,
  },
  {
    method: "POST",
    path: PATH,
    ...AS_ROOT_ON_NODE,
    permissions: MAY_MIGRATE,
    parameters: {
      bwlimit: COUNT,
      force: SWITCH,
      migration_network: { type: "string", optional: true, format: cidr },
      migration_type: { type: "string", optional: true, enum: ["secure", "insecure"] },
      online: SWITCH,
      target: { type: "string", format: nodeName },
      targetstorage: { type: "string", optional: true, format: storagePairList },
      "with-conntrack-state": SWITCH,
      "with-local-disks": SWITCH,
    },
    handle: migrate,
  },
];
