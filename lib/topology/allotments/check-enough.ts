import { formatPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { Allotment } from "./allotment";
import { freeFrom, noAdvice } from "./ledger";
import type { Ledger } from "./ledger";
import { formatRun, rangeText } from "../numbers/number-source";
import { lengthOf } from "../numbers/run";

/** Tells a pool whose range or list is too short, and what would do. Its source must be written out. */
export function checkEnough(allotment: Allotment, ledger: Ledger, faults: FaultCollector): void {
  const { kind, pool, source, values, own, bounds } = allotment;
  if (!source || source.open) return;
  const without = pool.numbers.filter((number) => !values.has(number) && !own.has(number));
  const last = without.at(-1);
  if (last === undefined) return;
  const runs = source.entries.map(({ run }) => run);
  const length = runs.reduce((sum, run) => sum + lengthOf(run), 0n);
  const key = String(source.path.at(-1));
  const has = `${key} has only ${length} (${formatPath(source.path)})`;
  const missing = `${without.length} ${without.length === 1 ? "is" : "are"} missing`;
  const problem = `got ${pool.count}, but ${has}: ${missing}`;
  if (!ledger.mayAdvise()) {
    faults.add(pool.countPath, problem, noAdvice);
    return;
  }
  const [run] = runs;
  const isText = source.entries[0]?.path.length === source.path.length;
  const more = last - Number(length);
  const next = { first: (runs.at(-1)?.last ?? 0n) + 1n, count: more };
  const start = freeFrom(ledger, bounds, next.first, more);
  const added = start === undefined ? undefined : { first: start, last: start + BigInt(more - 1) };
  const fix = !added
    ? `${more === 1 ? "none is" : `no ${more} in a row are`} free from ${rangeText(kind, bounds)}: ${kind.widen} or fewer members`
    : runs.length === 1 && run && start === next.first
      ? `make it ${formatRun(kind, { first: run.first, last: added.last })}`
      : isText && run
        ? `make it [${formatRun(kind, run)}, ${formatRun(kind, added)}], which would be free`
        : `add ${formatRun(kind, added)} at its end, which would be free`;
  faults.add(pool.countPath, problem, fix);
  ledger.keepAdvised();
}
