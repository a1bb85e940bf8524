import { checkAddresses } from "./addresses/check-addresses";
import { planInterfaces } from "./addresses/interface-plan";
import type { FurtherNetwork, InterfacePlan } from "./addresses/interface-plan";
import { checkNames } from "./clusters/check-names";
import { checkOrder, inOrder } from "./clusters/order";
import type { TopologyDraft } from "./draft";
import { FaultCollector } from "./fault-collector";
import type { TopologyInput } from "./input";
import { buildCluster } from "./members/build-pool";
import { checkNetworks } from "./networks/check-networks";
import { distinctNetworks } from "./members/distinct-networks";
import { planFurtherNetwork } from "./networks/network-plan";
import { allotVmIds } from "./allotments/vm-ids";
import { checkGround, placePools } from "./placement/place-pools";
import type { Placement } from "./placement/placement-record";
import { soundPools } from "./placement/sound-pools";
import { checkPools, checkTotal } from "./pools/check-pools";
import { planClusters } from "./pools/pool-plan";
import type { PoolPlan } from "./pools/pool-plan";
import { agreedVmIds } from "./proxmox/ground";
import { readInput } from "./read-input";
import { checkRuleNames, checkRules } from "./rules";
import type { Topology } from "./topology";
import { TopologyError } from "./topology-error";

/** What a topology is resolved with besides what it says. */
export interface ResolveOptions {
  /**
   * The node that each VM is on already, by the VM's key: it stays there as long as its pool may use the node. See
   * `readPlacement` and `placementOf`.
   * @default - no record is kept: every VM is placed anew
   */
  readonly placement?: Placement;
  /**
   * Whether this is a run of a pipeline, whose files are lost with its workspace: then the rule `placement-not-recorded`
   * tells of VMs that no record has. The app says so where the variable `CI` is set.
   * @default false
   */
  readonly inPipeline?: boolean;
}

/**
 * Resolves a topology that is written in TypeScript: checks it whole, fills in the defaults,
 * and gives every VM its name, VM id, addresses and Proxmox node.
 * @throws TopologyError with every fault that was found
 */
export function resolveTopology(input: TopologyInput, options: ResolveOptions = {}): Topology {
  const faults = new FaultCollector();
  const topology = resolveInput(input, faults, options);
  if (!topology) throw new TopologyError(faults.all());
  return topology;
}

/**
 * Resolves an input of unknown shape.
 * @param faults gets every fault; those it holds already count too
 * @returns the topology, or undefined where there are faults
 */
export function resolveInput(
  input: unknown,
  faults: FaultCollector,
  { placement: recorded, inPipeline }: ResolveOptions = {},
): Topology | undefined {
  // What the files of a topology have wrong already may be part of what was read.
  const isWhole = faults.count === 0;
  const draft = readInput(input, faults);
  checkRuleNames(draft, faults);
  if (!checkTotal(draft, faults)) return undefined;
  const clusters = planClusters(draft);
  const pools = clusters.flatMap((cluster) => cluster.pools);
  checkOrder(clusters, Object.keys(draft.clusters ?? {}), faults);
  const toldBefore = faults.count;
  checkNames(clusters, faults);
  checkPools(pools, draft, faults);
  const sound = soundPools(draft, clusters);
  const canPlace = isWhole && sound.arePlaceable && faults.count === toldBefore;
  if (sound.grounded.length > 0) {
    const areNodesKnown = isWhole && sound.areNodesKnown;
    checkGround(draft, pools, { ...sound, areNodesKnown }, faults);
  }
  const placement = canPlace ? placePools(draft, pools, recorded, faults) : undefined;

  const further = furtherNetworks(draft);
  const networks = [...clusters, ...(further?.values() ?? [])].map(({ network }) => network);
  checkNetworks(networks, faults);
  const vmIds = allotVmIds(pools, agreedVmIds(draft), faults);
  const interfaces = new Map<PoolPlan, InterfacePlan[]>();
  for (const cluster of clusters) {
    for (const pool of cluster.pools)
      interfaces.set(pool, planInterfaces(pool, cluster.network, further, faults));
  }
  checkAddresses(clusters, interfaces, faults);
  if (!placement || faults.count > 0) return undefined;

  const ground = { user: draft.access?.user ?? "ubuntu", nodes: placement.nodeOf };
  const built = clusters.map((cluster) =>
    buildCluster(cluster, ground, (pool) => ({
      vmIds: vmIds.get(pool),
      interfaces: interfaces.get(pool) ?? [],
      members: placement.members.get(pool) ?? [],
    })),
  );
  const topology: Topology = deepFreeze({
    clusters: inOrder(built),
    nodes: placement.nodes,
    storages: placement.storages,
    networks: distinctNetworks([...interfaces.values()].flat(), [...(further?.keys() ?? [])]),
    vmIds: agreedVmIds(draft),
    unrecorded: placement.unrecorded,
    warnings: [],
  });
  const warnings = checkRules(topology, { ...draft, inPipeline }, faults);
  return faults.count > 0 ? undefined : deepFreeze({ ...topology, warnings });
}

function furtherNetworks(draft: TopologyDraft): Map<string, FurtherNetwork> | undefined {
  if ("networks" in draft && !draft.networks) return undefined;
  return new Map(
    Object.entries(draft.networks ?? {}).map(([name, settings]) => [
      name,
      { network: planFurtherNetwork(name, settings), bridge: settings?.bridge },
    ]),
  );
}

/** Freezes what is not frozen yet: VMs are when they are made, with all that is in them. */
function deepFreeze<T extends object>(value: T): T {
  if (Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) {
    if (typeof inner === "object" && inner !== null) deepFreeze(inner as object);
  }
  return Object.freeze(value);
}
