import type { StorageDefinition } from "../world/storages";
import type { World } from "../world/world";

/** A storage as `GET /nodes/{node}/storage/{storage}/status` shows it. */
export function storageStatus(
  world: World,
  node: string,
  storage: StorageDefinition,
): Record<string, unknown> {
  const group = world.storages.group(storage.id, node);
  return {
    type: storage.type,
    content: storage.content.join(","),
    enabled: 1,
    active: 1,
    shared: storage.shared ? 1 : 0,
    total: group.totalBytes,
    used: group.usedBytes,
    avail: group.totalBytes - group.usedBytes,
  };
}

/** A storage as a row of `GET /nodes/{node}/storage`. */
export function storageRow(world: World, node: string, storage: StorageDefinition): Record<string, unknown> {
  const group = world.storages.group(storage.id, node);
  return {
    storage: storage.id,
    ...storageStatus(world, node, storage),
    used_fraction: group.usedBytes / group.totalBytes,
  };
}
