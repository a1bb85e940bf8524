import type { StorageDefinition } from "../world/storages";
import type { World } from "../world/world";

/** Whether a node has a storage and may use it. */
export function isUsable({ disabled, nodes }: StorageDefinition, node: string): boolean {
  return disabled !== true && (nodes?.includes(node) ?? true);
}

/** A storage as `GET /nodes/{node}/storage/{storage}/status` shows it; one that the node cannot use has no space. */
export function storageStatus(
  world: World,
  node: string,
  storage: StorageDefinition,
): Record<string, unknown> {
  const enabled = isUsable(storage, node) ? 1 : 0;
  const { total, used } = space(world, node, storage);
  return {
    type: storage.type,
    content: storage.content.join(","),
    enabled,
    active: enabled,
    shared: storage.shared ? 1 : 0,
    total,
    used,
    avail: total - used,
  };
}

/** A storage as a row of `GET /nodes/{node}/storage`. */
export function storageRow(world: World, node: string, storage: StorageDefinition): Record<string, unknown> {
  const { total, used } = space(world, node, storage);
  return {
    storage: storage.id,
    ...storageStatus(world, node, storage),
    ...(total > 0 && { used_fraction: used / total }),
  };
}

function space(world: World, node: string, storage: StorageDefinition): { total: number; used: number } {
  if (!isUsable(storage, node)) return { total: 0, used: 0 };
  const group = world.storages.group(storage.id, node);
  return { total: group.totalBytes, used: group.usedBytes };
}
