import { TopologyError, resolveTopology } from "../../../../lib/topology";
import type { ClusterInput, Fault, PoolInput } from "../../../../lib/topology";
import { Ledger } from "../../../../lib/topology/allotments/ledger";

const POOLS = 500;

/** The faults of many pools, and how many times all numbers were looked at for them. */
function faultsOf(settings: (index: number) => Partial<PoolInput>): {
  faults: readonly Fault[];
  looks: number;
} {
  const occupied = jest.spyOn(Ledger.prototype, "occupied");
  const pools = Array.from({ length: POOLS }, (_, index): [string, PoolInput] => [
    `p${index}`,
    {
      role: "server",
      count: 10,
      addresses: "dhcp",
      cores: 1,
      memoryMiB: 1024,
      diskGiB: 10,
      ...settings(index),
    },
  ]);
  try {
    resolveTopology({
      proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
      network: { cidr: "10.1.0.0/16", domain: "lab.example" },
      clusters: { web: { role: "apps", pools: Object.fromEntries(pools) } },
    });
    return { faults: [], looks: occupied.mock.calls.length };
  } catch (error) {
    if (error instanceof TopologyError) return { faults: error.faults, looks: occupied.mock.calls.length };
    throw error;
  } finally {
    occupied.mockRestore();
  }
}

describe("what would be free is looked for so many times as can be read, and the rest is told without", () => {
  test.each([
    ["pools that overlap", (index: number) => ({ firstVmId: 1000 + 5 * index }), "would be free"],
    [
      "members that want what another has",
      (index: number) => ({ firstVmId: 1000 + 10 * index, overrides: { 1: { vmId: 1009 + 10 * index } } }),
      "would be free",
    ],
    [
      "ranges that are too short",
      (index: number) => ({ vmIds: `${1000 + 20 * index}-${1004 + 20 * index}` }),
      "make it",
    ],
  ])("%s", (_what, settings, advice) => {
    const { faults, looks } = faultsOf(settings);
    expect(faults.length).toBeGreaterThanOrEqual(POOLS - 1);
    expect(faults.filter(({ fix }) => fix.includes(advice))).toHaveLength(200);
    expect(faults.filter(({ fix }) => fix === "mend the others first, then run this again")).toHaveLength(
      faults.length - 200,
    );
    expect(looks).toBeLessThanOrEqual(400);
  });
});

test("one address that many APIs are given is looked for so many times, and not all numbers are sorted for each", () => {
  const occupied = jest.spyOn(Ledger.prototype, "occupied");
  const sort = jest.spyOn(Array.prototype, "sort");
  const clusters = Array.from({ length: 300 }, (_, index): [string, ClusterInput] => [
    `c${index}`,
    { role: "apps", members: 1, firstVmId: 401 + index, addresses: "dhcp", apiAddress: "10.1.0.10" },
  ]);
  try {
    resolveTopology({
      proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
      network: { cidr: "10.1.0.0/16", domain: "lab.example" },
      defaults: { cores: 1, memoryMiB: 1024, diskGiB: 10 },
      clusters: Object.fromEntries(clusters),
    });
    throw new Error("it was not refused");
  } catch (error) {
    if (!(error instanceof TopologyError)) throw error;
    const fixes = error.faults.map(({ fix }) => fix);
    expect(fixes.filter((fix) => fix.endsWith("would be free"))).toHaveLength(200);
    expect(new Set(fixes.filter((fix) => fix.endsWith("would be free"))).size).toBe(200);
    expect(fixes.filter((fix) => fix === "mend the others first, then run this again")).toHaveLength(99);
    expect(occupied.mock.calls.length).toBeLessThanOrEqual(400);
    const sorted = sort.mock.contexts.map((all) => (all as unknown[]).length);
    expect(sorted.reduce((sum, length) => sum + length, 0)).toBeLessThan(10_000);
  } finally {
    occupied.mockRestore();
    sort.mockRestore();
  }
});
