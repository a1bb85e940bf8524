import { makeTopology } from "./make-topology";
import type { ClusterSketch } from "./make-topology";
import { tell } from "./tell";

const cluster = (first: string, last: string, own: Partial<ClusterSketch> = {}): ClusterSketch => ({
  pools: [{ count: 1, vmIdRanges: [], addressRanges: [{ network: "main", first, last }] }],
  ...own,
});
const told = (one: ClusterSketch, reserved: readonly string[]): readonly string[] =>
  tell(makeTopology({ a: one }), { network: { reserved: [...reserved] } }).warnings.map((line) =>
    line.replace(/^clusters\.a\.addresses: got | \[overlapping-ranges\]$/g, ""),
  );

test("all that other machines have of a range is told in one warning", () => {
  expect(told(cluster("10.1.0.10", "10.1.0.29"), ["10.1.0.15", "10.1.0.28-10.1.0.40", "10.1.0.7"])).toEqual([
    "addresses 10.1.0.10 to 10.1.0.29, of which 10.1.0.15 is reserved (network.reserved[0]) and " +
      "10.1.0.28 to 10.1.0.29 are reserved (network.reserved[1]): no member's yet; " +
      "leave them out of the range: a member that comes to them is refused",
  ]);
});

test("of many the first are named", () => {
  const reserved = [15, 17, 19, 21, 23].map((host) => `10.1.0.${host}`);
  expect(told(cluster("10.1.0.10", "10.1.0.29"), reserved)).toEqual([
    expect.stringContaining(
      "10.1.0.17 is reserved (network.reserved[1]), 10.1.0.19 is reserved (network.reserved[2]) and 2 more entries are in it: no member's yet",
    ),
  ]);
});

test("a single address is told as one", () => {
  const one = makeTopology({ a: cluster("10.1.0.10", "10.1.0.10") });
  const clusters = { a: { members: 0 } };
  expect(tell(one, { network: { reserved: ["10.1.0.10"] }, clusters }).warnings).toEqual([
    "clusters.a.addresses: got address 10.1.0.10, which is reserved (network.reserved[0]) and no member's yet; " +
      "leave it out of the range: a member that comes to it is refused [overlapping-ranges]",
  ]);
});

test("the address of an API that is reserved for it is told once", () => {
  const own = cluster("10.1.0.10", "10.1.0.29", { apiAddress: "10.1.0.15" });
  for (const reserved of ["10.1.0.15", "10.1.0.14-10.1.0.16"])
    expect(told(own, [reserved])).toEqual([
      expect.stringMatching(/^[^,]+, of which [^,]+ (is|are) reserved \(network\.reserved\[0\]\) and no/),
    ]);
});

test("the addresses that are reserved for all clusters are read once, however many there are", () => {
  let reads = 0;
  const reserved = new Proxy(
    Array.from({ length: 50 }, (_, index) => `10.1.200.${index}`),
    {
      get: (list, key, receiver): unknown => {
        if (typeof key === "string" && /^\d+$/.test(key)) reads++;
        return Reflect.get(list, key, receiver);
      },
    },
  );
  const clusters = Array.from({ length: 100 }, (_, index): [string, ClusterSketch] => [
    `c${index}`,
    cluster(`10.1.${index}.10`, `10.1.${index}.19`),
  ]);
  expect(tell(makeTopology(Object.fromEntries(clusters)), { network: { reserved } }).warnings).toEqual([]);
  expect(reads).toBe(50);
});
