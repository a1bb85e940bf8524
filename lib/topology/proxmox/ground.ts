import type { TopologyDraft } from "../draft";
import type { NodeInput } from "../input";
import type { MemberPlan } from "../members/member-plan";
import type { PoolPlan } from "../pools/pool-plan";
import { nodeNames } from "../pools/pool-plan";
import type { NumberRange, Overcommit, ProxmoxNode, Storage } from "../topology";

/** How many times what is declared may be given away. */
export function overcommitOf({ proxmox }: TopologyDraft): Overcommit {
  const { cores = 1, memory = 1, storage = 1 } = proxmox?.overcommit ?? {};
  return { cores, memory, storage };
}

/** The nodes that are declared, in their order, and then those that pools name besides. */
export function proxmoxNodes(draft: TopologyDraft, pools: readonly PoolPlan[]): ProxmoxNode[] {
  const declared = draft.proxmox?.nodes;
  const names = new Set(nodeNames(declared));
  for (const { proxmox } of pools) for (const name of proxmox.nodes ?? []) names.add(name);
  const overcommit = overcommitOf(draft);
  const capacities = new Map<string, NodeInput | null>(
    declared && !isList(declared) ? (Object.entries(declared) as [string, NodeInput | null][]) : [],
  );
  return Array.from(names, (name) => {
    const { cores, memoryMiB, storageGiB = {} } = capacities.get(name) ?? {};
    return { name, capacity: { cores, memoryMiB, storageGiB: { ...storageGiB }, overcommit } };
  });
}

/** The storages that are declared, in their order, and then those that members use besides. */
export function proxmoxStorages(draft: TopologyDraft, members: Iterable<readonly MemberPlan[]>): Storage[] {
  const storages = new Map<string, Storage>();
  for (const [name, settings] of Object.entries(draft.proxmox?.storages ?? {}))
    storages.set(name, { name, shared: settings?.shared, capacityGiB: settings?.capacityGiB });
  let before: unknown;
  for (const pool of members) {
    for (const { hardware } of pool) {
      if (hardware === before) continue;
      before = hardware;
      for (const { storage } of hardware.disks)
        if (!storages.has(storage)) storages.set(storage, { name: storage });
    }
  }
  return [...storages.values()];
}

/** The VM ids that were agreed upon: "400-499". The text is sure to parse. */
export function agreedVmIds({ proxmox }: TopologyDraft): NumberRange | undefined {
  if (proxmox?.vmIds === undefined) return undefined;
  const [first = 0, last = first] = proxmox.vmIds.split("-").map(Number);
  return { first, last };
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}
