import type { Rights } from "../access/rights";
import type { BroadcastRow } from "../world/statistics";
import type { StorageDefinition } from "../world/storages";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";
import { isOffline, nodeRow } from "./node-rows";
import { vmRow } from "./vm-rows";

/** Rows of `GET /cluster/resources` that the caller may see; those of VMs are as old as the last broadcast. */
export function resourceRows(
  world: World,
  rights: Rights,
  type: string | undefined,
  process: number,
): Record<string, unknown>[] {
  const isWanted = (name: string): boolean => type === undefined || type === name;
  return [
    // The call has no word for pools alone.
    ...(type === undefined ? poolRows(world, rights) : []),
    ...(isWanted("vm") ? vmRows(world, rights, process) : []),
    ...(isWanted("node") ? world.nodes.map((node) => hostRow(world, rights, node)) : []),
    ...(isWanted("storage") ? storageRows(world, rights) : []),
    // Nor one for networks: `sdn` means zones that were set up, of which there are none.
    ...(type === undefined ? networkRows(world, rights) : []),
  ];
}

/** What the hosts broadcast now. */
export function broadcastRows(world: World): Map<number, BroadcastRow> {
  const heard = [...world.vms.values()].filter(
    ({ node }) => world.nodes.includes(node) && !isOffline(world, node),
  );
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

/** A VM as the last broadcast told of it that the answering process has read. */
export function vmResourceRow(world: World, vm: Vm, process: number): Record<string, unknown> {
  return {
    id: `qemu/${vm.vmid}`,
    vmid: vm.vmid,
    node: vm.node,
    type: "qemu",
    ...(world.statistics.of(vm.vmid, vm.node, process) ?? { status: "unknown" }),
  };
}

function vmRows(world: World, rights: Rights, process: number): Record<string, unknown>[] {
  return [...world.vms.values()]
    .filter(({ vmid }) => rights.has(`/vms/${vmid}`, "VM.Audit"))
    .map((vm) => currentVmRow(world, rights, vm, process));
}

function currentVmRow(world: World, rights: Rights, vm: Vm, process: number): Record<string, unknown> {
  const pool = world.pools.ofVm(vm.vmid);
  const showsPool = pool !== undefined && rights.has(`/pool/${pool}`, "Pool.Audit");
  return {
    ...vmResourceRow(world, vm, process),
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

function hostRow(world: World, rights: Rights, node: string): Record<string, unknown> {
  const row = nodeRow(world, rights, node);
  return row.status === "unknown" ? row : { ...row, "cgroup-mode": 2 };
}

/** The zone of the hosts' own bridges, which is always there. */
function networkRows(world: World, rights: Rights): Record<string, unknown>[] {
  const zone = "localnetwork";
  if (!world.statistics.isPublished || !rights.has(`/sdn/zones/${zone}`, "SDN.Audit")) return [];
  return world.nodes.map((node) => ({
    id: `network/${node}/zone/${zone}`,
    type: "network",
    "network-type": "zone",
    network: zone,
    node,
    status: "ok",
  }));
}

function storageRows(world: World, rights: Rights): Record<string, unknown>[] {
  return world.nodes.flatMap((node) =>
    world.storages
      .onNode(node)
      .filter(({ disabled }) => disabled !== true)
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
    plugintype: storage.type,
    content: storage.content.join(","),
    shared: storage.shared ? 1 : 0,
    ...(world.statistics.isPublished && !isOffline(world, node)
      ? { status: "available", maxdisk: group.totalBytes, disk: group.usedBytes }
      : { status: "unknown" }),
  };
}
