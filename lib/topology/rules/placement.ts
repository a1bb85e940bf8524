import { namesOf } from "./paths";
import type { Rule } from "./rule";

export const placementNotRecorded: Rule = {
  name: "placement-not-recorded",
  level: "warning",
  summary: "In a pipeline, VMs are placed on nodes that no placement record will remember.",
  reason:
    "What a pipeline writes beside the topology is lost with its workspace, so the next run places the VMs anew, and those that come out elsewhere are destroyed. Synthesize once where you can commit the record. It is checked where the variable CI is set, for VMs that may be on several nodes.",
  check: ({ clusters, nodes, unrecorded = [] }, report, { inPipeline = false }) => {
    if (unrecorded.length === 0 || !inPipeline) return;
    const keys = new Set(unrecorded);
    const vms = clusters.flatMap((cluster) => cluster.vms.filter(({ key }) => keys.has(key)));
    report({
      path: ["proxmox", "nodes"],
      problem: `got ${nodes.length} nodes, and no placement record that says on which ${namesOf(vms)} ${vms.length === 1 ? "is" : "are"}: the next run may choose another, which destroys a VM and makes it anew`,
      fix: "run the synthesis where you can commit what it records beside the topology",
      clusters: [...new Set(vms.map(({ cluster }) => cluster))],
    });
  },
};
