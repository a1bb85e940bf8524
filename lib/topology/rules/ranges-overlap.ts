import { formatPath } from "../fault";
import type { AddressRange, Cluster, Pool, Topology } from "../topology";
import { wireOf } from "../wire";
import { poolPath } from "./paths";
import type { Rule, Report } from "./rule";
import { addressNumber, findOverlaps, formatAddress, shared, versionOf } from "./spans";
import type { Span, Whole } from "./spans";

/** Numbers that a pool has set aside. */
interface Claim extends Span {
  readonly cluster: Cluster;
  readonly pool: Pool;
}

export const overlappingRanges: Rule = {
  name: "overlapping-ranges",
  level: "warning",
  summary: "Two pools have set the same VM ids or addresses aside, although no VM has them twice yet.",
  reason:
    "One of the two cannot grow into its range: the first that does takes what the other counts on. Make the ranges end where the next begins.",
  check: (topology, report) => {
    const ids = claimsOf(topology, ({ vmIdRanges }) => vmIdRanges);
    reportOverlaps(ids, { noun: "VM ids", format: String }, report);
    for (const claims of addressClaims(topology).values()) {
      reportOverlaps(claims, { noun: "addresses", format: formatAddress }, report);
    }
  },
};

function reportOverlaps(
  claims: readonly Claim[],
  { noun, format }: { readonly noun: string; readonly format: (value: Whole) => string },
  report: Report,
): void {
  for (const overlap of findOverlaps(claims)) {
    const { earlier, later } = overlap;
    if (earlier.pool === later.pool) continue;
    const { first, last } = shared(overlap);
    const both = first === last ? format(first) : `${format(first)} to ${format(last)}`;
    report({
      path: poolPath(later.cluster, later.pool),
      problem:
        `got ${noun} ${format(later.first)} to ${format(later.last)}, of which ${both} ` +
        `${first === last ? "is" : "are"} set aside for ${formatPath(poolPath(earlier.cluster, earlier.pool))} as well`,
      fix: `let one of the two ranges end before the other begins`,
      clusters: [earlier.cluster.name, later.cluster.name],
    });
  }
}

function claimsOf(topology: Topology, spansOf: (pool: Pool) => readonly Span[]): Claim[] {
  return topology.clusters.flatMap((cluster) =>
    cluster.pools.flatMap((pool) => spansOf(pool).map((span) => ({ ...span, cluster, pool }))),
  );
}

/** The addresses that are set aside on each piece of wire, by IP version. */
function addressClaims(topology: Topology): Map<string, Claim[]> {
  const wires = new Map(topology.networks.map((network) => [network.name, wireOf(network)]));
  const segmentOf = ({ network, first }: AddressRange): string =>
    `${versionOf(first)} ${wires.get(network) ?? network}`;
  const claims = new Map<string, Claim[]>();
  for (const cluster of topology.clusters) {
    for (const pool of cluster.pools) {
      for (const range of pool.addressRanges) {
        const segment = segmentOf(range);
        const claim = { first: addressNumber(range.first), last: addressNumber(range.last), cluster, pool };
        const others = claims.get(segment);
        if (others) others.push(claim);
        else claims.set(segment, [claim]);
      }
    }
  }
  return claims;
}
