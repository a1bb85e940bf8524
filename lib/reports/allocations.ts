import type { Cluster, Pool, Topology, Vm } from "../topology";
import { addressNumber } from "./address-number";

/** A range of VM ids or addresses that is set aside for a pool, or what one of its members has outside of it. */
export interface Allocation {
  readonly cluster: string;
  /**
   * Name of the pool.
   * @default - none: the cluster was written in its short form
   */
  readonly pool?: string;
  readonly first: string;
  readonly last: string;
  /** How many of the range are given to VMs. */
  readonly used: number;
  readonly free: number;
}

/** A range of addresses of one network. */
export interface AddressAllocation extends Allocation {
  /** Name of the network. */
  readonly network: string;
}

/** The VM ids that are set aside and given, in ascending order. */
export function vmIdAllocations(topology: Topology): Allocation[] {
  const taken: bigint[] = [];
  const claims = eachPool(topology, (cluster, pool) => {
    const ranges = pool.vmIdRanges.map(({ first, last }) => claim(String(first), String(last), Number));
    const given = pool.vms.map(({ vmId }) => claim(String(vmId), String(vmId), Number));
    taken.push(...given.map(({ from }) => from));
    return [...ranges, ...outsideOf(ranges, given)].map((range) => ({ ...ownerOf(cluster, pool), ...range }));
  });
  ascending(taken);
  return inOrder(claims).map((each) => allocationOf(each, taken));
}

/** The addresses that are set aside and given, network by network, in ascending order. */
export function addressAllocations(topology: Topology): AddressAllocation[] {
  return topology.networks.flatMap(({ name: network }) => {
    const taken: bigint[] = [];
    const claims = eachPool(topology, (cluster, pool) => {
      const ranges = pool.addressRanges
        .filter((range) => range.network === network)
        .map(({ first, last }) => claim(first, last, addressNumber));
      const given = pool.vms
        .flatMap((vm) => addressesIn(network, vm))
        .map((address) => claim(address, address, addressNumber));
      taken.push(...given.map(({ from }) => from));
      return [...ranges, ...outsideOf(ranges, given)].map((range) => ({
        ...ownerOf(cluster, pool),
        ...range,
      }));
    });
    ascending(taken);
    return inOrder(claims).map((each) => ({ network, ...allocationOf(each, taken) }));
  });
}

/** The fixed addresses of a VM in one network. */
function addressesIn(network: string, vm: Vm): string[] {
  return vm.interfaces
    .filter((device) => device.network === network)
    .flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6])
    .flatMap((ip) => (typeof ip === "object" ? [ip.address] : []));
}

/** A range, and the numbers that its ends stand for. */
interface Claim {
  readonly first: string;
  readonly last: string;
  readonly from: bigint;
  readonly to: bigint;
}

function claim(first: string, last: string, number: (text: string) => number | bigint | undefined): Claim {
  return { first, last, from: BigInt(number(first) ?? 0), to: BigInt(number(last) ?? 0) };
}

/** Those that are given and in no range. */
function outsideOf(ranges: readonly Claim[], given: readonly Claim[]): Claim[] {
  const [starts, ends] = [ascending(ranges.map(({ from }) => from)), ascending(ranges.map(({ to }) => to))];
  return given.filter(({ from }) => countBelow(starts, from + 1n) === countBelow(ends, from));
}

function ownerOf({ name }: Cluster, pool: Pool): { cluster: string; pool?: string } {
  return pool.name === undefined ? { cluster: name } : { cluster: name, pool: pool.name };
}

function eachPool<T>({ clusters }: Topology, list: (cluster: Cluster, pool: Pool) => T[]): T[] {
  return clusters.flatMap((cluster) => cluster.pools.flatMap((pool) => list(cluster, pool)));
}

function inOrder<T extends Claim>(claims: T[]): T[] {
  return claims.sort((a, b) => compare(a.from, b.from));
}

function allocationOf(
  { from, to, first, last, cluster, pool }: Claim & { cluster: string; pool?: string },
  taken: readonly bigint[],
): Allocation {
  const used = countBelow(taken, to + 1n) - countBelow(taken, from);
  const free = Number(to - from + 1n) - used;
  return { cluster, ...(pool === undefined ? {} : { pool }), first, last, used, free };
}

function ascending(numbers: bigint[]): bigint[] {
  return numbers.sort(compare);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many of the numbers, which are in ascending order, are less than a bound. */
function countBelow(numbers: readonly bigint[], bound: bigint): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? bound) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
