import { adviserOn } from "../did-you-mean";
import type { TopologyDraft } from "../draft";
import { quote } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { listed } from "../listed";
import type { PoolPlan } from "./pool-plan";

/** So many VMs a topology may have: ten times what its checks are fast for. */
const MOST_VMS = 100_000;

const requiredSizes = ["cores", "memoryMiB", "diskGiB"] as const;

/**
 * Checks that there are not so many members that no check would come to an end. It comes before anything that takes
 * room for each of them: aliases let a small file ask for millions. Members that are left out take room as well.
 */
export function checkTotal({ clusters = {} }: TopologyDraft, faults: FaultCollector): boolean {
  let total = 0;
  for (const cluster of Object.values(clusters)) {
    total += cluster?.members ?? 0;
    for (const pool of Object.values(cluster?.pools ?? {})) total += pool?.count ?? 0;
  }
  if (total <= MOST_VMS) return true;
  const problem = `got ${total} VMs in all, those left out included`;
  faults.add(["clusters"], problem, `at most ${MOST_VMS} fit in one topology: split it`);
  return false;
}

/** Checks that the members of each pool have sizes, and nodes that they can be made on. */
export function checkPools(pools: readonly PoolPlan[], draft: TopologyDraft, faults: FaultCollector): void {
  const nodes = draft.proxmox?.nodes;
  const declared = nodes && !Array.isArray(nodes) ? choiceOf(nodes) : undefined;
  const profiles = choiceOf(draft.profiles ?? {});
  for (const pool of pools) {
    if (checkProfile(pool, profiles, draft, faults) && !isBad(draft, "defaults")) checkSizes(pool, faults);
    if (declared) checkNodes(pool, declared, faults);
  }
}

/** The names of a mapping that others may choose from. */
interface Choice {
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  readonly advise: (name: string) => string | undefined;
}

function choiceOf(mapping: object): Choice {
  const names = Object.keys(mapping);
  return { names, has: (name) => Object.hasOwn(mapping, name), advise: adviserOn(names) };
}

/** Checks that a pool's profile exists; false where what it gives is not known. */
function checkProfile(
  { settings, path }: PoolPlan,
  choice: Choice,
  draft: TopologyDraft,
  faults: FaultCollector,
): boolean {
  if (!("profile" in settings)) return true;
  const { profile } = settings;
  if (profile === undefined || isBad(draft, "profiles")) return false;
  if (choice.has(profile)) return draft.profiles?.[profile] !== undefined;
  const { names, advise } = choice;
  const others = names.length > 0 ? `the profiles are ${listed(names)}` : "declare it under profiles";
  const fix = advise(profile) ?? others;
  faults.add([...path, "profile"], `got ${quote(profile)}, which is no profile`, fix);
  return false;
}

function isBad(draft: TopologyDraft, key: keyof TopologyDraft): boolean {
  return key in draft && draft[key] === undefined;
}

function checkSizes({ sizes, settings, numbers, path }: PoolPlan, faults: FaultCollector): void {
  for (const key of requiredSizes) {
    if (key in sizes || numbers.every((number) => key in (settings.overrides?.[number] ?? {}))) continue;
    faults.add([...path, key], "is missing", "give it here, in the pool's profile or in defaults");
  }
}

function checkNodes(pool: PoolPlan, declared: Choice, faults: FaultCollector): void {
  const check = (name: string, path: FaultPath): void => {
    if (declared.has(name)) return;
    const fix = declared.advise(name) ?? `the nodes are ${listed(declared.names)} (proxmox.nodes)`;
    faults.add(path, `got ${quote(name)}, which proxmox.nodes does not name`, fix);
  };
  const path = pool.proxmoxSource("nodes");
  if (path[0] !== "proxmox")
    pool.proxmox.nodes?.forEach((name, index) => {
      check(name, [...path, index]);
    });
  for (const [number, override] of Object.entries(pool.settings.overrides ?? {})) {
    if (override?.node !== undefined) check(override.node, [...pool.path, "overrides", number, "node"]);
  }
}
