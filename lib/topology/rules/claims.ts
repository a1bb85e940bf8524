import { formatPath } from "../fault";
import type { FaultPath } from "../fault";
import type { AddressRange, Cluster, Pool, Topology } from "../topology";
import { wireOf } from "../wire";
import { poolPath, settingsOf } from "./paths";
import type { Written } from "./rule";
import { addressNumber, versionOf } from "./spans";
import type { Span, Whole } from "./spans";

/** Numbers that a pool has set aside. */
export interface Claim extends Span {
  readonly cluster: Cluster;
  readonly pool: Pool;
  /** Where they are written. */
  readonly path: FaultPath;
  /** The first that no member has come to yet; undefined where all are in use or left out. */
  readonly growth?: Whole;
}

/** The VM ids that pools have set aside. */
export function vmIdClaims({ clusters }: Topology, written: Written): Claim[] {
  return clusters.flatMap((cluster) =>
    cluster.pools.flatMap((pool) => {
      const key = "firstVmId" in settingsOf(cluster, pool, written) ? "firstVmId" : "vmIds";
      const path = poolPath(cluster, pool, key);
      return pool.vmIdRanges.map((range) => ({ ...range, cluster, pool, path }));
    }),
  );
}

/** The addresses that pools have set aside on each piece of wire, by IP version. */
export function addressClaims(topology: Topology, written: Written): Map<string, Claim[]> {
  const segmentOf = segmentsOf(topology);
  const claims = new Map<string, Claim[]>();
  for (const cluster of topology.clusters) {
    for (const pool of cluster.pools) {
      const counts = new Map<string, number>();
      for (const range of pool.addressRanges) {
        const path = poolPath(cluster, pool, ...addressKeys(range, cluster, pool, written));
        const span = { first: addressNumber(range.first), last: addressNumber(range.last) };
        const place = formatPath(path);
        const left = counts.get(place) ?? countOf(cluster, pool, written);
        counts.set(place, left - Number(BigInt(span.last) - BigInt(span.first) + 1n));
        const claim = { ...span, cluster, pool, path, growth: growthOf(span, left) };
        const segment = segmentOf(range.network, range.first);
        const others = claims.get(segment);
        if (others) others.push(claim);
        else claims.set(segment, [claim]);
      }
    }
  }
  return claims;
}

/** Names the piece of wire that an address is on, and its IP version. */
export function segmentsOf({ networks }: Topology): (network: string, address: string) => string {
  const wires = new Map(networks.map((network) => [network.name, wireOf(network)]));
  return (network, address) => `${versionOf(address)} ${wires.get(network) ?? network}`;
}

/** The keys under which a pool's addresses in a network are written. */
function addressKeys(
  { network, first }: AddressRange,
  cluster: Cluster,
  pool: Pool,
  written: Written,
): string[] {
  const key = versionOf(first) === "IPv6" ? "addresses6" : "addresses";
  const settings = settingsOf(cluster, pool, written);
  if (Object.hasOwn(settings.networks ?? {}, network)) return ["networks", network, key];
  return [key === "addresses" && "firstAddress" in settings ? "firstAddress" : key];
}

/** The number of the last member, whether it is there or left out. */
function countOf(cluster: Cluster, pool: Pool, { clusters = {} }: Written): number {
  const settings = clusters[cluster.name];
  const count = pool.name === undefined ? settings?.members : settings?.pools?.[pool.name]?.count;
  return count ?? pool.vms.at(-1)?.number ?? 0;
}

/** The first number of a range that comes after as many members. */
function growthOf({ first, last }: Span, members: number): Whole | undefined {
  const skipped = Math.max(0, members);
  const next = typeof first === "bigint" ? first + BigInt(skipped) : first + skipped;
  return next <= last ? next : undefined;
}
