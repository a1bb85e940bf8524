import { makeTopology } from "./make-topology";
import type { PoolSketch } from "./make-topology";
import { tell } from "./tell";

const told = (...pools: PoolSketch[]) => tell(makeTopology({ web: { pools } }));
const servers = (count: number): PoolSketch => ({ count, each: (number) => ({ node: `pve${number}` }) });

describe("even-servers", () => {
  test.each([1, 3, 5, 7])("%d servers are good", (count) => {
    expect(told(servers(count)).warnings.join()).not.toContain("even-servers");
  });

  test("2 servers bear no loss", () => {
    expect(told(servers(2)).warnings).toContain(
      "clusters.web.members: got 2 servers, which bear the loss of none, as 1 would; " +
        "use 1 or 3: etcd needs more than half of them [even-servers]",
    );
  });

  test("4 servers bear no more than 3", () => {
    expect(told(servers(4)).warnings).toEqual([
      "clusters.web.members: got 4 servers, which bear the loss of 1, as 3 would; " +
        "use 3 or 5: etcd needs more than half of them [even-servers]",
    ]);
  });

  test("agents do not count, and servers of all pools do", () => {
    const agents: PoolSketch = { name: "workers", role: "agent", count: 4 };
    expect(told({ ...servers(3), name: "servers" }, agents).warnings).toEqual([]);
    const fourth: PoolSketch = { name: "b", count: 1, each: () => ({ node: "pve4" }) };
    const pools = [{ ...servers(3), name: "a" }, fourth, agents];
    expect(told(...pools).warnings).toEqual([
      expect.stringMatching(/^clusters\.web\.pools: got 4 servers, /),
    ]);
  });

  test("of a named pool its count is to be changed", () => {
    const agents: PoolSketch = { name: "workers", role: "agent" };
    expect(told(agents, { ...servers(4), name: "servers" }).warnings).toEqual([
      expect.stringMatching(/^clusters\.web\.pools\.servers\.count: got 4 servers, /),
    ]);
  });
});

describe("many-servers", () => {
  test("7 servers are good", () => {
    expect(told(servers(7)).warnings).toEqual([]);
  });

  test("9 servers are more than etcd is made for", () => {
    expect(told(servers(9)).warnings).toEqual([
      "clusters.web.members: got 9 servers, more than the 7 that etcd is at its best with; " +
        'use 3 or 5, and pools with the role "agent" for the work [many-servers]',
    ]);
  });
});

describe("no-servers", () => {
  const agents = (count: number): PoolSketch => ({ name: "workers", role: "agent", count });

  test("one server is enough", () => {
    expect(told(agents(3), { ...servers(1), name: "servers" }).errors).toEqual([]);
  });

  test.each([
    [1, "1 agent"],
    [5, "5 agents"],
  ])("%d agents alone are no cluster", (count, members) => {
    expect(told(agents(count))).toEqual({
      errors: [
        `clusters.web: got ${members}, and no server for them to join; ` +
          'give the cluster a pool with the role "server" [no-servers]',
      ],
      warnings: [],
      acknowledged: [],
    });
  });
});
