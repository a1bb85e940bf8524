/** Proxmox clusters for property tests: how many nodes, what they have to give, and where the templates are. */
import fc from "fast-check";
import type { NodeInput, ProxmoxInput } from "../../../lib/topology";

/** Nodes are pve1 to pve4 at most. */
export const MOST_NODES = 4;

const capacity = fc.record(
  {
    cores: fc.integer({ min: 8, max: 64 }),
    memoryMiB: fc.integer({ min: 8192, max: 262_144 }),
    storageGiB: fc.record({ "local-zfs": fc.integer({ min: 0, max: 2000 }) }),
  },
  { requiredKeys: [] },
);

/** What no drawn topology uses up. */
const AMPLE: NodeInput = { cores: 10_000, memoryMiB: 100_000_000, storageGiB: { "local-zfs": 1_000_000 } };

/**
 * Any cluster of pve1 and on, whose VMs are on the shared storage ceph.
 * @param apart whether templates have ids that no pool has, and nodes give as much as is asked of them; else some lack
 */
export function anyProxmox(apart: boolean): fc.Arbitrary<ProxmoxInput> {
  return fc
    .record({
      count: fc.integer({ min: 1, max: MOST_NODES }),
      isMapping: fc.boolean(),
      capacities: fc.array(capacity, { minLength: MOST_NODES, maxLength: MOST_NODES }),
      hasTemplates: fc.boolean(),
      template: fc.integer({ min: 0, max: 23 }),
      factor: fc.constantFrom(1, 1.5, 4),
    })
    .map(({ count, isMapping, capacities, hasTemplates, template, factor }) => {
      const names = Array.from({ length: count }, (_, index) => `pve${index + 1}`);
      const first = apart ? 400 : 1000 + template;
      return {
        nodes: isMapping
          ? Object.fromEntries(
              names.map((name, index) => [name, apart ? AMPLE : (capacities[index] ?? null)]),
            )
          : names,
        templateId: hasTemplates
          ? Object.fromEntries(names.map((name, index) => [name, first + index]))
          : first,
        storage: "ceph",
        storages: { ceph: { shared: true, ...(apart ? {} : { capacityGiB: 4000 }) } },
        overcommit: { cores: factor },
      };
    });
}

/** The same cluster with a node more, in front of the others: behind them it could hardly disturb. */
export function withNode(proxmox: ProxmoxInput): ProxmoxInput {
  const { nodes, templateId } = proxmox;
  return {
    ...proxmox,
    nodes: isList(nodes) ? ["pve9", ...nodes] : { pve9: null, ...nodes },
    templateId: typeof templateId === "number" ? templateId : { pve9: 409, ...templateId },
  };
}

/** The names of the nodes, with what each has to give. */
export function nodesOf({ nodes }: ProxmoxInput): ReadonlyMap<string, NodeInput> {
  if (isList(nodes)) return new Map(nodes.map((name) => [name, {}]));
  return new Map(Object.entries(nodes).map(([name, node]) => [name, node ?? {}]));
}

function isList(nodes: ProxmoxInput["nodes"]): nodes is readonly string[] {
  return Array.isArray(nodes);
}
