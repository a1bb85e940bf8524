import type { FaultCollector } from "../fault-collector";
import type { ProxmoxNode, Storage } from "../topology";

/** Checks that the room of a shared storage is declared once for all nodes, and that of any other with its nodes. */
export function checkDeclaredRoom(
  nodes: readonly ProxmoxNode[],
  storages: readonly Storage[],
  faults: FaultCollector,
): void {
  const shared = new Set<string>();
  for (const { name, shared: isShared, capacityGiB } of storages) {
    if (isShared === true) shared.add(name);
    else if (capacityGiB !== undefined) {
      const problem = `got ${capacityGiB}, but ${name} is not declared shared, so each node has its own`;
      const fix = `declare shared: true, or give the room on each node (proxmox.nodes.<node>.storageGiB.${name})`;
      faults.add(["proxmox", "storages", name, "capacityGiB"], problem, fix);
    }
  }
  for (const { name, capacity } of nodes) {
    for (const [storage, size] of Object.entries(capacity.storageGiB)) {
      if (!shared.has(storage)) continue;
      const problem = `got ${size}, but ${storage} is declared shared, so no node has its own`;
      const fix = `give its room once, as proxmox.storages.${storage}.capacityGiB`;
      faults.add(["proxmox", "nodes", name, "storageGiB", storage], problem, fix);
    }
  }
}
