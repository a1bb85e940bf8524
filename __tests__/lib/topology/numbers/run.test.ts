import fc from "fast-check";
import { firstFree, firstNumbers, overlap } from "../../../../lib/topology/numbers/run";
import type { Run } from "../../../../lib/topology/numbers/run";

const run = (first: number, last: number): Run => ({ first: BigInt(first), last: BigInt(last) });
const runs = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 8 }))
  .map(([first, length]) => run(first, first + length));

test("a free run is free, within bounds, and no lower start would do", () => {
  const count = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(
      fc.array(runs, { maxLength: 8 }),
      count,
      fc.integer({ min: 0, max: 60 }),
      (occupied, size, from) => {
        const bounds = run(5, 55);
        const inOrder = [...occupied].sort((a, b) => Number(a.first - b.first));
        const fits = (start: number): boolean =>
          start >= 5 &&
          start + size - 1 <= 55 &&
          !occupied.some((taken) => overlap(taken, run(start, start + size - 1)));
        const starts = Array.from({ length: 100 }, (_, start) => start).filter(
          (start) => start >= from && fits(start),
        );
        const start = starts[0] === undefined ? undefined : BigInt(starts[0]);
        expect(firstFree(BigInt(from), size, bounds, inOrder)).toBe(start);
      },
    ),
  );
});

test("numbers are taken in the order of the runs, and no more than are asked for", () => {
  expect(firstNumbers([run(7, 8), run(3, 3), run(20, 90)], 5)).toEqual([7n, 8n, 3n, 20n, 21n]);
  expect(firstNumbers([run(7, 8)], 5)).toEqual([7n, 8n]);
  expect(firstNumbers([{ first: 0n, last: 2n ** 120n }], 2)).toEqual([0n, 1n]);
});
