import type { BroadcastRow } from "../world/statistics";
import type { World } from "../world/world";
import { nodeUsage } from "./node-rows";
import { vmRow } from "./vm-rows";

/** Rows of `GET /cluster/resources`; those of VMs are as old as the last broadcast. */
export function resourceRows(world: World, type: string | undefined): Record<string, unknown>[] {
  const isWanted = (name: string): boolean => type === undefined || type === name;
  return [
    ...(isWanted("vm") ? vmRows(world) : []),
    ...(isWanted("node") ? world.nodes.map((node) => nodeRow(world, node)) : []),
    ...(isWanted("storage") ? world.nodes.flatMap((node) => storageRows(world, node)) : []),
  ];
}

/** What the hosts broadcast now. */
export function broadcastRows(world: World): Map<number, BroadcastRow> {
  const rows = [...world.vms.values()].map((vm): [number, BroadcastRow] => {
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

function vmRows(world: World): Record<string, unknown>[] {
  return [...world.vms.values()].map((vm) => ({
    id: `qemu/${vm.vmid}`,
    vmid: vm.vmid,
    node: vm.node,
    type: "qemu",
    ...(vm.config.tags !== undefined && { tags: vm.config.tags }),
    ...(vm.lock !== undefined && { lock: vm.lock }),
    ...(world.statistics.of(vm.vmid, vm.node) ?? { status: "unknown" }),
  }));
}

function nodeRow(world: World, node: string): Record<string, unknown> {
  return {
    id: `node/${node}`,
    node,
    type: "node",
    status: "online",
    level: "",
    "cgroup-mode": 2,
    ...nodeUsage(world, node),
  };
}

function storageRows(world: World, node: string): Record<string, unknown>[] {
  return world.storages.onNode(node).map((storage) => {
    const group = world.storages.group(storage.id, node);
    return {
      id: `storage/${node}/${storage.id}`,
      storage: storage.id,
      node,
      type: "storage",
      status: "available",
      plugintype: storage.type,
      content: storage.content.join(","),
      shared: storage.shared ? 1 : 0,
      maxdisk: group.totalBytes,
      disk: group.usedBytes,
    };
  });
}
