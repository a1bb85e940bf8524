import type { Allotment } from "./allotment";
import { firstFree } from "../numbers/run";
import type { Run } from "../numbers/run";

/** Who holds a number: a member of a pool, or someone who is no VM. */
export type Holder = Member | Outsider;

/** A member, as the holder of a number. */
export interface Member {
  readonly allotment: Allotment;
  readonly number: number;
}

/** A machine that is no VM of the topology, or a template. */
export interface Outsider {
  readonly run: Run;
  /** As an error names it: "the gateway's (network.gateway)". */
  readonly owner: string;
  /**
   * Whether the number is only kept free of VMs.
   * @default - someone has it
   */
  readonly reserved?: boolean;
}

/** Members in a row whose numbers are held in a row by the same one already. */
export interface Clash {
  readonly allotment: Allotment;
  /** Numbers of the first and the last of the members. */
  readonly first: number;
  readonly last: number;
  /** Who holds the number of the first of them. */
  readonly holder: Holder;
}

interface Taken extends Run {
  /** Left out where it is no pool's. */
  readonly allotment?: Allotment;
}

/** So many times advice is worked out, which takes a look at all numbers: of more faults no more are printed. */
const MOST_ADVISED = 200;

/** What is told where no advice is worked out any more. */
export const noAdvice = "mend the others first, then run this again";

/** Who has which number, of all that no two may have the same of. The first to come has it. */
export class Ledger {
  /** In the order in which the pools came. */
  readonly clashes: Clash[] = [];
  private readonly outsiders: Outsider[];
  private readonly members = new Map<bigint, Member>();
  private readonly single = new Map<bigint, Outsider>();
  /** Those who hold more than one number, in ascending order of the first; each with the highest number so far. */
  private readonly ranges: { readonly outsider: Outsider; readonly highest: bigint }[] = [];
  /** What pools have set aside: advice keeps clear of the numbers of members to come, too. */
  private readonly setAside: Taken[] = [];
  private readonly advised: Run[] = [];
  private readonly kept: Run[] = [];
  private sorted: Taken[] | undefined;
  private asked = 0;

  /** @param outsiders where several hold the same number, the first of them is named */
  constructor(outsiders: readonly Outsider[]) {
    this.outsiders = [...outsiders];
    for (const outsider of outsiders) {
      const { first, last } = outsider.run;
      if (first === last && !this.single.has(first)) this.single.set(first, outsider);
    }
    let highest = -1n;
    for (const outsider of [...outsiders].sort((a, b) => compare(a.run, b.run))) {
      const { first, last } = outsider.run;
      if (first === last) continue;
      if (last > highest) highest = last;
      this.ranges.push({ outsider, highest });
    }
  }

  /** Enters what a pool's members have. */
  enter(allotment: Allotment): void {
    for (const { run } of allotment.source?.entries ?? []) {
      this.setAside.push({ first: run.first, last: run.last, allotment });
    }
    this.sorted = undefined;
    let clash: { -readonly [Key in keyof Clash]: Clash[Key] } | undefined;
    for (const [number, value] of allotment.values) {
      const holder = this.holderOf(value);
      if (!holder) {
        this.members.set(value, { allotment, number });
        clash = undefined;
      } else if (clash && continues(clash, number, holder)) {
        clash.last = number;
      } else {
        clash = { allotment, first: number, last: number, holder };
        this.clashes.push(clash);
      }
    }
  }

  /** Enters one who came after the pools, and returns who has its number already. */
  enterOutsider(outsider: Outsider): Holder | undefined {
    const value = outsider.run.first;
    const holder = this.holderOf(value);
    if (!this.single.has(value)) this.single.set(value, outsider);
    this.outsiders.push(outsider);
    this.insert(outsider.run);
    return holder;
  }

  /** Whether advice for one more fault may be worked out. */
  mayAdvise(): boolean {
    return this.asked++ < MOST_ADVISED;
  }

  /** Who has a number. */
  holderOf(value: bigint): Holder | undefined {
    return this.members.get(value) ?? this.single.get(value) ?? this.rangeAround(value);
  }

  /** Notes numbers that somebody is advised to use. */
  advise(run: Run): void {
    this.advised.push(run);
  }

  /** Keeps what was advised so far from whoever is advised next; the alternatives of one fault may be the same. */
  keepAdvised(): void {
    for (const run of this.advised.splice(0)) {
      this.kept.push(run);
      this.insert(run);
    }
  }

  /** All runs that are taken, set aside or kept for somebody, in ascending order, without those of `except`. */
  *occupied(except?: Allotment): Iterable<Run> {
    this.sorted ??= [
      ...this.outsiders.map(({ run }) => run),
      ...this.setAside,
      ...this.kept,
      ...Array.from(this.members, ([value, member]) => ({
        first: value,
        last: value,
        allotment: member.allotment,
      })),
    ].sort(compare);
    for (const run of this.sorted) if (!except || run.allotment !== except) yield run;
  }

  private insert(run: Run): void {
    if (this.sorted) this.sorted.splice(placeOf(run, this.sorted), 0, run);
  }

  private rangeAround(value: bigint): Outsider | undefined {
    let [low, high] = [0, this.ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ranges[middle]?.outsider.run.first ?? value) <= value) low = middle + 1;
      else high = middle;
    }
    for (let index = low - 1; index >= 0; index--) {
      const range = this.ranges[index];
      if (!range || range.highest < value) return undefined;
      if (range.outsider.run.last >= value) return range.outsider;
    }
    return undefined;
  }
}

/**
 * The start of a run of free numbers, to be advised to somebody and nobody else: at or above `from` where there is one,
 * else the lowest.
 */
export function freeFrom(
  ledger: Ledger,
  bounds: Run,
  from: bigint,
  count: number,
  except?: Allotment,
): bigint | undefined {
  const start =
    firstFree(from, count, bounds, ledger.occupied(except)) ??
    firstFree(bounds.first, count, bounds, ledger.occupied(except));
  if (start !== undefined) ledger.advise({ first: start, last: start + BigInt(count - 1) });
  return start;
}

/** Where a run belongs among others in ascending order. */
function placeOf(run: Run, sorted: readonly Run[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.first ?? run.first) <= run.first) low = middle + 1;
    else high = middle;
  }
  return low;
}

function continues({ allotment, first, last, holder }: Clash, number: number, next: Holder): boolean {
  if (number !== last + 1 || allotment.own.has(number) || allotment.own.has(last)) return false;
  if (!("allotment" in holder) || !("allotment" in next)) return holder === next;
  return next.allotment === holder.allotment && next.number === holder.number + (number - first);
}

function compare(a: Run, b: Run): number {
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}
