import type { Cluster, Pool, Topology } from "../topology";

/** The groups that hold members of every cluster, by what they are. */
const ROLE_GROUPS = ["servers", "agents", "manager", "apps"] as const;

/** Names of the groups of an Ansible inventory; each is a name that Ansible takes, and no two are the same. */
export interface GroupNames {
  readonly ofCluster: ReadonlyMap<Cluster, string>;
  /** Pools of clusters in their short form have none: their members are in the group of the cluster. */
  readonly ofPool: ReadonlyMap<Pool, string>;
}

/**
 * Names a group for every cluster (`nprd_apps`) and every named pool (`nprd_apps_workers`). Ansible takes no hyphen;
 * where that makes two names one, or one of Ansible's or of the roles', the later gets a number: `nprd_apps_2`.
 */
export function nameGroups({ clusters }: Topology): GroupNames {
  const taken = new Set<string>(["all", "ungrouped", ...ROLE_GROUPS]);
  const claim = (text: string): string => {
    const base = text.replaceAll("-", "_");
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}_${number}`;
    taken.add(name);
    return name;
  };
  const ofCluster = new Map(clusters.map((cluster) => [cluster, claim(cluster.name)]));
  const ofPool = new Map(
    clusters.flatMap((cluster) =>
      cluster.pools.flatMap((pool): [Pool, string][] =>
        pool.name === undefined ? [] : [[pool, claim(`${cluster.name}-${pool.name}`)]],
      ),
    ),
  );
  return { ofCluster, ofPool };
}
