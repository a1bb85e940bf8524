import { formatPath } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { PoolPlan } from "../pools/pool-plan";
import { allot } from "./allotment";
import type { Allotment } from "./allotment";
import { checkEnough } from "./check-enough";
import { addClashFaults } from "./clash-faults";
import { Ledger } from "./ledger";
import type { Outsider } from "./ledger";
import { vmIdKind } from "../numbers/number-kind";
import { listedSource, openSource } from "../numbers/number-source";
import type { NumberSource } from "../numbers/number-source";
import type { NumberRange } from "../topology";
import type { Run } from "../numbers/run";

/** The VM ids that Proxmox VE allows (pve-common:src/PVE/JSONSchema.pm, pve-vmid). */
const allVmIds: Run = { first: 100n, last: 999_999_999n };

/**
 * Gives every member its VM id; checks that none is taken twice or is a template's, and that there are enough.
 * @param agreed the ids that others are advised to use
 */
export function allotVmIds(
  pools: readonly PoolPlan[],
  agreed: NumberRange | undefined,
  faults: FaultCollector,
): Map<PoolPlan, Allotment> {
  const allotments = new Map<PoolPlan, Allotment>();
  const bounds = agreed ? { first: BigInt(agreed.first), last: BigInt(agreed.last) } : allVmIds;
  const ledger = new Ledger(templatesOf(pools));
  for (const pool of pools) {
    const source = sourceOf(pool, faults);
    const allotment = allot({ kind: vmIdKind, pool, bounds, source, memberKey: ["vmId"] }, (override) => {
      if (!("vmId" in override)) return undefined;
      return override.vmId === undefined ? "bad" : BigInt(override.vmId);
    });
    allotments.set(pool, allotment);
    ledger.enter(allotment);
  }
  addClashFaults(ledger, faults);
  for (const allotment of allotments.values()) checkEnough(allotment, ledger, faults);
  return allotments;
}

function sourceOf(pool: PoolPlan, faults: FaultCollector): NumberSource | undefined {
  const { settings, path, count } = pool;
  const { firstVmId, vmIds } = settings;
  if (vmIds !== undefined) return listedSource(vmIdKind, vmIds, [...path, "vmIds"]);
  if (firstVmId === undefined || count === undefined) return undefined;
  const left = Number(allVmIds.last) - firstVmId + 1;
  if (left >= count) return openSource(BigInt(firstVmId), count, [...path, "firstVmId"]);
  const problem = `got ${firstVmId}, which leaves VM ids for ${left} of ${count} members`;
  faults.add([...path, "firstVmId"], problem, `use at most ${Number(allVmIds.last) - count + 1}`);
  return undefined;
}

/** The templates that any pool is cloned from, each once: no VM can have their ids. */
function templatesOf(pools: readonly PoolPlan[]): Outsider[] {
  const owners = new Map<number, FaultPath>();
  for (const { proxmox, proxmoxSource } of pools) {
    const { templateId } = proxmox;
    const path = proxmoxSource("templateId");
    const ids = typeof templateId === "number" ? [[templateId, path] as const] : entriesOf(templateId, path);
    for (const [id, where] of ids) if (!owners.has(id)) owners.set(id, where);
  }
  return Array.from(owners, ([id, path]) => ({
    run: { first: BigInt(id), last: BigInt(id) },
    owner: `the template's (${formatPath(path)})`,
  }));
}

function entriesOf(
  templates: Readonly<Record<string, number | undefined>> | undefined,
  path: FaultPath,
): (readonly [number, FaultPath])[] {
  return Object.entries(templates ?? {}).flatMap(([node, id]) =>
    id === undefined ? [] : [[id, [...path, node]] as const],
  );
}
