import { resolveTopology } from "../../../../lib/topology";
import type { ProxmoxInput, ProxmoxOverrideInput } from "../../../../lib/topology";
import type { PoolDraft } from "../../../../lib/topology/draft";
import type { RuleSettings } from "../../../../lib/topology/rules/rule";
import { makeTopology } from "./make-topology";
import { tell } from "./tell";

/** The rules that are broken when VMs are on local-lvm of a pool's nodes. */
function broken(proxmox: Partial<ProxmoxInput>, own: Partial<ProxmoxOverrideInput> = {}): string[] {
  const { warnings } = resolveTopology({
    proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-lvm", ...proxmox },
    network: { cidr: "10.1.0.0/24", domain: "lab.example" },
    clusters: {
      web: {
        role: "apps",
        pools: {
          servers: {
            role: "server",
            count: 1,
            firstVmId: 401,
            firstAddress: "10.1.0.10",
            cores: 2,
            memoryMiB: 4096,
            diskGiB: 20,
            proxmox: own,
          },
        },
      },
    },
  });
  return warnings.map(({ rule, path }) => `${rule} ${path.join(".")}`);
}

test("a pool may name fewer nodes than there are, and no other is named unseen", () => {
  expect(broken({ nodes: ["pve1", "pve2"] }, { nodes: ["pve2"] })).toEqual([]);
  expect(broken({ nodes: ["pve1", "pve2"] }, { nodes: ["storage-host"] })).toEqual([
    "unlisted-node clusters.web.pools.servers.proxmox.nodes.0",
  ]);
});

test("what a name could mean is looked up once for all that name it, and for so many names", () => {
  const lowerCase = jest.spyOn(String.prototype, "toLowerCase");
  const pools = Array.from({ length: 50 }, (_, index): [string, PoolDraft] => [
    `p${index}`,
    { proxmox: { nodes: Array.from({ length: 20 }, (_each, node) => `pwe-${node}`) } },
  ]);
  try {
    const nodes = Array.from({ length: 20 }, (_, node) => `pve-${node}`);
    const written: RuleSettings = {
      proxmox: { nodes },
      clusters: { a: { pools: Object.fromEntries(pools) } },
    };
    expect(tell(makeTopology({ a: {} }), written).warnings).toHaveLength(50 * 20);
    expect(lowerCase.mock.calls.length).toBeLessThan(2 * 20 * 20 * 3);
  } finally {
    lowerCase.mockRestore();
  }
});

test("a storage that is declared and not used is told where its name is near to one that is not declared", () => {
  const room = (...names: string[]): ProxmoxInput["nodes"] => ({
    pve1: { storageGiB: Object.fromEntries(names.map((name) => [name, 100])) },
  });
  expect(broken({ nodes: room("local-lmv") })).toEqual([
    "unused-storage proxmox.nodes.pve1.storageGiB.local-lmv",
  ]);
  expect(broken({ nodes: room("local-lmv", "local-lvm") })).toEqual([]);
  expect(broken({ nodes: room("ceph-vm") })).toEqual([]);
  expect(broken({ storages: { "local-lvn": { shared: true } } })).toEqual([
    "unused-storage proxmox.storages.local-lvn",
  ]);
  expect(broken({ storages: { "local-lvn": { shared: true } }, templateStorage: "local-lvn" })).toEqual([]);
});
