import type { FaultPath } from "../fault";
import type { Overcommit, ProxmoxNode, Storage } from "../topology";
import type { PlacementMember } from "./placement-pool";

/** A Proxmox node and what is left of it. What is not limited is left out. */
export interface Host {
  readonly name: string;
  /** Its place among all hosts, from 0. */
  readonly index: number;
  readonly cores?: Supply;
  readonly memory?: Supply;
  /** By storage: those of its own, and the shared ones, whose supply is the same on every host. */
  readonly storages: ReadonlyMap<string, Supply>;
}

/** Something that there is a limited amount of, and what members take of it. */
export interface Supply {
  /** Stands after its amounts: "cores", "MiB", "GiB of ceph". */
  readonly unit: string;
  /**
   * Name of the node that has it.
   * @default - all nodes share it
   */
  readonly node?: string;
  /** Where it is declared. */
  readonly path: FaultPath;
  /** As declared, before over-commit. */
  readonly declared: number;
  /** What may be taken, over-commit included. */
  readonly limit: number;
  /**
   * What a single member may take.
   * @default - all of it
   */
  readonly largest?: number;
  /** More than the limit where members stay that do not fit. */
  taken: number;
}

/** What a member takes. */
export interface Need {
  readonly cores: number;
  readonly memoryMiB: number;
  /** GiB by storage, each storage once. */
  readonly storageGiB: readonly (readonly [storage: string, sizeGiB: number])[];
}

/** An amount of a supply. */
export interface Draw {
  readonly supply: Supply;
  readonly amount: number;
}

/** The hosts by name, with nothing taken yet. */
export function hostsOf(
  nodes: readonly ProxmoxNode[],
  storages: readonly Storage[],
  overcommit: Overcommit,
): Map<string, Host> {
  const shared = new Map<string, Supply>();
  for (const { name, shared: isShared, capacityGiB } of storages) {
    const path = ["proxmox", "storages", name, "capacityGiB"];
    const all = supply(`GiB of ${name}`, undefined, path, capacityGiB, overcommit.storage);
    if (isShared === true && all) shared.set(name, all);
  }
  // No node has room of its own on a shared storage: where it is declared, that is told already.
  const sharedNames = new Set(storages.filter((storage) => storage.shared === true).map(({ name }) => name));
  return new Map(nodes.map((node, index) => [node.name, hostOf(node, index, shared, sharedNames)]));
}

/** What a member takes, summed up once for all hosts that are tried. */
export function needOf({ cores, memoryMiB, disks }: PlacementMember): Need {
  const sizes = new Map<string, number>();
  for (const { storage, sizeGiB } of disks) sizes.set(storage, (sizes.get(storage) ?? 0) + sizeGiB);
  return { cores, memoryMiB, storageGiB: [...sizes] };
}

/** Whether a host has room for a member. */
export function hasRoom({ cores, memory, storages }: Host, need: Need): boolean {
  if (cores && isShort(cores, need.cores)) return false;
  if (memory && isShort(memory, need.memoryMiB)) return false;
  if (storages.size === 0) return true;
  return need.storageGiB.every(([name, sizeGiB]) => {
    const supply = storages.get(name);
    return !supply || !isShort(supply, sizeGiB);
  });
}

/** What a member takes of a host, as far as it is limited. */
export function drawsOn({ cores, memory, storages }: Host, need: Need): Draw[] {
  const draws: [Supply | undefined, number][] = [
    [cores, need.cores],
    [memory, need.memoryMiB],
  ];
  for (const [storage, sizeGiB] of need.storageGiB) draws.push([storages.get(storage), sizeGiB]);
  return draws.flatMap(([supply, amount]) => (supply ? [{ supply, amount }] : []));
}

/** Whether a member takes more than any single one may, however much is left. */
export function isTooLarge({ largest }: Supply, amount: number): boolean {
  return largest !== undefined && amount > largest;
}

/** Whether less is left of a supply than is needed. */
export function isShort(supply: Supply, amount: number): boolean {
  if (isTooLarge(supply, amount)) return true;
  // A product of decimals, as 1.1 * 30, may miss its whole number by a hair.
  return supply.taken + amount > supply.limit + 1e-6;
}

/** Gives a member what it needs, whether there is enough or not. */
export function take(host: Host, need: Need): void {
  for (const { supply, amount } of drawsOn(host, need)) supply.taken += amount;
}

function hostOf(
  { name, capacity }: ProxmoxNode,
  index: number,
  shared: ReadonlyMap<string, Supply>,
  sharedNames: ReadonlySet<string>,
): Host {
  const { cores, memoryMiB, storageGiB, overcommit } = capacity;
  const path = ["proxmox", "nodes", name];
  const storages = new Map<string, Supply>();
  for (const [storage, size] of Object.entries(storageGiB)) {
    const ownPath = [...path, "storageGiB", storage];
    const own = supply(`GiB of ${storage}`, name, ownPath, size, overcommit.storage);
    if (own && !sharedNames.has(storage)) storages.set(storage, own);
  }
  for (const [storage, all] of shared) storages.set(storage, all);
  return {
    name,
    index,
    cores: wholeSupply(supply("cores", name, [...path, "cores"], cores, overcommit.cores)),
    memory: supply("MiB", name, [...path, "memoryMiB"], memoryMiB, overcommit.memory),
    storages,
  };
}

/**
 * A supply that no member can take more of than there is, over-commit or not: Proxmox VE starts no VM with more cores
 * than its node has CPU threads ("MAX … vcpus allowed per VM on this node", qemu-server:src/PVE/QemuServer.pm).
 */
function wholeSupply(all: Supply | undefined): Supply | undefined {
  return all && { ...all, largest: all.declared };
}

function supply(
  unit: string,
  node: string | undefined,
  path: FaultPath,
  declared: number | undefined,
  factor: number,
): Supply | undefined {
  return declared === undefined
    ? undefined
    : { unit, node, path, declared, limit: declared * factor, taken: 0 };
}
