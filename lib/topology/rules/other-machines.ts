import { formatPath } from "../fault";
import type { FaultPath } from "../fault";
import type { Pool, Topology } from "../topology";
import { segmentsOf } from "./claims";
import type { Written } from "./rule";
import { addressNumber } from "./spans";
import type { Span } from "./spans";

/** Addresses that other machines have. */
export interface OtherMachine extends Span {
  /** As a warning names it: "reserved (network.reserved[0])". */
  readonly owner: string;
}

/** An entry of a list of reserved addresses. */
interface Entry extends OtherMachine {
  /** The text of its first address. */
  readonly start: string;
}

/**
 * The addresses of APIs and those that are reserved, on each piece of wire, by IP version.
 * @returns in ascending order of both their ends: what is inside of another is left out
 */
export function otherMachines(topology: Topology, written: Written): Map<string, readonly OtherMachine[]> {
  const segmentOf = segmentsOf(topology);
  const machines = new Map<string, OtherMachine[]>();
  const note = (network: string, start: string, machine: OtherMachine): void => {
    const segment = segmentOf(network, start);
    const others = machines.get(segment);
    if (others) others.push(machine);
    else machines.set(segment, [machine]);
  };
  // Clusters that change nothing in it share the topology's list.
  const lists = new Map<readonly string[], { readonly entries: Entry[]; readonly wires: Set<string> }>();
  const reserve = (network: string, reserved: readonly string[] | undefined, path: FaultPath): void => {
    if (!reserved) return;
    const list = lists.get(reserved) ?? { entries: entriesOf(reserved, path), wires: new Set() };
    lists.set(reserved, list);
    const wire = segmentOf(network, "");
    if (list.wires.has(wire)) return;
    list.wires.add(wire);
    for (const entry of list.entries) note(network, entry.start, entry);
  };
  for (const { name, apiAddress, pools } of topology.clusters) {
    const own = written.clusters?.[name]?.network;
    const isOwn = own !== undefined && "reserved" in own;
    for (const network of new Set(pools.map(mainNetworkOf))) {
      if (isOwn) reserve(network, own.reserved, ["clusters", name, "network"]);
      else reserve(network, written.network?.reserved, ["network"]);
      if (apiAddress === undefined) continue;
      const address = addressNumber(apiAddress);
      const owner = `the address of an API (${formatPath(["clusters", name, "apiAddress"])})`;
      note(network, apiAddress, { first: address, last: address, owner });
    }
  }
  for (const [name, network] of Object.entries(written.networks ?? {}))
    reserve(name, network?.reserved, ["networks", name]);
  return new Map(Array.from(machines, ([segment, all]) => [segment, outermost(all)]));
}

/**
 * Those of other machines that have addresses of a span.
 * @param machines as {@link otherMachines} gives them
 * @returns from the first of them on, up to `most`; and how many there are
 */
export function machinesIn(
  { first, last }: Span,
  machines: readonly OtherMachine[],
  most: number,
): { readonly machines: readonly OtherMachine[]; readonly count: number } {
  const start = countWhile(machines, (machine) => machine.last < first);
  const end = countWhile(machines, (machine) => machine.first <= last);
  return { machines: machines.slice(start, Math.min(end, start + most)), count: end - start };
}

function entriesOf(reserved: readonly string[], path: FaultPath): Entry[] {
  return reserved.map((text, index) => {
    const [start = "", end = start] = text.split("-").map((part) => part.trim());
    const owner = `reserved (${formatPath([...path, "reserved", index])})`;
    return { start, first: addressNumber(start), last: addressNumber(end), owner };
  });
}

/** In ascending order, without those that are inside of another. */
function outermost(machines: readonly OtherMachine[]): OtherMachine[] {
  const sorted = [...machines].sort((a, b) => {
    if (a.first !== b.first) return a.first < b.first ? -1 : 1;
    return a.last === b.last ? 0 : a.last > b.last ? -1 : 1;
  });
  const kept: OtherMachine[] = [];
  for (const machine of sorted) {
    const before = kept.at(-1);
    if (!before || machine.last > before.last) kept.push(machine);
  }
  return kept;
}

/** How many of the first hold, where none holds behind one that does not. */
function countWhile<T>(all: readonly T[], holds: (each: T) => boolean): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const each = all[middle];
    if (each !== undefined && holds(each)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mainNetworkOf({ vms }: Pool): string {
  return vms[0]?.interfaces[0]?.network ?? "";
}
