import { failure } from "../schema/api-error";

/** A resource pool as it is shown: its VMs may include some that do not exist (any more). */
interface Pool {
  readonly id: string;
  /** @default - none */
  readonly comment?: string;
  readonly vmids: readonly number[];
  readonly storageIds: readonly string[];
}

/** What is to become of a pool. */
interface PoolChange {
  /** Empty removes it. @default - stays as it is */
  readonly comment?: string;
  readonly vmids: readonly number[];
  readonly storageIds: readonly string[];
  /** Whether the members are taken out instead of put in. */
  readonly isRemoval: boolean;
  /** Whether a VM may come out of another pool. */
  readonly allowMove: boolean;
}

interface PoolEntry {
  readonly comment: string;
  readonly storageIds: ReadonlySet<string>;
}

/** The resource pools of the cluster. A VM is in one pool at most, a storage may be in many. */
export class Pools {
  readonly #pools = new Map<string, PoolEntry>();
  /** The pool of each VM. */
  #poolOfVm = new Map<number, string>();

  /** @param ids the pools; those that enclose a nested one (`a` of `a/b`) are made with it */
  constructor(ids: readonly string[]) {
    for (const id of ids) {
      for (const parent of enclosing(id)) this.#pools.set(parent, { comment: "", storageIds: new Set() });
    }
  }

  /** Names of all pools, in the order of the alphabet. */
  ids(): string[] {
    return [...this.#pools.keys()].sort();
  }

  /** Whether there is such a pool. */
  has(id: string): boolean {
    return this.#pools.has(id);
  }

  /** Sets a pool up with its members, without a question. */
  restore(id: string, { comment, vmids, storageIds }: Required<Omit<Pool, "id">>): void {
    for (const each of enclosing(id)) {
      if (!this.has(each)) this.#pools.set(each, { comment: "", storageIds: new Set() });
    }
    this.#pools.set(id, { comment, storageIds: new Set(storageIds) });
    for (const vmid of vmids) this.join(vmid, id);
  }

  /** The pools that a storage is in. */
  ofStorage(storageId: string): string[] {
    return this.ids().filter((id) => this.#pools.get(id)?.storageIds.has(storageId) === true);
  }

  /** The pool that a VM is in, or undefined. */
  ofVm(vmid: number): string | undefined {
    return this.#poolOfVm.get(vmid);
  }

  /**
   * What is known of a pool; members in the order of the alphabet.
   *
   * @throws ApiError 500 `pool 'x' does not exist`
   */
  show(id: string): Pool {
    const pool = this.#pools.get(id);
    if (pool === undefined) throw failure(`pool '${id}' does not exist`);
    const { comment, storageIds } = pool;
    const members = [...this.#poolOfVm].filter(([, poolId]) => poolId === id).map(([vmid]) => String(vmid));
    return {
      id,
      ...(comment !== "" && { comment }),
      vmids: members.sort().map(Number),
      storageIds: [...storageIds].sort(),
    };
  }

  /**
   * Changes a pool, in whole or not at all. Nobody asks whether the members exist.
   *
   * @throws ApiError 500 `update pools failed: …`
   */
  update(id: string, change: PoolChange): void {
    const pool = this.#pools.get(id);
    if (pool === undefined) throw refusal(`pool '${id}' does not exist`);
    const poolOfVm = changedVms(this.#poolOfVm, id, change);
    const storageIds = changedStorages(pool.storageIds, change);
    this.#poolOfVm = poolOfVm;
    this.#pools.set(id, { comment: change.comment ?? pool.comment, storageIds });
  }

  /**
   * Makes a pool.
   *
   * @throws ApiError 500 where it exists, or the one that would enclose it does not
   */
  create(id: string, comment: string): void {
    if (this.has(id)) throw failure(`create pool failed: pool '${id}' already exists`);
    const parent = enclosing(id).at(-2);
    if (parent !== undefined && !this.has(parent)) {
      throw failure(`create pool failed: parent '${parent}' of pool '${id}' does not exist`);
    }
    this.#pools.set(id, { comment, storageIds: new Set() });
  }

  /**
   * Removes an empty pool. Members that are gone do not count.
   *
   * @param exists whether a VM or a storage is there
   * @throws ApiError 500
   */
  remove(id: string, exists: (member: { vmid: number } | { storageId: string }) => boolean): void {
    if (!this.has(id)) throw failure(`delete pool failed: pool '${id}' does not exist`);
    const { vmids, storageIds } = this.show(id);
    const members = [
      ...this.ids()
        .filter((other) => enclosing(other).at(-2) === id)
        .map((other) => `pool '${other}'`),
      ...vmids.filter((vmid) => exists({ vmid })).map((vmid) => `VM ${vmid}`),
      ...storageIds.filter((storageId) => exists({ storageId })).map((storageId) => `storage '${storageId}'`),
    ];
    const [first] = members;
    if (first !== undefined)
      throw failure(`delete pool failed: pool '${id}' is not empty (contains ${first})`);
    for (const vmid of vmids) this.leave(vmid);
    this.#pools.delete(id);
  }

  /** Puts a new VM into a pool, without a question. */
  join(vmid: number, id: string): void {
    this.#poolOfVm.set(vmid, id);
  }

  /** Takes a VM that is gone out of its pool. */
  leave(vmid: number): void {
    this.#poolOfVm.delete(vmid);
  }
}

function refusal(text: string): Error {
  return failure(`update pools failed: ${text}`);
}

function changedVms(
  current: ReadonlyMap<number, string>,
  id: string,
  change: PoolChange,
): Map<number, string> {
  const poolOfVm = new Map(current);
  for (const vmid of change.vmids) {
    const pool = poolOfVm.get(vmid);
    if (change.isRemoval) {
      if (pool !== id) throw refusal(`VM ${vmid} is not a pool member`);
      poolOfVm.delete(vmid);
      continue;
    }
    if (pool === id) throw refusal(`VM ${vmid} is already a pool member`);
    if (pool !== undefined && !change.allowMove) {
      throw refusal(`VM ${vmid} belongs already to pool '${pool}' and 'allow-move' is not set`);
    }
    poolOfVm.set(vmid, id);
  }
  return poolOfVm;
}

function changedStorages(current: ReadonlySet<string>, change: PoolChange): ReadonlySet<string> {
  const storageIds = new Set(current);
  for (const storageId of change.storageIds) {
    if (storageIds.has(storageId) !== change.isRemoval) {
      throw refusal(`Storage '${storageId}' is ${change.isRemoval ? "not" : "already"} a pool member`);
    }
    if (change.isRemoval) storageIds.delete(storageId);
    else storageIds.add(storageId);
  }
  return storageIds;
}

/** `a/b/c` with all that enclose it: `a`, `a/b`, `a/b/c`. */
function enclosing(id: string): string[] {
  const parts = id.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
