import { formatPath } from "../fault";
import { addressClaims, otherMachines, vmIdClaims } from "./claims";
import type { Claim, OtherMachine } from "./claims";
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

/** What a pool cannot grow into, as another machine is there; a member that is left out there already is meant. */
function reportMachines(claims: readonly Claim[], machines: readonly OtherMachine[], report: Report): void {
  const growths = claims.flatMap(({ growth, ...claim }) =>
    growth === undefined ? [] : [{ first: growth, last: claim.last, claim }],
  );
  for (const { earlier, later } of findOverlaps([...growths, ...machines])) {
    const [growth, machine] = "claim" in earlier ? [earlier, later] : [later, earlier];
    if (!("claim" in growth) || "claim" in machine) continue;
    const { claim } = growth;
    const both = shared({ earlier, later });
    const single = both.first === both.last;
    report({
      path: claim.path,
      problem:
        `got addresses ${textOf(claim, formatAddress)}, of which ${textOf(both, formatAddress)} ` +
        `${single ? "is" : "are"} ${machine.owner} and no member's yet`,
      fix: `leave ${single ? "it" : "them"} out of the range: a member that comes to ${single ? "it" : "them"} is refused`,
      clusters: [claim.cluster.name],
    });
  }
}

/** "401", "401 to 410". */
function textOf({ first, last }: Span, format: (value: Whole) => string): string {
  return first === last ? format(first) : `${format(first)} to ${format(last)}`;
}
