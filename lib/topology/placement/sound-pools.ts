/** Which pools are known well enough to be placed, whatever faults there are in other settings. */
import type { TopologyDraft } from "../draft";
import type { ClusterPlan, PoolPlan } from "../pools/pool-plan";
import { nodeKey } from "../schema/proxmox";

/** What of a pool's settings its place depends on, besides `proxmox`. */
const placementKeys = ["without", "placement", "overrides"] as const;

const requiredSizes = ["cores", "memoryMiB", "diskGiB"] as const;

/** Pools by what is known of them. */
export interface SoundPools {
  /** Those whose nodes, storage and template are known. */
  readonly grounded: readonly PoolPlan[];
  /** Whether so are those of all, and the sizes and numbers of all their members. */
  readonly arePlaceable: boolean;
  /** Whether the nodes of all pools are known, whatever else is not. */
  readonly areNodesKnown: boolean;
}

/** Sorts out the pools from whose bad settings false faults would follow. */
export function soundPools(draft: TopologyDraft, clusters: readonly ClusterPlan[]): SoundPools {
  if (!isSound(draft.proxmox) || !draft.clusters)
    return { grounded: [], arePlaceable: false, areNodesKnown: false };
  const { nodes } = draft.proxmox ?? {};
  const declared = nodes && !Array.isArray(nodes) ? goodNames(nodes) : undefined;
  // Most pools share one.
  const known = new Map<PoolPlan["proxmox"], boolean>();
  const isKnown = (proxmox: PoolPlan["proxmox"]): boolean => {
    const before = known.get(proxmox);
    if (before !== undefined) return before;
    const { nodes: names, templateId, storage } = proxmox;
    const isComplete = names !== undefined && templateId !== undefined && storage !== undefined;
    const areThere = names?.every((name) => !declared || declared.has(name)) ?? false;
    const good = isComplete && areThere && isSound(proxmox);
    known.set(proxmox, good);
    return good;
  };
  const pools = clusters.flatMap((cluster) => cluster.pools);
  const grounded = clusters.flatMap(({ settings, pools: own }) =>
    isBad(settings, "proxmox")
      ? []
      : own.filter((pool) => {
          const { overrides } = pool.settings;
          if (isBad(pool.settings, "proxmox") || isBad(pool.settings, "overrides")) return false;
          return (
            isKnown(pool.proxmox) &&
            Object.values(overrides ?? {}).every(
              (one) => one && !isBad(one, "node") && !isBad(one, "storage"),
            )
          );
        }),
  );
  const areAllRead = clusters.length === Object.keys(draft.clusters).length;
  return {
    grounded,
    arePlaceable: areAllRead && grounded.length === pools.length && pools.every(hasMembers),
    areNodesKnown: areAllRead && clusters.every(hasKnownNodes),
  };
}

/** Whether all pools of a cluster were read, as far as the nodes go that they may use. */
function hasKnownNodes({ settings, pools }: ClusterPlan): boolean {
  if (isBad(settings, "proxmox") || isBad(settings, "pools")) return false;
  if (Object.values(settings.pools ?? {}).includes(undefined)) return false;
  return pools.every((pool) => !isBad(pool.settings, "proxmox") && pool.proxmox.nodes !== undefined);
}

/** Whether the numbers and sizes of a pool's members are known. */
function hasMembers({ count, sizes, settings }: PoolPlan): boolean {
  return (
    count !== undefined &&
    isSound(sizes) &&
    !isBad(settings, "profile") &&
    placementKeys.every((key) => !(key in settings) || isSound(settings[key])) &&
    (requiredSizes.every((key) => key in sizes) || settings.overrides !== undefined)
  );
}

/** The names of declared nodes that are not refused themselves: no advice may have the others in it. */
function goodNames(nodes: object): ReadonlySet<string> {
  return new Set(Object.keys(nodes).filter((name) => nodeKey.safeParse(name).success));
}

function isBad<T extends object>(settings: T, key: keyof T): boolean {
  return key in settings && settings[key] === undefined;
}

/** Whether nothing in a value was bad. */
function isSound(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value !== undefined;
  return Object.values(value).every(isSound);
}
