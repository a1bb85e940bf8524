import fc from "fast-check";
import type { MemberRole, PlacementStrategy } from "../../../../lib/topology/input";
import type { PlacementPool } from "../../../../lib/topology/placement/placement-pool";
import type { ProxmoxNode } from "../../../../lib/topology/topology";
import { node, place, pool } from "./ground";

const nodeNames = ["pve1", "pve2", "pve3", "pve4", "pve5"];

/** Nodes, some of them with little to give. */
const hosts: fc.Arbitrary<ProxmoxNode[]> = fc
  .tuple(
    fc.integer({ min: 1, max: 5 }),
    fc.array(
      fc.record({
        cores: fc.option(fc.integer({ min: 0, max: 24 }), { nil: undefined }),
        memoryMiB: fc.option(fc.integer({ min: 0, max: 40_960 }), { nil: undefined }),
        storageGiB: fc.constantFrom<Record<string, number>>({}, { "local-zfs": 100 }),
      }),
      { minLength: 5, maxLength: 5 },
    ),
  )
  .map(([count, capacities]) =>
    nodeNames.slice(0, count).map((name, index) => node(name, capacities[index])),
  );

interface PoolShape {
  readonly count: number;
  readonly without: readonly number[];
  readonly strategy: PlacementStrategy;
  readonly role: MemberRole;
  readonly cluster: string;
  readonly cores: number;
  readonly ownNode?: { readonly number: number; readonly node: number };
}

const shapes: fc.Arbitrary<PoolShape[]> = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 8 }),
    without: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
    strategy: fc.constantFrom("spread", "rotate", "pack"),
    role: fc.constantFrom("server", "agent"),
    cluster: fc.constantFrom("a", "b"),
    cores: fc.integer({ min: 1, max: 4 }),
    ownNode: fc.option(
      fc.record({ number: fc.integer({ min: 1, max: 8 }), node: fc.integer({ min: 0, max: 4 }) }),
      { nil: undefined },
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

/** The pools of these shapes; each may use all nodes from a first one on. */
function poolsOf(shapes: readonly PoolShape[], names: readonly string[]): PlacementPool[] {
  return shapes.map(({ count, without, strategy, role, cluster, cores, ownNode }, index) => {
    const numbers = Array.from({ length: count }, (_, member) => member + 1);
    const own = (number: number): string | undefined =>
      ownNode?.number === number ? names[ownNode.node % names.length] : undefined;
    const members = Object.fromEntries(numbers.map((number) => [number, { cores, node: own(number) }]));
    const nodes = names.slice(index % names.length);
    return pool(`p${index}`, count, { without, strategy, role, cluster, nodes, members });
  });
}

/** What members take of a node on which these are. */
function takenOn(name: string, pools: readonly PlacementPool[], on: Readonly<Record<string, string>>) {
  const members = pools.flatMap((each) => each.members).filter(({ key }) => on[key] === name);
  return {
    cores: members.reduce((sum, { cores }) => sum + cores, 0),
    memoryMiB: members.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
    diskGiB: members.reduce((sum, { disks }) => disks.reduce((all, { sizeGiB }) => all + sizeGiB, sum), 0),
  };
}

test("every member is on a node that it may be on, and no node gives more than it has, or there is a fault", () => {
  let placements = 0;
  fc.assert(
    fc.property(hosts, shapes, (nodes, shape) => {
      const pools = poolsOf(
        shape,
        nodes.map(({ name }) => name),
      );
      const { on, faults } = place(pools, { nodes });
      for (const { members, nodes: allowed } of pools) {
        for (const member of members) {
          const name = on[member.key];
          if (name === undefined) expect(faults).not.toEqual([]);
          else if (member.node === undefined) expect(allowed).toContain(name);
          else expect(name).toBe(member.node);
        }
      }
      if (faults.length > 0) return;
      placements++;
      for (const { name, capacity } of nodes) {
        const { cores, memoryMiB, diskGiB } = takenOn(name, pools, on);
        expect(cores).toBeLessThanOrEqual(capacity.cores ?? Infinity);
        expect(memoryMiB).toBeLessThanOrEqual(capacity.memoryMiB ?? Infinity);
        expect(diskGiB).toBeLessThanOrEqual(capacity.storageGiB["local-zfs"] ?? Infinity);
      }
    }),
    { numRuns: 500 },
  );
  // Else nothing was checked above.
  expect(placements).toBeGreaterThan(50);
});

test("no member that is recorded moves when nodes or members come or go", () => {
  const edits = fc.record({
    newNode: fc.boolean(),
    growth: fc.integer({ min: 0, max: 4 }),
    left: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 4 }),
    strategy: fc.constantFrom<PlacementStrategy>("spread", "rotate", "pack"),
  });
  fc.assert(
    fc.property(hosts, shapes, edits, (nodes, shape, { newNode, growth, left, strategy }) => {
      const names = nodes.map(({ name }) => name);
      const before = place(poolsOf(shape, names), { nodes });
      fc.pre(before.faults.length === 0);
      // In front of the others: what comes after them could hardly disturb.
      const added = newNode ? [node("pve0")] : [];
      const edited = poolsOf(shape, names).map((each, index) => {
        const count = each.count + growth;
        const { members } = pool(`p${index}`, count, {
          without: [...(shape[index]?.without ?? []), ...left],
        });
        const same = new Map(each.members.map((member) => [member.key, member]));
        return {
          ...each,
          strategy,
          count,
          nodes: [...added.map(({ name }) => name), ...each.nodes],
          members: members.map((member) => same.get(member.key) ?? member),
        };
      });
      const after = place(edited, { nodes: [...added, ...nodes], recorded: before.on });
      for (const { members } of edited) {
        for (const { key } of members) if (key in before.on) expect(after.on[key]).toBe(before.on[key]);
      }
    }),
    { numRuns: 500 },
  );
});

test("servers of one cluster share a host only where no free host has room for one", () => {
  let crowded = 0;
  fc.assert(
    fc.property(
      hosts,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 6 }),
      (nodes, count, cores) => {
        const names = nodes.map(({ name }) => name);
        const members = Object.fromEntries(
          Array.from({ length: count }, (_, index) => [index + 1, { cores }]),
        );
        const { on } = place([pool("web", count, { nodes: names, members })], { nodes });
        const used = Object.values(on);
        if (new Set(used).size === used.length) return;
        crowded++;
        for (const { name, capacity } of nodes.filter((each) => !used.includes(each.name))) {
          const { cores: has = Infinity, memoryMiB = Infinity } = capacity;
          expect({ name, fits: has >= cores && memoryMiB >= 4096 }).toEqual({ name, fits: false });
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(crowded).toBeGreaterThan(50);
});

test("without a record and with room for all, member n is on the n-th node, whoever is left out", () => {
  const gaps = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 8 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      gaps,
      fc.integer({ min: 1, max: 5 }),
      (count, without, hostCount) => {
        const names = nodeNames.slice(0, hostCount);
        const web = pool("web", count, { without, nodes: names });
        const { on } = place([web], { nodes: names.map((name) => node(name)) });
        for (const { key, number } of web.members) expect(on[key]).toBe(names[(number - 1) % hostCount]);
      },
    ),
  );
});
