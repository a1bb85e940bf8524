import { formatFault } from "../../../../lib/topology/fault";
import { FaultCollector } from "../../../../lib/topology/fault-collector";
import type { TopologyDraft } from "../../../../lib/topology/draft";
import { readInput } from "../../../../lib/topology/read-input";

/** What every topology has besides its clusters. */
export const base = {
  proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
  network: { cidr: "10.1.0.0/24", domain: "lab.example" },
};

/** A pool of three. */
export const pool = { role: "agent", count: 3, vmIds: "401-410", addresses: "10.1.0.10-10.1.0.19" };

/** The same three as a cluster in its short form. */
export const short = { role: "apps", members: 3, vmIds: pool.vmIds, addresses: pool.addresses };

/** What is read of an input, and what is told of it. */
export function read(input: unknown): { draft: TopologyDraft; told: string[] } {
  const faults = new FaultCollector();
  const draft = readInput(input, faults);
  return { draft, told: faults.all().map((fault) => formatFault(fault)) };
}

/** What is told of a pool with these keys, its path left out. */
export function toldOfPool(keys: object): string[] {
  const { told } = read({
    ...base,
    clusters: { web: { role: "apps", pools: { workers: { ...pool, ...keys } } } },
  });
  return told.map((line) => line.replace("clusters.web.pools.workers.", ""));
}
