/** The network of the topology's `network`, on the topology's bridge. */
export const SHARED_NETWORK = "main";

/** What sets a pool's main network apart from that of the topology. A bridge is undefined where its fault is told already. */
export interface MainNetworkTraits {
  readonly cluster: string;
  /** Whether the cluster's `network` differs from that of the topology. */
  readonly isOwn: boolean;
  readonly bridge: string | undefined;
  readonly bridgeOfCluster: string | undefined;
  readonly bridgeOfTopology: string | undefined;
}

/**
 * Names the main network of a pool after what sets it apart, so that pools in the same one agree on its name:
 * "main", "main of web", and "main of web on vmbr8" where the pool has another bridge than its cluster.
 */
export function mainNetworkName(traits: MainNetworkTraits): string {
  const { cluster, isOwn, bridge, bridgeOfCluster, bridgeOfTopology } = traits;
  if (!isOwn && [undefined, bridgeOfTopology].includes(bridge)) return SHARED_NETWORK;
  const own = `${SHARED_NETWORK} of ${cluster}`;
  return [undefined, bridgeOfCluster].includes(bridge) ? own : `${own} on ${bridge}`;
}

/** The cluster whose own main network has this name; undefined for one that is shared. */
export function clusterOfNetwork(name: string): string | undefined {
  return /^main of (\S+)/.exec(name)?.[1];
}
