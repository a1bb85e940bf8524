import { clusterPath, memberName } from "./cluster-draft";
import type { ClusterDraft } from "./cluster-draft";
import type { FaultCollector } from "./fault-collector";

/** RFC 1035: a DNS label has at most 63 characters. */
const LONGEST_LABEL = 63;

/**
 * Checks the clusters' names. A name is the first part of its VMs' hostnames and of their Terraform names,
 * so it is both a DNS label and the beginning of a Terraform name.
 */
export function checkNames(clusters: readonly ClusterDraft[], faults: FaultCollector): void {
  const managers = clusters.filter(({ settings }) => settings.role === "manager");
  for (const other of managers.slice(1)) {
    const problem = `got "manager", which clusters.${managers[0]?.name} is already`;
    faults.add(
      clusterPath(other.name, "role"),
      problem,
      'a topology has one manager at most: make one of the two "apps"',
    );
  }
  for (const { name, settings } of clusters) {
    const path = clusterPath(name);
    const longestMember = memberName(name, settings.members ?? 1);
    if (longestMember.length > LONGEST_LABEL) {
      const spare = LONGEST_LABEL - (longestMember.length - name.length);
      const problem = `the name has ${name.length} characters, so ${longestMember} would have ${longestMember.length}`;
      faults.add(path, problem, `a DNS label has at most ${LONGEST_LABEL}: shorten the name to ${spare}`);
    } else if (name === "manager" && settings.role === "apps") {
      const problem = 'the name "manager" stands for the cluster with that role in the output cluster_ips';
      faults.add(path, problem, 'name it otherwise, or give it the role "manager"');
    }
  }
}
