import type { PlacementStrategy } from "../../../../lib/topology/input";
import { node, nodes, place, pool } from "./ground";
import type { Ground } from "./ground";

/** Places one pool; the hosts of its members in their order. */
function hostsOf(settings: Parameters<typeof pool>[2], count: number, ground?: Ground): string[] {
  const web = pool("web", count, settings);
  const { on, faults } = place([web], ground);
  expect(faults).toEqual([]);
  return web.members.map(({ key }) => on[key] ?? "nowhere");
}

describe("spread", () => {
  test("puts member n on the n-th node, and begins again after the last", () => {
    expect(hostsOf({}, 5)).toEqual(["pve1", "pve2", "pve3", "pve1", "pve2"]);
  });

  test("leaves the others where they are when a member is left out", () => {
    expect(place([pool("web", 5, { without: [2] })]).on).toEqual({
      "web-1": "pve1",
      "web-3": "pve3",
      "web-4": "pve1",
      "web-5": "pve2",
    });
  });

  test("counts the servers of a cluster in all its pools", () => {
    const { on } = place([
      pool("web", 1, { path: ["clusters", "web", "pools", "a"], cluster: "web" }),
      pool("large", 1, { path: ["clusters", "web", "pools", "b"], cluster: "web" }),
    ]);
    expect(on).toEqual({ "web-1": "pve1", "large-1": "pve2" });
  });

  test("counts agents by pool, and each cluster for itself", () => {
    const pools = [
      pool("web", 1),
      pool("workers", 1, { cluster: "web", role: "agent" }),
      pool("large", 1, { cluster: "web", role: "agent" }),
      pool("other", 1),
    ];
    const { on } = place(pools, { recorded: "none" });
    expect(new Set(Object.values(on))).toEqual(new Set(["pve1"]));
  });

  test("fills the free hosts before any gets a second server", () => {
    const small = [node("pve1", { cores: 2 }), node("pve2"), node("pve3")];
    expect(hostsOf({}, 5, { nodes: small })).toEqual(["pve1", "pve2", "pve3", "pve2", "pve3"]);
  });

  test("keeps away from a server that an override has set there", () => {
    const members = { 3: { node: "pve1" } };
    expect(place([pool("web", 3, { members })]).on).toEqual({
      "web-1": "pve2",
      "web-2": "pve3",
      "web-3": "pve1",
    });
  });

  test("keeps to the nodes of the pool, in their order", () => {
    expect(hostsOf({ nodes: ["pve3", "pve1"] }, 3)).toEqual(["pve3", "pve1", "pve3"]);
  });
});

describe("rotate", () => {
  test("goes in turn, whoever is there, and takes the next node where one is full", () => {
    const settings = { strategy: "rotate", members: { 2: { node: "pve1" } } } as const;
    expect(hostsOf(settings, 4)).toEqual(["pve2", "pve1", "pve2", "pve3"]);
    expect(hostsOf(settings, 4, { recorded: "none" })).toEqual(["pve1", "pve1", "pve3", "pve1"]);
    const small = [node("pve1"), node("pve2", { memoryMiB: 4096 }), node("pve3")];
    expect(hostsOf({ strategy: "rotate" }, 5, { nodes: small })).toEqual([
      "pve1",
      "pve2",
      "pve3",
      "pve1",
      "pve3",
    ]);
  });
});

describe("pack", () => {
  test("fills one node after another", () => {
    expect(hostsOf({ strategy: "pack" }, 5, { nodes: nodes(3, { cores: 4 }) })).toEqual([
      "pve1",
      "pve1",
      "pve2",
      "pve2",
      "pve3",
    ]);
  });
});

describe("pin", () => {
  test("uses the one node of the pool", () => {
    expect(hostsOf({ strategy: "pin", nodes: ["pve2"] }, 3)).toEqual(["pve2", "pve2", "pve2"]);
  });

  test("is refused where there are several", () => {
    expect(place([pool("web", 3, { strategy: "pin" })]).faults).toEqual([
      'clusters.web.placement: got "pin", but there are 3 nodes to choose from: pve1, pve2, pve3; name one in the proxmox.nodes of the pool or cluster, or use spread, rotate or pack',
    ]);
  });
});

describe("overrides", () => {
  test("may name a node that the pool does not use", () => {
    const members = { 2: { node: "pve3" } };
    expect(hostsOf({ nodes: ["pve1"], members }, 3)).toEqual(["pve1", "pve3", "pve1"]);
  });

  test("are spread around as long as there is a record that can hold the others", () => {
    const members = { 1: { node: "pve3" } };
    expect(hostsOf({ members }, 3)).toEqual(["pve3", "pve1", "pve2"]);
  });

  test.each<PlacementStrategy>(["spread", "rotate", "pack"])(
    "move nobody else where no record is kept and the strategy is %s",
    (strategy) => {
      const other = pool("db", 4, { cluster: "web", strategy });
      const { on: before } = place([pool("web", 5, { strategy }), other], { recorded: "none" });
      for (const number of [1, 2, 3, 4, 5]) {
        const moved = pool("web", 5, { strategy, members: { [number]: { node: "pve1" } } });
        expect(place([moved, other], { recorded: "none" }).on).toEqual({
          ...before,
          [`web-${number}`]: "pve1",
        });
      }
    },
  );

  test("may not name a node that there is not", () => {
    expect(place([pool("web", 2, { members: { 2: { node: "pv2" } } })])).toEqual({
      on: { "web-1": "pve1" },
      faults: ['clusters.web.overrides.2.node: got "pv2", which is not among the nodes; did you mean pve2?'],
    });
  });
});

describe("hosts that are equally good", () => {
  const four = nodes(4);
  const names = four.map(({ name }) => name);
  const turning = ["spread", "rotate"] as const;

  /** Places pools of servers, each of a cluster of its own; how many VMs each host has. */
  function filled(strategy: PlacementStrategy, counts: readonly number[], recorded: Ground["recorded"]) {
    const pools = counts.map((count, index) => pool(`c${index + 1}`, count, { strategy, nodes: names }));
    const { on } = place(pools, { nodes: four, recorded });
    return names.map((name) => Object.values(on).filter((host) => host === name).length);
  }

  test.each(turning)(
    "are filled alike by the clusters together with %s, where a record is kept",
    (strategy) => {
      expect(filled(strategy, [1, 1, 1, 1, 1], {})).toEqual([2, 1, 1, 1]);
      expect(filled(strategy, [3, 3, 3, 3], {})).toEqual([3, 3, 3, 3]);
      expect(filled(strategy, [5, 6, 6], {})).toEqual([5, 4, 4, 4]);
    },
  );

  test.each(turning)("are used from the first on by each cluster with %s, where none is kept", (strategy) => {
    expect(filled(strategy, [1, 1, 1, 1, 1], "none")).toEqual([5, 0, 0, 0]);
    expect(filled(strategy, [5, 6, 6], "none")).toEqual([6, 5, 3, 3]);
  });

  test("are told apart by what is there of other clusters, recorded or set by overrides", () => {
    const db = pool("db", 3, { nodes: names, members: { 3: { node: "pve2" } } });
    const { on } = place([pool("web", 2, { nodes: names }), db], {
      nodes: four,
      recorded: { "db-1": "pve1", "db-2": "pve3" },
    });
    expect(on).toMatchObject({ "web-1": "pve4", "web-2": "pve1" });
  });

  test("do not bring servers of one cluster together, however many VMs the free host has", () => {
    const recorded = Object.fromEntries([1, 2, 3, 4].map((number) => [`db-${number}`, "pve3"]));
    const db = pool("db", 4, { nodes: ["pve3"] });
    for (const strategy of turning) {
      const { on } = place([db, pool("web", 3, { strategy })], { recorded });
      expect([on["web-1"], on["web-2"], on["web-3"]]).toEqual(["pve1", "pve2", "pve3"]);
    }
  });

  test("do not end the turn of a pool that rotates: a member that is added goes to the host after the last's", () => {
    const web = pool("web", 3, { strategy: "rotate", nodes: names });
    const recorded = { "web-1": "pve2", "web-2": "pve3", "db-1": "pve4" };
    const { on } = place([pool("db", 1, { nodes: names }), web], { nodes: four, recorded });
    expect(on["web-3"]).toBe("pve4");
  });
});

describe("what is recorded", () => {
  const strategies: PlacementStrategy[] = ["spread", "rotate", "pack"];

  test.each(strategies)("stays, whatever %s would do", (strategy) => {
    const recorded = { "web-1": "pve3", "web-2": "pve3", "web-3": "pve2" };
    expect(place([pool("web", 3, { strategy })], { recorded }).on).toEqual(recorded);
  });

  test("has its room before what is new, also in a pool that comes later", () => {
    const { on, faults } = place([pool("web", 2), pool("db", 1)], {
      nodes: nodes(3, { cores: 2 }),
      recorded: { "db-1": "pve1" },
    });
    expect({ on, faults }).toEqual({
      on: { "db-1": "pve1", "web-1": "pve2", "web-2": "pve3" },
      faults: [],
    });
  });

  test("gives way to an override", () => {
    expect(
      place([pool("web", 1, { members: { 1: { node: "pve2" } } })], { recorded: { "web-1": "pve3" } }).on,
    ).toEqual({ "web-1": "pve2" });
  });

  test("is placed anew where its pool may no longer use the node", () => {
    const recorded = { "web-1": "pve3", "web-2": "pve2", "web-3": "pve1" };
    expect(place([pool("web", 3, { nodes: ["pve1", "pve2"] })], { recorded }).on).toEqual({
      ...recorded,
      "web-1": "pve1",
    });
  });

  test("sends a new server where none of its cluster is, though one was left out", () => {
    const recorded = { "web-1": "pve1", "web-3": "pve3" };
    expect(place([pool("web", 4, { without: [2] })], { recorded }).on).toEqual({
      ...recorded,
      "web-4": "pve2",
    });
  });
});
