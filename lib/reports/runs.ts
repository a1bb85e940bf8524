import type { Vm } from "../topology";
import { addressNumber } from "./address-number";
import { addressTexts } from "./address-text";
import { formatCount } from "./units";

/**
 * The ids of VMs as runs that follow on, in ascending order: "401–403, 410".
 * @param limit so many runs at most, then how many more ids there are
 * @param to between the first and the last of a run
 */
export function vmIdRuns(vms: readonly Vm[], limit: number, to = "–"): string {
  return formatRuns(
    vms.map(({ vmId }) => ({ text: String(vmId), number: BigInt(vmId) })),
    limit,
    to,
  );
}

/**
 * What VMs are reached at first, as runs of addresses that follow on, in ascending order, and how the others get theirs:
 * "10.0.0.11 to 10.0.0.13, 10.0.0.99, DHCP". Nothing is named that no VM has.
 * @param limit so many runs at most, then how many more addresses there are
 */
export function addressRuns(vms: readonly Vm[], limit: number): string {
  const fixed: Value[] = [];
  const others = new Set<string>();
  for (const { interfaces } of vms) {
    const [text = "no address"] = addressTexts(interfaces[0] ?? {});
    const number = addressNumber(text);
    if (number === undefined) others.add(text);
    else fixed.push({ text, number: BigInt(number) });
  }
  return [...(fixed.length > 0 ? [formatRuns(fixed, limit, " to ")] : []), ...others].join(", ");
}

/** A text, and the number it stands for. */
interface Value {
  readonly text: string;
  readonly number: bigint;
}

function formatRuns(values: readonly Value[], limit: number, to: string): string {
  const runs: { first: Value; last: Value; count: number }[] = [];
  for (const value of [...values].sort((a, b) => (a.number < b.number ? -1 : 1))) {
    const run = runs.at(-1);
    if (run && value.number <= run.last.number + 1n) {
      run.last = value;
      run.count++;
    } else runs.push({ first: value, last: value, count: 1 });
  }
  const texts = runs
    .slice(0, limit)
    .map(({ first, last }) => (first === last ? first.text : `${first.text}${to}${last.text}`));
  const rest = runs.slice(limit).reduce((sum, { count }) => sum + count, 0);
  return `${texts.join(", ")}${rest > 0 ? ` and ${formatCount(rest)} more` : ""}`;
}
