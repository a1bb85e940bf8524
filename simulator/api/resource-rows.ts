import type { Rights } from "../access/rights";
import type { BroadcastRow } from "../world/statistics";
import type { StorageDefinition } from "../world/storages";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";
import { isOffline, nodeUsage } from "./node-rows";
import { vmRow } from "./vm-rows";

/** Rows of `GET /cluster/resources` that the caller may see; those of VMs are as old as the last broadcast. */
export function resourceRows(
  world: World,
  rights: Rights,
  type: string | undefined,
): Record<string, unknown>[] {
  const isWanted = (name: string): boolean => type === undefined || type === name;
  return [
    // The call has no word for pools alone.
    ...(type === undefined ? poolRows(world, rights) : []),
    ...(isWanted("vm") ? vmRows(world, rights) : []),
    ...(isWanted("node") ? world.nodes.map((node) => nodeRow(world, rights, node)) : []),
    ...(isWanted("storage") ? storageRows(world, rights) : []),
  ];
}

/** What the hosts broadcast now. */
export function broadcastRows(world: World): Map<number, BroadcastRow> {
  const heard = [...world.vms.values()].filter(({ node }) => !isOffline(world, node));
  const rows = heard.map((vm): [number, BroadcastRow] => {
    const { name, status, cpus, cpu, maxmem, mem, memhost, maxdisk, disk, uptime, netin, netout } = vmRow(
      world,
      vm,
    );
    const template = vm.isTemplate ? 1 : 0;
    const usage = { cpu, maxcpu: cpus, maxmem, mem, memhost, maxdisk, disk, uptime, netin, netout };
    return [vm.vmid, { node: vm.node, row: { name, status, template, ...usage, diskread: 0, diskwrite: 0 } }];
  });
  return new Map(rows);
}

/** A VM as the last broadcast told of it. */
export function vmResourceRow(world: World, vm: Vm): Record<string, unknown> {
  return {
    id: `qemu/${vm.vmid}`,
    vmid: vm.vmid,
    node: vm.node,
    type: "qemu",
    ...(world.statistics.of(vm.vmid, vm.node) ?? { status: "unknown" }),
  };
}

function vmRows(world: World, rights: Rights): Record<string, unknown>[] {
  return [...world.vms.values()]
    .filter(({ vmid }) => rights.has(`/vms/${vmid}`, "VM.Audit"))
    .map((vm) => currentVmRow(world, rights, vm));
}

function currentVmRow(world: World, rights: Rights, vm: Vm): Record<string, unknown> {
  const pool = world.pools.ofVm(vm.vmid);
  const showsPool = pool !== undefined && rights.has(`/pool/${pool}`, "Pool.Audit");
  return {
    ...vmResourceRow(world, vm),
    ...(vm.config.tags !== undefined && { tags: vm.config.tags }),
    ...(vm.lock !== undefined && { lock: vm.lock }),
    ...(showsPool && { pool }),
  };
}

function poolRows(world: World, rights: Rights): Record<string, unknown>[] {
  return world.pools
    .ids()
    .filter((id) => rights.has(`/pool/${id}`, "Pool.Audit"))
    .map((id) => ({ id: `/pool/${id}`, pool: id, type: "pool" }));
}

function nodeRow(world: World, rights: Rights, node: string): Record<string, unknown> {
  return {
    id: `node/${node}`,
    node,
    type: "node",
    level: "",
    status: isOffline(world, node) ? "offline" : "online",
    "cgroup-mode": 2,
    ...(!isOffline(world, node) && rights.has(`/nodes/${node}`, "Sys.Audit") && nodeUsage(world, node)),
  };
}

function storageRows(world: World, rights: Rights): Record<string, unknown>[] {
  return world.nodes.flatMap((node) =>
    world.storages
      .onNode(node)
      .filter(({ id }) => rights.has(`/storage/${id}`, "Datastore.Audit", "Datastore.AllocateSpace"))
      .map((storage) => storageResourceRow(world, node, storage)),
  );
}

/** A storage as a node has it. */
export function storageResourceRow(
  world: World,
  node: string,
  storage: StorageDefinition,
): Record<string, unknown> {
  const group = world.storages.group(storage.id, node);
  return {
    id: `storage/${node}/${storage.id}`,
    storage: storage.id,
    node,
    type: "storage",
    status: isOffline(world, node) ? "unknown" : "available",
    plugintype: storage.type,
    content: storage.content.join(","),
    shared: storage.shared ? 1 : 0,
    maxdisk: group.totalBytes,
    disk: group.usedBytes,
  };
}
