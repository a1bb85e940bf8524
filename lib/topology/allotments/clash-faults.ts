import { formatPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { memberName } from "../pools/pool-plan";
import type { PoolPlan } from "../pools/pool-plan";
import type { Allotment } from "./allotment";
import type { Clash, Ledger } from "./ledger";
import { freeFrom, noAdvice } from "./ledger";
import { formatRun, rangeText } from "../numbers/number-source";
import { encloses } from "../numbers/run";
import type { Run } from "../numbers/run";

/** So many clashes of one pool are told; the advice keeps clear of all of them anyway. */
const MOST_CLASHES = 10;

/** Tells each clash, who is there already, and what would be free. */
export function addClashFaults(ledger: Ledger, faults: FaultCollector): void {
  const told = new Map<Allotment, number>();
  const advice = new Map<Allotment, string>();
  for (const clash of ledger.clashes) {
    const { allotment, first, last } = clash;
    const count = (told.get(allotment) ?? 0) + 1;
    told.set(allotment, count);
    if (count > MOST_CLASHES) continue;
    const values = { first: valueOf(allotment, first), last: valueOf(allotment, last) };
    const already = `already ${holderText(clash)}`;
    const own = allotment.own.get(first);
    if (own) {
      const got = allotment.kind.format(values.first);
      const fix = ledger.mayAdvise() ? ownAdvice(ledger, allotment, values.first) : noAdvice;
      faults.add(own, `got ${got}, ${already}`, fix);
      ledger.keepAdvised();
      continue;
    }
    const { source, pool, kind } = allotment;
    const entry = source?.entries.find(({ run }) => encloses(run, values));
    const got = !entry ? "a list" : source?.open ? kind.format(entry.run.first) : formatRun(kind, entry.run);
    const members = membersText(pool, first, last);
    const problem = `got ${got}, so ${members} would have ${kind.noun} ${rangeText(kind, values)}, ${already}`;
    const path = entry?.path ?? source?.path ?? pool.path;
    if (!ledger.mayAdvise()) {
      faults.add(path, problem, noAdvice);
      continue;
    }
    if (!advice.has(allotment)) advice.set(allotment, startAdvice(ledger, allotment));
    const fix = [advice.get(allotment) ?? "", memberAdvice(ledger, clash, values)]
      .filter(Boolean)
      .join(", or ");
    faults.add(path, problem, fix);
    ledger.keepAdvised();
  }
}

/** Where a whole pool could have its numbers instead, clear of everyone. */
function startAdvice(ledger: Ledger, allotment: Allotment): string {
  const { kind, source, bounds, pool } = allotment;
  const [key] = source?.path.slice(-1) ?? [];
  const from = source?.entries[0]?.run.first ?? bounds.first;
  const count = pool.count ?? 1;
  const start = freeFrom(ledger, bounds, from, count, allotment);
  if (start === undefined)
    return `${count === 1 ? "none is" : `no ${count} in a row are`} free from ${rangeText(kind, bounds)}: ${kind.widen} or fewer members`;
  if (source?.open) return `${key} ${kind.format(start)} would be free${kind.caution}`;
  const run = { first: start, last: start + BigInt(count - 1) };
  return `${key} ${formatRun(kind, run)} would be free${kind.caution}`;
}

/** What could be done about the members of a clash alone, where the pool has others. */
function memberAdvice(ledger: Ledger, { allotment, first, last }: Clash, values: Run): string {
  const { kind, pool, memberKey } = allotment;
  if (last - first + 1 === pool.numbers.length) return "";
  if (first !== last) return 'leave these members out with "without"';
  const free = freeFrom(ledger, allotment.bounds, values.first, 1);
  if (free === undefined) return `leave ${memberName(pool, first)} out with "without"`;
  return `for ${memberName(pool, first)} alone set overrides.${first}.${memberKey.join(".")} to ${kind.format(free)}`;
}

function ownAdvice(ledger: Ledger, allotment: Allotment, value: bigint): string {
  const free = freeFrom(ledger, allotment.bounds, value, 1);
  if (free === undefined) return `none is free: ${allotment.kind.widen} or fewer members`;
  return `${allotment.kind.format(free)} would be free${allotment.kind.caution}`;
}

function holderText({ allotment, first, last, holder }: Clash): string {
  if ("owner" in holder) return holder.owner;
  const { pool, own } = holder.allotment;
  const members = membersText(pool, holder.number, holder.number + last - first);
  const path = formatPath(own.get(holder.number) ?? pool.path);
  return `${allotment.kind.noun} of ${members} (${path})`;
}

/** "web-2", "web-2 to web-4". */
function membersText(pool: PoolPlan, first: number, last: number): string {
  return first === last ? memberName(pool, first) : `${memberName(pool, first)} to ${memberName(pool, last)}`;
}

function valueOf({ values }: Allotment, number: number): bigint {
  return values.get(number) ?? 0n;
}
