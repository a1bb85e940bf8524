import { makeTopology } from "./make-topology";
import { tell } from "./tell";

const { CI: before } = process.env;
afterEach(() => {
  if (before === undefined) delete process.env.CI;
  else process.env.CI = before;
});

/** What is told of three servers, two of which nobody has recorded. */
function told(
  pipeline: string,
  nodes = 3,
  unrecorded: readonly string[] = ["web-2", "web-3"],
): readonly string[] {
  process.env.CI = pipeline;
  const pool = { count: 3, each: (number: number) => ({ node: `pve${Math.min(number, nodes)}` }) };
  const checks = { "servers-on-one-host": "off" as const };
  return tell(makeTopology({ web: { pools: [pool] } }, { unrecorded }), { checks }).warnings;
}

describe("placement-not-recorded", () => {
  test("tells of VMs that a pipeline has placed", () => {
    expect(told("true")).toEqual([
      "proxmox.nodes: got 3 nodes, and no placement record that says on which web-2, web-3 are: the next run may choose another, which destroys a VM and makes it anew; run the synthesis where you can commit what it records beside the topology [placement-not-recorded]",
    ]);
  });

  test("has nothing to tell where a person synthesizes, where all are recorded, and where there is one node", () => {
    expect([told(""), told("false"), told("true", 3, []), told("true", 1)]).toEqual([[], [], [], []]);
  });
});
