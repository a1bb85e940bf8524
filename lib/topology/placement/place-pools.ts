import type { TopologyDraft } from "../draft";
import type { FaultCollector } from "../fault-collector";
import { planMembers } from "../members/member-plan";
import type { MemberPlan } from "../members/member-plan";
import { nodeNames } from "../pools/pool-plan";
import type { PoolPlan } from "../pools/pool-plan";
import { overcommitOf, proxmoxNodes, proxmoxStorages } from "../proxmox/ground";
import type { ProxmoxNode, Storage } from "../topology";
import { checkDeclaredRoom } from "./check-declared-room";
import { checkTemplates } from "./check-templates";
import { placeMembers } from "./place-members";
import type { Placement } from "./placement-record";
import type { SoundPools } from "./sound-pools";
import type { TemplateUser } from "./template-user";

/** Where the members of all pools are. */
export interface PlacedPools {
  readonly nodes: readonly ProxmoxNode[];
  readonly storages: readonly Storage[];
  readonly members: ReadonlyMap<PoolPlan, readonly MemberPlan[]>;
  /** Name of the node of each member, by its key. */
  readonly nodeOf: ReadonlyMap<string, string>;
  /**
   * Keys of the members that may be on several nodes, and are where neither an override nor the record has them.
   * @default - no record is kept
   */
  readonly unrecorded?: readonly string[];
}

/**
 * Checks what is declared of Proxmox: rooms, and the templates of pools whose nodes, storage and template are known.
 * @param pools all of them
 */
export function checkGround(
  draft: TopologyDraft,
  pools: readonly PoolPlan[],
  { grounded, areNodesKnown }: SoundPools,
  faults: FaultCollector,
): void {
  const nodes = proxmoxNodes(draft, pools);
  const storages = proxmoxStorages(draft, []);
  checkDeclaredRoom(nodes, storages, faults);
  const names = new Set(nodes.map(({ name }) => name));
  const declared = new Set(nodeNames(draft.proxmox?.nodes));
  const users = grounded.map((pool) => templateUserOf(pool, names));
  checkTemplates(users, { names, declared, areAll: areNodesKnown }, storages, faults);
}

/**
 * Places the members of pools whose settings are all good.
 * @param recorded where members are already; left out: no record is kept
 */
export function placePools(
  draft: TopologyDraft,
  pools: readonly PoolPlan[],
  recorded: Placement | undefined,
  faults: FaultCollector,
): PlacedPools {
  const nodes = proxmoxNodes(draft, pools);
  const members = new Map(pools.map((pool) => [pool, planMembers(pool)]));
  const storages = proxmoxStorages(draft, members.values());
  const asked = pools.map((pool) => ({
    cluster: pool.cluster,
    role: pool.role,
    strategy: pool.placement,
    nodes: pool.proxmox.nodes ?? [],
    path: pool.path,
    count: pool.count ?? 0,
    members: members.get(pool) ?? [],
  }));
  const before = recorded && new Map(Object.entries(recorded));
  const ground = { nodes, storages, overcommit: overcommitOf(draft), recorded: before };
  const nodeOf = placeMembers(asked, ground, faults);
  const chosen = asked.flatMap(({ nodes: choice, members: own }) =>
    choice.length < 2
      ? []
      : own.filter(({ key, node }) => node === undefined && before?.get(key) !== nodeOf.get(key)),
  );
  return { nodes, storages, members, nodeOf, unrecorded: recorded && chosen.map(({ key }) => key) };
}

function templateUserOf(pool: PoolPlan, known: ReadonlySet<string>): TemplateUser {
  const { nodes = [], templateId = 0, templateStorage, storage = "" } = pool.proxmox;
  const overrides = Object.values(pool.settings.overrides ?? {});
  const own = overrides.flatMap((override) => override?.node ?? []);
  return {
    name: pool.prefix,
    nodes: [...new Set([...nodes, ...own.filter((node) => known.has(node))])],
    nodesPath: pool.proxmoxSource("nodes"),
    templateId,
    templateIdPath: pool.proxmoxSource("templateId"),
    templateStorage: templateStorage ?? pool.storageOfTemplate ?? storage,
    storages: [...new Set([storage, ...overrides.flatMap((override) => override?.storage ?? [])])],
  };
}
