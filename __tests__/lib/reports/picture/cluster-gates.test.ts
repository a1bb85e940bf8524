import fc from "fast-check";
import { renderSvg } from "../../../../lib/reports/picture";
import type { Topology } from "../../../../lib/topology";
import { buildTopology } from "../../../support/built-topology";
import type { BuiltCluster } from "../../../support/built-topology";
import { manyLines } from "../../../support/sample-topologies";

/** A straight piece of a line, and from which gate it comes. */
interface Piece {
  readonly gate: string;
  readonly upright: boolean;
  /** The coordinate that all of it has. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function cluster(name: string, waitsFor: readonly string[]): BuiltCluster {
  return { name, waitsFor: [...waitsFor], pools: [{ count: 1 }] };
}

/** The lines between gates and those that wait for them, in pieces. */
function piecesOf(topology: Topology): Piece[] {
  const svg = renderSvg(topology);
  return [...svg.matchAll(/class="line wait" d="M([-\d.]+) ([-\d.]+)([^"]*)"/g)].flatMap(
    ([, startX = "", startY = "", rest = ""]) => {
      let [x, y] = [Number(startX), Number(startY)];
      return [...rest.matchAll(/([HV])([-\d.]+)/g)].map(([, direction, text]): Piece => {
        const upright = direction === "V";
        const [at, begin, end] = [upright ? x : y, upright ? y : x, Number(text)];
        if (upright) y = end;
        else x = end;
        const [from = 0, to = 0] = [begin, end].sort((a, b) => a - b);
        return { gate: `${startX} ${startY}`, upright, at, from, to };
      });
    },
  );
}

/** Pieces that come from different gates and lie on one another, or so near that they look like one. */
function touching(pieces: readonly Piece[]): [Piece, Piece][] {
  return pieces.flatMap((one, index) =>
    pieces
      .slice(index + 1)
      .filter(
        (other) =>
          one.gate !== other.gate &&
          one.upright === other.upright &&
          Math.abs(one.at - other.at) < 3.5 &&
          one.from < other.to - 1 &&
          other.from < one.to - 1,
      )
      .map((other): [Piece, Piece] => [one, other]),
  );
}

test("many lines that pass by columns have places of their own", () => {
  const pieces = piecesOf(manyLines());
  expect(pieces.length).toBeGreaterThan(30);
  expect(touching(pieces)).toEqual([]);
});

test("a line that goes to where another begins does not run along it", () => {
  const clusters = [cluster("a", []), cluster("b", []), cluster("c", ["b"]), cluster("d", ["a"])];
  const pieces = piecesOf(buildTopology({ clusters }));
  expect(pieces).toHaveLength(6);
  expect(touching(pieces)).toEqual([]);
});

test("lines from different gates never touch, whoever waits for whom", () => {
  const edges = fc.array(fc.array(fc.nat(15), { maxLength: 4 }), { minLength: 4, maxLength: 20 });
  fc.assert(
    fc.property(edges, (waits) => {
      const clusters = waits.map((others, index) =>
        cluster(`c${index}`, [
          ...new Set(others.filter((other) => other < index).map((other) => `c${other}`)),
        ]),
      );
      expect(touching(piecesOf(buildTopology({ clusters })))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
