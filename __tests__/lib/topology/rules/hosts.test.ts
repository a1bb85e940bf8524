import { makeTopology } from "./make-topology";
import { tell } from "./tell";

/** What is told of a cluster whose servers are on these nodes. */
const toldOf = (nodes: readonly string[]): readonly string[] => {
  const pools = [{ count: nodes.length, each: (number: number) => ({ node: nodes[number - 1] ?? "" }) }];
  return tell(makeTopology({ web: { pools } }), { checks: { "even-servers": "off" } }).warnings;
};

describe("servers-on-one-host", () => {
  test.each([[["pve1"]], [["pve1", "pve2", "pve3"]]])("servers on %j are good", (nodes) => {
    expect(toldOf(nodes)).toEqual([]);
  });

  test("two servers or more on one node are gone with it", () => {
    expect(toldOf(["pve1", "pve1", "pve1"])).toEqual([
      "clusters.web: got all 3 servers on pve1 (web-1, web-2, web-3): while it is down, so is the cluster; " +
        "put them on three nodes, or make do with one server [servers-on-one-host]",
    ]);
    expect(toldOf(["pve1", "pve1"])).toEqual([expect.stringContaining("got all 2 servers on pve1")]);
  });

  test("agents beside them do not help, and may be where they like", () => {
    const agents = { name: "workers", role: "agent" as const, each: () => ({ node: "pve9" }) };
    const servers = { name: "servers", each: () => ({ node: "pve1" }) };
    expect(tell(makeTopology({ web: { pools: [servers, agents] } })).warnings).toEqual([
      expect.stringContaining("[servers-on-one-host]"),
    ]);
    expect(tell(makeTopology({ web: { pools: [{ name: "servers" }, agents] } })).warnings).toEqual([]);
  });
});

describe("majority-on-one-host", () => {
  test.each([
    [["a", "b", "c"]],
    [["a", "b", "c", "d"]],
    [["a", "a", "b", "b", "c"]],
    [["a", "a", "a", "b", "b", "b", "c"]],
    // Neither of two servers can be spared, wherever they are: that is for even-servers to tell.
    [["a", "b"]],
  ])("servers on %j outlive each of the nodes", (nodes) => {
    expect(toldOf(nodes)).toEqual([]);
  });

  test("two of three on one node stop the cluster with it", () => {
    expect(toldOf(["a", "b", "a"])).toEqual([
      "clusters.web: got 2 of 3 servers on a (web-1, web-3): while it is down, so is the cluster; " +
        "put at most 1 of them on one node [majority-on-one-host]",
    ]);
  });

  test("so do half of an even number, on each of the nodes", () => {
    expect(toldOf(["a", "a", "b", "b"])).toEqual([
      expect.stringContaining("got 2 of 4 servers on a"),
      expect.stringContaining("got 2 of 4 servers on b"),
    ]);
  });

  test("three of five are too many", () => {
    expect(toldOf(["a", "a", "a", "b", "c"])).toEqual([
      expect.stringContaining("put at most 2 of them on one node"),
    ]);
  });
});
