import { formatPath } from "../fault";
import { addressClaims, vmIdClaims } from "./claims";
import type { Claim } from "./claims";
import { machinesIn, otherMachines } from "./other-machines";
import type { OtherMachine } from "./other-machines";
import { poolPath } from "./paths";
import type { Report, Rule } from "./rule";
import { findOverlaps, formatAddress, shared } from "./spans";
import type { Span, Whole } from "./spans";

export const overlappingRanges: Rule = {
  name: "overlapping-ranges",
  level: "warning",
  summary:
    "Two pools have set the same VM ids or addresses aside, or a pool those of another machine, although no VM has them twice yet.",
  reason:
    "A pool cannot grow into such a range: it takes what another counts on, or is refused then. Make the ranges end where the next begins, and leave out the addresses that are reserved or an API's.",
  check: (topology, report, written) => {
    reportOverlaps(vmIdClaims(topology, written), { noun: "VM ids", one: "VM id", format: String }, report);
    const machines = otherMachines(topology, written);
    for (const [segment, claims] of addressClaims(topology, written)) {
      reportOverlaps(claims, { noun: "addresses", one: "address", format: formatAddress }, report);
      reportMachines(claims, machines.get(segment) ?? [], report);
    }
  },
};

interface Words {
  readonly noun: string;
  readonly one: string;
  readonly format: (value: Whole) => string;
}

function reportOverlaps(claims: readonly Claim[], { noun, one, format }: Words, report: Report): void {
  for (const overlap of findOverlaps(claims)) {
    const { earlier, later } = overlap;
    if (earlier.pool === later.pool) continue;
    const both = shared(overlap);
    const owner = formatPath(poolPath(earlier.cluster, earlier.pool));
    const isOne = both.first === both.last;
    const which = later.first === later.last ? "which" : `of which ${textOf(both, format)}`;
    report({
      path: later.path,
      problem: `got ${later.first === later.last ? one : noun} ${textOf(later, format)}, ${which} ${isOne ? "is" : "are"} set aside for ${owner} as well`,
      fix: "let one of the two ranges end before the other begins",
      clusters: [earlier.cluster.name, later.cluster.name],
    });
  }
}

/** So many machines are named in one warning. */
const MOST_MACHINES = 3;

/** What a pool cannot grow into, as another machine is there; a member that is left out there already is meant. */
function reportMachines(claims: readonly Claim[], machines: readonly OtherMachine[], report: Report): void {
  for (const claim of claims) {
    if (claim.growth === undefined) continue;
    const growth = { first: claim.growth, last: claim.last };
    const met = machinesIn(growth, machines, MOST_MACHINES);
    const [one] = met.machines;
    if (!one) continue;
    const single = met.count === 1 && isSingle(within(growth, one));
    report({
      path: claim.path,
      problem: isSingle(claim)
        ? `got address ${textOf(claim, formatAddress)}, which is ${one.owner} and no member's yet`
        : `got addresses ${textOf(claim, formatAddress)}, of which ${machinesText(growth, met)}`,
      fix: `leave ${single ? "it" : "them"} out of the range: a member that comes to ${single ? "it" : "them"} is refused`,
      clusters: [claim.cluster.name],
    });
  }
}

function machinesText(growth: Span, { machines, count }: ReturnType<typeof machinesIn>): string {
  const texts = machines.map((machine) => {
    const both = within(growth, machine);
    return `${textOf(both, formatAddress)} ${isSingle(both) ? "is" : "are"} ${machine.owner}`;
  });
  if (count === 1) return `${texts.join()} and no member's yet`;
  const more = count - machines.length;
  const others = more > 0 ? [`${more} more ${more === 1 ? "entry is" : "entries are"} in it`] : [];
  return `${joined([...texts, ...others])}: no member's yet`;
}

/** The part of a machine's addresses that a pool can grow into. */
function within(growth: Span, machine: Span): Span {
  const [earlier, later] = machine.first < growth.first ? [machine, growth] : [growth, machine];
  return shared({ earlier, later });
}

function isSingle({ first, last }: Span): boolean {
  return first === last;
}

/** "a", "a and b", "a, b and c". */
function joined(texts: readonly string[]): string {
  return texts.length > 1 ? `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}` : texts.join();
}

/** "401", "401 to 410". */
function textOf({ first, last }: Span, format: (value: Whole) => string): string {
  return first === last ? format(first) : `${format(first)} to ${format(last)}`;
}
