import { compareVm } from "./compare-vm";
import type { Resources, VmResource } from "./resources";

/**
 * How each VM that is made with the id of one that goes is the same as that: a cluster or pool was renamed. Where that VM
 * goes to an address that another one still has, the other is to be moved away first: db to sql, and then web to db.
 * @returns what to tell, by the address of the VM that is made
 */
export function keepingReasons(prior: Resources["vms"], planned: Resources["vms"]): Map<string, string> {
  const holders = new Map<number, string>();
  for (const [address, vm] of prior) {
    if (vmIdOf(planned.get(address)) !== vmIdOf(vm)) holders.set(vmIdOf(vm), address);
  }
  const takers = new Map([...planned].map(([address, vm]) => [vmIdOf(vm), address]));
  const nextOf = (address: string): string | undefined => {
    const vm = prior.get(address);
    return vm === undefined || vm.isTainted ? undefined : takers.get(vmIdOf(vm));
  };
  const free = addressesThatCanBeFreed(planned.keys(), prior, nextOf);
  const reasons = new Map<string, string>();
  for (const [to, vm] of planned) {
    const from = holders.get(vmIdOf(vm));
    const held = from === undefined ? undefined : prior.get(from);
    if (from === undefined || held === undefined || !free.has(to)) continue;
    const fate = planned.has(from) ? "made anew with another id" : "destroyed";
    const advice = keepingAdvice({ from, to, next: nextOf(to) }, held, vm);
    reasons.set(to, `its id is that of ${from}, which is ${fate}; ${advice}`);
  }
  return reasons;
}

/**
 * Addresses that no VM has, or whose VM can be moved to one that can be freed in turn. That leads back to itself where two
 * VMs change their names, for which there is no order.
 */
function addressesThatCanBeFreed(
  addresses: Iterable<string>,
  prior: Resources["vms"],
  nextOf: (address: string) => string | undefined,
): ReadonlySet<string> {
  const free = new Set<string>();
  const seen = new Set<string>();
  for (const first of addresses) {
    const path: string[] = [];
    let at: string | undefined = first;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      path.push(at);
      at = prior.has(at) ? nextOf(at) : undefined;
    }
    const last = path.at(-1);
    if (last === undefined) continue;
    const isFreed = at === undefined ? !prior.has(last) : free.has(at);
    if (isFreed) for (const each of path) free.add(each);
  }
  return free;
}

/** From where to where a VM is moved in state, and where one goes that is there. */
interface Route {
  readonly from: string;
  readonly to: string;
  readonly next: string | undefined;
}

/** How a VM is kept under another address; the command alone does not where the new topology asks for another VM. */
function keepingAdvice({ from, to, next }: Route, prior: VmResource, planned: VmResource): string {
  if (prior.isTainted) return "that VM cannot be kept: the apply that was to make it did not finish";
  if (prior.isDeposed) return "that VM cannot be kept: another was to take its place";
  const first = next === undefined ? "" : `move ${to} to ${next} first, as is told of that; then `;
  const command = `${first}terraform state mv '${from}' '${to}'`;
  const obstacles = compareVm(prior, planned).filter(
    ({ effect }) => effect === "replace" || effect === "refused",
  );
  if (obstacles.length === 0) return `to keep that VM: ${command}`;
  const settings = obstacles.map(({ setting }) => setting).join(", ");
  return `to keep that VM leave these as they were, too: ${settings}; then ${command}`;
}

function vmIdOf(vm: VmResource | undefined): number {
  return Number(vm?.attributes.get("vmid")?.["vmId"]);
}
