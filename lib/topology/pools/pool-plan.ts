import type { ClusterInputDraft, Draft, PoolDraft, TopologyDraft } from "../draft";
import type { FaultPath } from "../fault";
import type {
  MemberOverrideInput,
  MemberRole,
  PlacementStrategy,
  ProxmoxInput,
  ProxmoxOverrideInput,
} from "../input";
import { SHARED_NETWORK, mainNetworkName } from "../networks/main-network-name";
import { planMainNetwork, sameNetwork } from "../networks/network-plan";
import type { MainNetworkPlan } from "../networks/network-plan";
import { mergeSizes } from "./sizes";
import type { SizesDraft } from "./sizes";

/** One cluster, its settings joined with those of the topology. */
export interface ClusterPlan {
  readonly name: string;
  readonly path: FaultPath;
  readonly settings: ClusterInputDraft;
  /** The main network of all its members. */
  readonly network: MainNetworkPlan;
  readonly pools: readonly PoolPlan[];
}

/** One pool, its settings joined with those of its profile and of the topology; a short form is a pool without a name. */
export interface PoolPlan {
  readonly cluster: string;
  readonly name?: string;
  readonly path: FaultPath;
  /** What its members' names begin with: "web", "web-workers". */
  readonly prefix: string;
  readonly role: MemberRole;
  readonly placement: PlacementStrategy;
  /** The number of the last member; undefined where its fault is told already. */
  readonly count?: number;
  readonly countPath: FaultPath;
  /** The numbers of the members that are there. */
  readonly numbers: readonly number[];
  readonly settings: PoolDraft;
  readonly sizes: SizesDraft;
  readonly proxmox: PoolProxmox;
  /** The storage of the VMs at the level that sets the template's id: the template is taken to be there too. */
  readonly storageOfTemplate: string | undefined;
  /** Name of the network that net0 of its members is in, as in {@link Topology.networks}. */
  readonly mainNetwork: string;
  /** Where a setting of `proxmox` that holds for this pool was written. */
  readonly proxmoxSource: (key: string) => FaultPath;
}

/** The settings of `proxmox` that hold for a pool. */
export type PoolProxmox = Omit<Draft<ProxmoxOverrideInput>, "nodes" | "bridge"> & {
  readonly nodes?: readonly string[];
  readonly bridge: string | undefined;
};

/** What differs for one member, as far as it is good. */
export type MemberOverride = Draft<MemberOverrideInput>;

/** What Proxmox VE names its first bridge at installation. */
const DEFAULT_BRIDGE = "vmbr0";

/** Joins what is written about each cluster in several places. */
export function planClusters(draft: TopologyDraft): ClusterPlan[] {
  const shared = planMainNetwork(SHARED_NETWORK, draft.network, {});
  const ofTopology = sharedProxmox(draft.proxmox ?? {});
  const proxmox: ProxmoxLayer = {
    settings: ofTopology,
    sourceOf: (key) => ["proxmox", key],
    storageOfTemplate: ofTopology.storage,
    networkOn: () => SHARED_NETWORK,
  };
  return entriesOf(draft.clusters).map(([name, settings]) => {
    const path = ["clusters", name];
    const network = "network" in settings ? clusterNetwork(name, draft, settings, shared) : shared;
    const ofCluster = overlaid(proxmox, settings.proxmox, path);
    const networkOn = (bridge: string | undefined): string =>
      mainNetworkName({
        cluster: name,
        isOwn: network.name !== SHARED_NETWORK,
        bridge,
        bridgeOfCluster: ofCluster.settings.bridge,
        bridgeOfTopology: ofTopology.bridge,
      });
    const pools = planPools(name, settings, draft, { ...ofCluster, networkOn });
    return { name, path, settings, network, pools };
  });
}

function clusterNetwork(
  cluster: string,
  topology: TopologyDraft,
  { network }: ClusterInputDraft,
  shared: MainNetworkPlan,
): MainNetworkPlan {
  const path = ["clusters", cluster, "network"];
  const plan = planMainNetwork(`main of ${cluster}`, topology.network, network, path, shared);
  return sameNetwork(plan, shared) ? { ...plan, name: shared.name } : plan;
}

/** What differs for a member; nothing where its override is bad or left out. */
export function overrideOf(pool: PoolPlan, number: number): MemberOverride {
  return pool.settings.overrides?.[number] ?? {};
}

/** The name of a member. It depends on nothing but its pool's names and its number. */
export function memberName(pool: PoolPlan, number: number): string {
  return `${pool.prefix}-${number}`;
}

/** The settings of `proxmox` that hold at one level, and where each was written. */
interface ProxmoxLayer {
  readonly settings: PoolProxmox;
  readonly sourceOf: (key: string) => FaultPath;
  readonly storageOfTemplate: string | undefined;
  /** Names the network that net0 is in where it is on this bridge. */
  readonly networkOn: (bridge: string | undefined) => string;
}

/** A level's own settings before those of the level above; nothing of its own: the same object, which many pools share. */
function overlaid(above: ProxmoxLayer, own: PoolDraft["proxmox"], path: FaultPath): ProxmoxLayer {
  if (!own) return above;
  const settings = { ...above.settings, ...own };
  return {
    ...above,
    settings,
    storageOfTemplate: "templateId" in own ? settings.storage : above.storageOfTemplate,
    sourceOf: (key) => (key in own ? [...path, "proxmox", key] : above.sourceOf(key)),
  };
}

function sharedProxmox(settings: Draft<ProxmoxInput>): PoolProxmox {
  const bridge = "bridge" in settings ? settings.bridge : DEFAULT_BRIDGE;
  return { ...settings, bridge, nodes: nodeNames(settings.nodes) };
}

function planPools(
  cluster: string,
  settings: ClusterInputDraft,
  draft: TopologyDraft,
  ofCluster: ProxmoxLayer,
): PoolPlan[] {
  const path = ["clusters", cluster];
  if (!("pools" in settings)) {
    const pool = { ...settings, role: "server" as const, count: settings.members };
    return [
      planPool({ cluster, path, prefix: cluster, countPath: [...path, "members"] }, pool, draft, ofCluster),
    ];
  }
  return entriesOf(settings.pools).map(([name, pool]) => {
    const poolPath = [...path, "pools", name];
    const identity = { cluster, name, path: poolPath, prefix: `${cluster}-${name}` };
    return planPool({ ...identity, countPath: [...poolPath, "count"] }, pool, draft, ofCluster);
  });
}

function planPool(
  identity: Pick<PoolPlan, "cluster" | "name" | "path" | "prefix" | "countPath">,
  settings: PoolDraft,
  draft: TopologyDraft,
  above: ProxmoxLayer,
): PoolPlan {
  const { profile, count, without } = settings;
  const proxmox = overlaid(above, settings.proxmox, identity.path);
  return {
    ...identity,
    role: settings.role ?? "server",
    placement: settings.placement ?? "spread",
    count,
    numbers: numbersOf(count ?? 0, without),
    settings,
    sizes: mergeSizes(
      draft.defaults,
      profile === undefined ? undefined : draft.profiles?.[profile],
      settings,
    ),
    proxmox: proxmox.settings,
    storageOfTemplate: proxmox.storageOfTemplate,
    mainNetwork: proxmox.networkOn(proxmox.settings.bridge),
    proxmoxSource: proxmox.sourceOf,
  };
}

/** The names of nodes, however they are declared. */
export function nodeNames(nodes: Draft<ProxmoxInput>["nodes"]): readonly string[] | undefined {
  if (nodes === undefined) return undefined;
  return isList(nodes) ? nodes : Object.keys(nodes);
}

/** The entries of a mapping that are mappings themselves; the faults of the others are told already. */
function entriesOf<T>(mapping: Readonly<Record<string, T | undefined>> = {}): [string, T][] {
  return Object.entries(mapping).flatMap(([name, value]): [string, T][] =>
    value === undefined ? [] : [[name, value]],
  );
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

function numbersOf(count: number, without: readonly number[] = []): number[] {
  const left = new Set(without);
  const numbers: number[] = [];
  for (let number = 1; number <= count; number++) if (!left.has(number)) numbers.push(number);
  return numbers;
}
