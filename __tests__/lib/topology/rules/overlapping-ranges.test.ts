import fc from "fast-check";
import type { AddressRange, Network, NumberRange } from "../../../../lib/topology";
import { findOverlaps } from "../../../../lib/topology/rules/spans";
import { makeTopology } from "./make-topology";
import type { PoolSketch } from "./make-topology";
import { tell } from "./tell";

const network = (name: string, own: Partial<Network> = {}): Network => ({
  name,
  bridge: "vmbr0",
  dnsServers: [],
  ...own,
});
const networks = [network("main"), network("main of b"), network("storage", { vlanId: 7 })];

const pool = (vmIdRanges: NumberRange[], addressRanges: AddressRange[] = []): PoolSketch => ({
  vmIdRanges,
  addressRanges,
  each: () => ({ dnsServers: [] }),
});
const told = (a: PoolSketch, b: PoolSketch): readonly string[] =>
  tell(makeTopology({ a: { pools: [a] }, b: { pools: [{ ...b, name: "p" }] } }, { networks })).warnings;
const ids = (first: number, last: number): PoolSketch => pool([{ first, last }]);
const addresses = (name: string, first: string, last: string): PoolSketch =>
  pool([], [{ network: name, first, last }]);

test("ranges that touch are good", () => {
  expect(told(ids(400, 409), ids(410, 419))).toEqual([]);
  expect(
    told(addresses("main", "10.1.0.10", "10.1.0.19"), addresses("main", "10.1.0.20", "10.1.0.29")),
  ).toEqual([]);
});

test("VM ids that two pools have set aside are told", () => {
  expect(told(ids(400, 420), ids(410, 440))).toEqual([
    "clusters.b.pools.p.vmIds: got VM ids 410 to 440, of which 410 to 420 are set aside for clusters.a as well; " +
      "let one of the two ranges end before the other begins [overlapping-ranges]",
  ]);
  expect(told(ids(420, 440), ids(400, 420))).toEqual([
    expect.stringMatching(
      /^clusters\.a\.vmIds: got VM ids 420 to 440, of which 420 is set aside for clusters\.b\.pools\.p as well; /,
    ),
  ]);
});

test("a single one is told as one", () => {
  expect(told(ids(405, 405), ids(400, 410))).toEqual([
    expect.stringMatching(
      /^clusters\.a\.vmIds: got VM id 405, which is set aside for clusters\.b\.pools\.p as well; /,
    ),
  ]);
});

test("addresses on the same wire are told, of either version", () => {
  expect(
    told(addresses("main", "10.1.0.10", "10.1.0.90"), addresses("main of b", "10.1.0.20", "10.1.0.29")),
  ).toEqual([
    expect.stringContaining(
      "got addresses 10.1.0.20 to 10.1.0.29, of which 10.1.0.20 to 10.1.0.29 are set aside for clusters.a as well",
    ),
  ]);
  expect(
    told(addresses("main", "2001:db8::a", "2001:db8::f"), addresses("main", "2001:db8::f", "2001:db8::ff")),
  ).toEqual([expect.stringContaining("of which 2001:db8::f is set aside for clusters.a as well")]);
});

test("addresses on different wires are not", () => {
  expect(
    told(addresses("main", "10.1.0.10", "10.1.0.90"), addresses("storage", "10.1.0.20", "10.1.0.29")),
  ).toEqual([]);
});

test("a pool may list a range twice", () => {
  expect(
    told(
      pool([
        { first: 400, last: 410 },
        { first: 405, last: 420 },
      ]),
      ids(500, 510),
    ),
  ).toEqual([]);
});

test("either cluster can acknowledge it", () => {
  const topology = makeTopology(
    { a: { pools: [ids(400, 420)] }, b: { pools: [ids(410, 440)] }, c: {} },
    { networks },
  );
  const acknowledged = (cluster: string): number =>
    tell(topology, { clusters: { [cluster]: { acknowledge: ["overlapping-ranges"] } } }).acknowledged.length;
  expect(["a", "b", "c"].map(acknowledged)).toEqual([1, 1, 0]);
});

test("of any spans those are found that meet one before them", () => {
  const span = fc
    .tuple(fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: 9n }))
    .map(([first, more]) => ({ first, last: first + more }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
      const sorted = [...spans].sort((a, b) => Number(a.first - b.first));
      const expected = sorted.filter((later, index) =>
        sorted.slice(0, index).some((earlier) => earlier.last >= later.first),
      );
      const overlaps = findOverlaps(spans);
      expect(overlaps.map(({ later }) => later)).toEqual(expected);
      for (const { earlier, later } of overlaps) {
        expect(earlier.first <= later.first && later.first <= earlier.last).toBe(true);
      }
    }),
  );
});
