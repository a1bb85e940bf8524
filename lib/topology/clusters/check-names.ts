import { formatPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { memberName } from "../pools/pool-plan";
import type { ClusterPlan, PoolPlan } from "../pools/pool-plan";

/** RFC 1035: a DNS label has at most 63 characters. */
const LONGEST_LABEL = 63;

/**
 * Checks the names of clusters and pools together. They are the first parts of the VMs' hostnames and of their
 * Terraform names, so these must not become too long, and no two pools may begin them alike.
 */
export function checkNames(clusters: readonly ClusterPlan[], faults: FaultCollector): void {
  const managers = clusters.filter(({ settings }) => settings.role === "manager");
  for (const other of managers.slice(1)) {
    const problem = `got "manager", which clusters.${managers[0]?.name} is already`;
    const fix = 'a topology has one manager at most: make one of the two "apps"';
    faults.add([...other.path, "role"], problem, fix);
  }
  const prefixes = new Map<string, PoolPlan>();
  for (const { name, path, settings, pools } of clusters) {
    if (name === "manager" && settings.role === "apps") {
      const problem = 'the name "manager" stands for the cluster with that role in the output cluster_ips';
      faults.add(path, problem, 'name it otherwise, or give it the role "manager"');
    }
    for (const pool of pools) checkPoolName(pool, prefixes, faults);
  }
}

function checkPoolName(pool: PoolPlan, prefixes: Map<string, PoolPlan>, faults: FaultCollector): void {
  const { name = pool.cluster, path, prefix } = pool;
  const longestMember = memberName(pool, pool.count ?? 1);
  if (longestMember.length > LONGEST_LABEL && name.length <= LONGEST_LABEL) {
    const spare = LONGEST_LABEL - (longestMember.length - name.length);
    const problem = `the name has ${name.length} characters, so ${longestMember} would have ${longestMember.length}`;
    const shorter = spare > 0 ? `shorten the name to ${spare}` : "shorten the cluster's name";
    faults.add(path, problem, `a DNS label has at most ${LONGEST_LABEL}: ${shorter}`);
  }
  const other = prefixes.get(prefix);
  if (!other) prefixes.set(prefix, pool);
  else {
    const problem = `its members would be named ${prefix}-1 and so on, as those of ${formatPath(other.path)}`;
    faults.add(path, problem, "name one of the two otherwise");
  }
}
