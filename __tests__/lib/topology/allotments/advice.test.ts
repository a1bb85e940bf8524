import { TopologyError, resolveTopology } from "../../../../lib/topology";
import type { ClusterInput, ProxmoxInput } from "../../../../lib/topology";

/** What is told of clusters, a line each. */
function told(
  clusters: Record<string, Partial<ClusterInput>>,
  proxmox: Partial<ProxmoxInput> = {},
): string[] {
  const whole = Object.entries(clusters).map(([name, settings], index): [string, ClusterInput] => [
    name,
    { role: "apps", members: 1, firstVmId: 401 + 100 * index, firstAddress: `10.1.${index}.10`, ...settings },
  ]);
  try {
    resolveTopology({
      proxmox: { nodes: ["pve1"], templateId: 9000, storage: "local-lvm", ...proxmox },
      network: { cidr: "10.1.0.0/16", domain: "lab.example" },
      defaults: { cores: 2, memoryMiB: 4096, diskGiB: 20 },
      clusters: Object.fromEntries(whole),
    });
  } catch (error) {
    if (error instanceof TopologyError) return error.message.split("\n");
    throw error;
  }
  return [];
}

/** What is advised in each line. */
const advised = (lines: readonly string[], pattern: RegExp): string[] =>
  lines.map((line) => pattern.exec(line)?.[1] ?? line);

test("a number is advised to one alone", () => {
  const two = { members: 2, firstVmId: 401 };
  expect(advised(told({ a: two, b: two, c: two, d: { firstVmId: 402 } }), /; firstVmId (\d+) would/)).toEqual(
    ["403", "405", "407"],
  );
  const own = (address: string): Partial<ClusterInput> => ({ overrides: { 1: { address } } });
  expect(advised(told({ a: {}, b: own("10.1.0.10"), c: own("10.1.0.10") }), /; (\S+) would be free/)).toEqual(
    ["10.1.0.11", "10.1.0.12"],
  );
  expect(
    advised(
      told({ a: { apiAddress: "10.1.0.10" }, b: { apiAddress: "10.1.0.10" } }),
      /; (\S+) would be free/,
    ),
  ).toEqual(["10.1.0.11", "10.1.0.12"]);
  const short = { firstVmId: undefined, members: 3, vmIds: "401-402" };
  expect(
    advised(told({ a: short, b: { firstVmId: undefined, members: 2, vmIds: "410" } }), /; (make .*)$/),
  ).toEqual(["make it 401-403", "make it 410-411"]);
});

test("VM ids are advised out of those agreed upon", () => {
  const clusters = { a: { members: 2, firstVmId: 401 }, b: { firstVmId: 402 } };
  expect(told(clusters, { vmIds: "400-402" })).toEqual([
    expect.stringContaining("; firstVmId 400 would be free"),
  ]);
  expect(told(clusters, { vmIds: "401-402" })).toEqual([
    expect.stringMatching(
      /; none is free from 401 to 402: agree on a larger range \(proxmox\.vmIds\) or fewer members$/,
    ),
  ]);
});

test("a range that cannot grow in its place is to become a list, and a list is to be longer", () => {
  const pool = { firstVmId: undefined, members: 3 };
  const next = { firstVmId: 403 };
  expect(advised(told({ a: { ...pool, vmIds: "401-402" }, next }), /; (.*)$/)).toEqual([
    "make it [401-402, 404], which would be free",
  ]);
  expect(advised(told({ a: { ...pool, vmIds: ["401-402"] }, next }), /; (.*)$/)).toEqual([
    "add 404 at its end, which would be free",
  ]);
});
