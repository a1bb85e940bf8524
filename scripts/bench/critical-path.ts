import type { Topology } from "../../lib";
import type { TaskSnapshot } from "../../simulator";

/** What Proxmox had to do for one VM. */
interface VmWork {
  /** When its first task began. Milliseconds since the epoch. */
  readonly beganMs: number;
  /** Its tasks' own durations and its boot until the agent answers, together. */
  readonly workMs: number;
}

/** What a critical path is computed from. */
export interface Deployed {
  readonly topology: Topology;
  /** Every task of the deployment. */
  readonly tasks: readonly TaskSnapshot[];
  /** From the end of a start task to the first answer of the guest agent. */
  readonly bootMs: number;
  /** How many VMs Terraform works on at once. */
  readonly parallelism: number;
}

/**
 * The shortest time in which Proxmox could have done the same work: in each cluster the VM whose own tasks and boot
 * took longest, and after a cluster those that wait for it. Where a cluster has more VMs than Terraform works on at
 * once, each VM takes the place that is free first.
 *
 * What a task spends waiting for one of Proxmox's locks is part of it; the time between tasks is not, nor are calls
 * that Proxmox answers without a task.
 *
 * @returns milliseconds
 * @throws Error where a VM of the topology has no task
 */
export function criticalPathMs(deployed: Deployed): number {
  const work = workByVm(deployed);
  const doneMs = new Map<string, number>();
  for (const { name, waitsFor, vms } of deployed.topology.clusters) {
    const beginMs = Math.max(0, ...waitsFor.map((other) => doneMs.get(other) ?? 0));
    const clusterWork = vms.map(({ vmId }) => {
      const own = work.get(vmId);
      if (own === undefined) throw new Error(`VM ${vmId} was never cloned`);
      return own;
    });
    doneMs.set(name, beginMs + makespanMs(clusterWork, deployed.parallelism));
  }
  return Math.max(...doneMs.values());
}

function workByVm({ tasks, bootMs }: Deployed): ReadonlyMap<number, VmWork> {
  const work = new Map<number, VmWork>();
  for (const task of tasks) {
    const vmid = task.type === "qmclone" ? cloneTarget(task) : task.vmid;
    const before = work.get(vmid) ?? { beganMs: task.startMs, workMs: 0 };
    const ownMs = (task.endMs ?? task.startMs) - task.startMs + (task.type === "qmstart" ? bootMs : 0);
    work.set(vmid, { ...before, workMs: before.workMs + ownMs });
  }
  return work;
}

/** A clone's task carries the id of its source; the id that it makes stands in its log. */
function cloneTarget({ upid, log }: TaskSnapshot): number {
  const target = /with ID (\d+)/.exec(log.join("\n"))?.[1];
  if (target === undefined) throw new Error(`the log of task ${upid} does not name the clone`);
  return Number(target);
}

/** When the last piece of work is done, each begun in its order on the place that is free first. */
function makespanMs(work: readonly VmWork[], places: number): number {
  const freeAtMs = new Array<number>(Math.min(places, work.length)).fill(0);
  for (const { workMs } of [...work].sort((a, b) => a.beganMs - b.beganMs)) {
    const first = freeAtMs.indexOf(Math.min(...freeAtMs));
    freeAtMs[first] = (freeAtMs[first] ?? 0) + workMs;
  }
  return Math.max(...freeAtMs);
}
