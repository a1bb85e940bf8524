import { compareVm, type Change } from "./compare-vm";
import { keepingReasons } from "./keep-renamed";
import type { Gate, Resources, VmResource } from "./resources";

/** What becomes of a resource. "refused": the plan fails for it, and with it nothing is applied. */
export type Action = "add" | "change" | "replace" | "destroy" | "refused" | "keep";

/** One resource, and what becomes of it. */
export interface ResourceDiff {
  /** `pve_qemu.rancher-manager-1`, or the gate `null_resource.rancher-manager-ready`. */
  readonly address: string;
  readonly action: Action;
  /**
   * Its VM id.
   * @default - none: it is a gate
   */
  readonly vmId?: number;
  /** Proxmox node that it is on, or is to be made on. @default - none: it is a gate */
  readonly node?: string;
  /** Why, where the changes alone do not tell. @default - they do */
  readonly reason?: string;
  readonly changes: readonly Change[];
}

/** How many VMs are made, changed in place, replaced, destroyed for good, and refused; ready gates do not count. */
export type VmTotals = Readonly<Record<Exclude<Action, "keep">, number>>;

/** What would happen if a topology were applied to what there is. */
export interface TopologyDiff {
  /** As Terraform counts them: what is replaced is added and destroyed. */
  readonly totals: { readonly add: number; readonly change: number; readonly destroy: number };
  /** VMs alone, each counted once. */
  readonly vms: VmTotals;
  /** Whether Terraform would refuse to plan it. */
  readonly isRefused: boolean;
  /** Those that stay as they are included; in the order of the new topology, then what is destroyed. */
  readonly resources: readonly ResourceDiff[];
  /** How many resources there are that no topology declares: they are left out of all this. */
  readonly others: number;
}

/**
 * Compares what there is with what there is to be, as Terraform with the `pve` provider is going to plan it.
 * @param prior what there is
 * @param planned what there is to be
 */
export function compareResources(prior: Resources, planned: Resources): TopologyDiff {
  const vms = new Map<string, ResourceDiff>();
  const reasons = keepingReasons(prior.vms, planned.vms);
  for (const [address, vm] of planned.vms) {
    const reason = reasons.get(address);
    const diff = vmDiff(address, prior.vms.get(address), vm);
    vms.set(address, reason === undefined ? diff : { ...diff, reason });
  }
  const gates = [...planned.gates].map(([address, gate]) => gateDiff(address, prior, gate, vms));
  const gone = [...prior.vms].filter(([address]) => !planned.vms.has(address));
  const resources: ResourceDiff[] = [
    ...vms.values(),
    ...gates,
    ...gone.map(([address, vm]) => ({ address, action: "destroy" as const, ...placeOf(vm), changes: [] })),
    ...[...prior.gates.keys()]
      .filter((address) => !planned.gates.has(address))
      .map((address) => ({ address, action: "destroy" as const, changes: [] })),
  ];
  const count = (...actions: Action[]): number =>
    resources.filter(({ action }) => actions.includes(action)).length;
  const countVms = (action: Action): number =>
    resources.filter((each) => each.action === action && each.vmId !== undefined).length;
  return {
    totals: { add: count("add", "replace"), change: count("change"), destroy: count("destroy", "replace") },
    vms: {
      add: countVms("add"),
      change: countVms("change"),
      replace: countVms("replace"),
      destroy: countVms("destroy"),
      refused: countVms("refused"),
    },
    isRefused: count("refused") > 0,
    resources,
    others: prior.others,
  };
}

function vmDiff(address: string, prior: VmResource | undefined, planned: VmResource): ResourceDiff {
  if (prior === undefined) return { address, action: "add", ...placeOf(planned), changes: [] };
  const changes = compareVm(prior, planned);
  const diff = { address, ...placeOf(prior), changes };
  if (prior.isTainted) {
    const reason = "the apply that was to make it did not finish";
    return { ...diff, action: "replace", reason, changes: madeAnew(changes) };
  }
  const action = actionOf(changes);
  return { ...diff, action, changes: action === "replace" ? madeAnew(changes) : changes };
}

/** A VM that is made anew has what the topology says, and nothing of what the old one had. */
function madeAnew(changes: readonly Change[]): Change[] {
  return changes
    .filter(({ effect }) => effect !== "stays")
    .map(({ effect, advice, ...change }) =>
      effect === "replace" ? { ...change, effect, advice } : { ...change, effect: "anew" },
    );
}

/** What is refused of a VM that stays does not matter for one that is made anew. */
function actionOf(changes: readonly Change[]): Action {
  const has = (effect: Change["effect"]): boolean => changes.some((change) => change.effect === effect);
  if (has("replace")) return "replace";
  if (has("refused")) return "refused";
  return has("restart") || has("live") || has("state") ? "change" : "keep";
}

function placeOf({ attributes, currentNode }: VmResource): { vmId: number; node: string } {
  return { vmId: Number(attributes.get("vmid")?.["vmId"]), node: currentNode };
}

/** A gate is made anew where the ids of its VMs change; the id of a VM that is made is known only then. */
function gateDiff(
  address: string,
  prior: Resources,
  planned: Gate,
  vms: ReadonlyMap<string, ResourceDiff>,
): ResourceDiff {
  const triggers = prior.gates.get(address);
  if (triggers === undefined) return { address, action: "add", changes: [] };
  const keys = Object.keys(planned);
  const isSame =
    keys.length === Object.keys(triggers).length &&
    keys.every((key) => {
      const vm = vms.get(`pve_qemu.${key}`);
      return vm?.action !== "add" && vm?.action !== "replace" && triggers[key] === `${vm?.node}/${vm?.vmId}`;
    });
  return isSame
    ? { address, action: "keep", changes: [] }
    : {
        address,
        action: "replace",
        reason: "the ids of its VMs change; no VM is touched for it",
        changes: [],
      };
}
