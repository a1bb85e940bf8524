import { namesOf, settingPaths } from "./paths";
import type { Rule } from "./rule";

/** Proxmox VE refuses to make a disk smaller (qemu-server: "shrinking disks is not supported"). */
export const diskBelowTemplate: Rule = {
  name: "disk-below-template",
  level: "error",
  summary: "A boot disk is smaller than that of the template it is cloned from.",
  reason:
    "Proxmox grows a disk and never shrinks one, so the deployment would fail at the first VM. It is checked where templateDiskGiB is given.",
  check: ({ clusters }, report, written) => {
    for (const cluster of clusters) {
      for (const pool of cluster.pools) {
        const { templateDiskGiB } = pool;
        if (templateDiskGiB === undefined) continue;
        const small = pool.vms.filter(({ diskGiB }) => diskGiB < templateDiskGiB);
        for (const { path, vms } of settingPaths(cluster, pool, small, "diskGiB", written)) {
          const got = Math.min(...vms.map(({ diskGiB }) => diskGiB));
          report({
            path,
            problem: `got ${got} GiB for ${namesOf(vms)}, less than the ${templateDiskGiB} GiB of the template's disk (templateDiskGiB)`,
            fix: `use ${templateDiskGiB} or more: Proxmox cannot shrink a disk`,
            clusters: [cluster.name],
          });
        }
      }
    }
  },
};
