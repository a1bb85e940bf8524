import type { NumberRange, Vm } from "../topology";
import { namesOf, poolPath } from "./paths";
import type { Rule } from "./rule";

export const vmIdOutOfRange: Rule = {
  name: "vm-id-out-of-range",
  level: "error",
  summary: "A VM id is outside the range that was agreed upon for this topology.",
  reason: "Whoever else uses Proxmox counts on the other ids. It is checked where proxmox.vmIds is given.",
  check: ({ clusters, vmIds }, report) => {
    if (!vmIds) return;
    for (const cluster of clusters) {
      for (const pool of cluster.pools) {
        const outside = pool.vms.filter(({ vmId }) => !within(vmIds, vmId));
        // What is outside the pool's own ranges was set for that member alone.
        const isOwn = ({ vmId }: Vm): boolean => !pool.vmIdRanges.some((range) => within(range, vmId));
        const places = outside.filter(isOwn).map((vm) => ({
          path: poolPath(cluster, pool, "overrides", String(vm.number), "vmId"),
          vms: [vm],
        }));
        const shared = outside.filter((vm) => !isOwn(vm));
        if (shared.length > 0) places.push({ path: poolPath(cluster, pool), vms: shared });
        for (const { path, vms } of places) {
          const ids = vms.map(({ vmId }) => vmId);
          const [first, last] = [Math.min(...ids), Math.max(...ids)];
          const got = first === last ? `VM id ${first}` : `${ids.length} VM ids from ${first} to ${last}`;
          report({
            path,
            problem: `got ${got} for ${namesOf(vms)}, outside ${vmIds.first}-${vmIds.last} (proxmox.vmIds)`,
            fix: "use ids in that range, or agree on a larger one",
            clusters: [cluster.name],
          });
        }
      }
    }
  },
};

function within({ first, last }: NumberRange, value: number): boolean {
  return value >= first && value <= last;
}
