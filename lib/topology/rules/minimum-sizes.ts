import type { Cluster, Pool } from "../topology";
import { namesOf, settingPaths } from "./paths";
import type { Report, Rule, Written } from "./rule";

/** What a VM needs at least, and who says so. */
interface Minimum {
  readonly cores: number;
  /** In 10^6 bytes, as the documentation counts. */
  readonly memoryMB: number;
  /** What people give a VM who mean that much. */
  readonly memoryMiB: number;
  readonly source: string;
}

/**
 * Each member of the cluster that runs Rancher, the smallest size ("Small": up to 150 clusters), on K3s and RKE2 alike.
 * Source: Rancher, "Installation Requirements", https://ranchermanager.docs.rancher.com/getting-started/installation-and-upgrade/installation-requirements
 * (github.com/rancher/rancher-docs at 3bd785b; the tables of K3s and of RKE2).
 */
const managerMinimum: Minimum = {
  cores: 4,
  memoryMB: 16_000,
  memoryMiB: 16_384,
  source: "Rancher's documentation",
};

/**
 * The servers of any cluster. RKE2 asks for more (2 cores, 4 GB); which of the two is installed is not known here.
 * Source: K3s, "Requirements", https://docs.k3s.io/installation/requirements (github.com/k3s-io/docs at 005d295).
 */
const serverMinimum: Minimum = {
  cores: 2,
  memoryMB: 2000,
  memoryMiB: 2048,
  source: "K3s's documentation",
};

/** What K3s asks of an agent, the least that any node of K3s or RKE2 needs. Source: as above. */
const leastMemory = { memoryMB: 512, memoryMiB: 512 };

/** Up to here a number that is too small for MiB was most likely meant as GiB. */
const MOST_MEANT_GIB = 256;

export const memoryTooSmall: Rule = {
  name: "memory-too-small",
  level: "error",
  summary: `A VM has less memory than any node of Kubernetes needs: ${gigabytes(leastMemory)}.`,
  reason:
    "That is what K3s's documentation asks of an agent; RKE2 and all servers need more. A number as small as that was mostly meant as GiB: 16 GiB are 16384.",
  check: ({ clusters }, report, written) => {
    for (const cluster of clusters) {
      const places = cluster.pools.flatMap((pool) => {
        const small = pool.vms.filter((vm) => vm.memoryMiB < inMiB(leastMemory));
        return settingPaths(cluster, pool, small, "memoryMiB", written);
      });
      for (const { path, vms } of places) {
        const [{ memoryMiB } = { memoryMiB: 0 }] = vms;
        report({
          path,
          problem: `got ${memoryMiB} MiB for ${namesOf(vms)}, below the ${gigabytes(leastMemory)} that K3s's documentation asks of any node`,
          fix:
            memoryMiB <= MOST_MEANT_GIB
              ? `did you mean ${memoryMiB * 1024} (${memoryMiB} GiB)?`
              : `use ${leastMemory.memoryMiB} or more`,
          clusters: [cluster.name],
        });
      }
    }
  },
};

export const managerBelowMinimum: Rule = {
  name: "manager-below-minimum",
  level: "warning",
  summary: `A VM of the manager has fewer than ${managerMinimum.cores} cores or less than ${gigabytes(managerMinimum)} of memory.`,
  reason:
    "That is the least that Rancher's documentation asks of each member of the cluster that Rancher runs on, for up to 150 managed clusters. A few clusters get by with less, in a lab.",
  check: ({ clusters }, report, written) => {
    for (const cluster of clusters) {
      if (cluster.role !== "manager") continue;
      for (const pool of cluster.pools) reportBelow(cluster, pool, managerMinimum, report, written);
    }
  },
};

export const vmBelowMinimum: Rule = {
  name: "vm-below-minimum",
  level: "warning",
  summary: "A server is too small for Kubernetes: it has fewer than 2 cores or less than 2 GB of memory.",
  reason:
    "These are K3s's own minimums, before any workload; below them it starts and then fails when it is short of memory. The manager is under the larger minimum of manager-below-minimum.",
  check: ({ clusters }, report, written) => {
    for (const cluster of clusters) {
      if (cluster.role === "manager") continue;
      for (const pool of cluster.pools)
        if (pool.role === "server") reportBelow(cluster, pool, serverMinimum, report, written);
    }
  },
};

function reportBelow(cluster: Cluster, pool: Pool, minimum: Minimum, report: Report, written: Written): void {
  const { cores, memoryMB, memoryMiB, source } = minimum;
  const leastMiB = inMiB({ memoryMB });
  const few = pool.vms.filter((vm) => vm.cores < cores);
  for (const { path, vms } of settingPaths(cluster, pool, few, "cores", written)) {
    const got = spread(vms.map((vm) => vm.cores));
    report({
      path,
      problem: `got ${got} for ${namesOf(vms)}, below the ${cores} that ${source} asks for`,
      fix: `use ${cores} or more`,
      clusters: [cluster.name],
    });
  }
  // What is below the least of all, memoryTooSmall tells.
  const small = pool.vms.filter((vm) => vm.memoryMiB < leastMiB && vm.memoryMiB >= inMiB(leastMemory));
  for (const { path, vms } of settingPaths(cluster, pool, small, "memoryMiB", written)) {
    const got = spread(vms.map((vm) => vm.memoryMiB));
    report({
      path,
      problem: `got ${got} MiB for ${namesOf(vms)}, below the ${gigabytes(minimum)} that ${source} asks for`,
      fix: `use ${memoryMiB} or more`,
      clusters: [cluster.name],
    });
  }
}

function inMiB({ memoryMB }: Pick<Minimum, "memoryMB">): number {
  return (memoryMB * 1000 ** 2) / 1024 ** 2;
}

function gigabytes({ memoryMB }: Pick<Minimum, "memoryMB">): string {
  return memoryMB < 1000 ? `${memoryMB} MB` : `${memoryMB / 1000} GB`;
}

function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least} to ${most}`;
}
