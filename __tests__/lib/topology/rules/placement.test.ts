import { resolveTopology } from "../../../../lib/topology";
import { makeTopology } from "./make-topology";
import { tell } from "./tell";

/** What is told of three servers, two of which nobody has recorded. */
function told(inPipeline: boolean, unrecorded: readonly string[] = ["web-2", "web-3"]): readonly string[] {
  const pool = { count: 3, each: (number: number) => ({ node: `pve${number}` }) };
  return tell(makeTopology({ web: { pools: [pool] } }, { unrecorded }), { inPipeline }).warnings;
}

/** The VMs that are told of where one cluster may be on one host, and the other on both. */
function toldOfChoice(inPipeline: boolean | undefined): readonly string[] {
  const sizes = { cores: 2, memoryMiB: 4096, diskGiB: 20 };
  const { warnings } = resolveTopology(
    {
      proxmox: { nodes: ["pve1", "pve2"], templateId: { pve1: 301, pve2: 302 }, storage: "local-zfs" },
      network: { cidr: "10.1.0.0/24", domain: "lab.example" },
      defaults: sizes,
      clusters: {
        bound: {
          role: "apps",
          members: 1,
          firstVmId: 401,
          firstAddress: "10.1.0.10",
          proxmox: { nodes: ["pve2"] },
        },
        free: { role: "apps", members: 1, firstVmId: 411, firstAddress: "10.1.0.20" },
      },
    },
    { placement: {}, inPipeline },
  );
  return warnings.flatMap(({ problem }) => /says on which (.*) (?:is|are):/.exec(problem)?.[1] ?? []);
}

describe("placement-not-recorded", () => {
  test("tells of VMs that a pipeline has placed", () => {
    expect(told(true)).toEqual([
      "proxmox.nodes: got 3 nodes, and no placement record that says on which web-2, web-3 are: the next run may choose another, which destroys a VM and makes it anew; run the synthesis where you can commit what it records beside the topology [placement-not-recorded]",
    ]);
  });

  test("has nothing to tell where a person synthesizes, and where all are recorded", () => {
    expect([told(false), told(true, [])]).toEqual([[], []]);
  });

  test("tells of no VM that may be on one node alone", () => {
    expect([toldOfChoice(true), toldOfChoice(false), toldOfChoice(undefined)]).toEqual([["free-1"], [], []]);
  });
});
