import { failure } from "../schema/api-error";
import { STORAGE_TYPES, type StorageTypeName } from "./storage-types";
import { type Volume, VolumeGroup } from "./volumes";

/** A storage as `storage.cfg` would define it. */
export interface StorageDefinition {
  readonly id: string;
  readonly type: StorageTypeName;
  readonly sizeBytes: number;
  readonly shared: boolean;
  /** Nodes that have it; absent for all. */
  readonly nodes?: readonly string[];
  /** What it may hold: `images`, `iso`, … */
  readonly content: readonly string[];
  /** @default false */
  readonly disabled?: boolean;
  /** Folder or pool in which its volumes lie. @default - as {@link VolumeGroup} has it */
  readonly path?: string;
}

/** A volume with the group it lies in. */
export interface LocatedVolume {
  readonly group: VolumeGroup;
  readonly volume: Volume;
}

/** Splits a volume id at its first colon. */
export function splitVolumeId(volumeId: string): { storage: string; name: string } {
  const colon = volumeId.indexOf(":");
  return { storage: volumeId.slice(0, colon), name: volumeId.slice(colon + 1) };
}

/** The VM that a volume was made for, by its name; undefined for what is no VM's. */
export function ownerOf(volumeId: string): number | undefined {
  const owner = /[:/](?:vm|base)-(\d+)-[^/]+$/.exec(volumeId)?.[1];
  return owner === undefined ? undefined : Number(owner);
}

/** All storages of the cluster and what lies on them. */
export class Storages {
  readonly #groups = new Map<string, VolumeGroup>();

  constructor(readonly definitions: readonly StorageDefinition[]) {}

  /**
   * The definition of a storage that is there on the node.
   *
   * @throws ApiError 500 `storage 'x' does not exist`, `… is disabled` or `… is not available on node 'y'`
   */
  require(id: string, node: string): StorageDefinition {
    const definition = this.definitions.find((each) => each.id === id);
    if (definition === undefined) throw failure(`storage '${id}' does not exist`);
    if (definition.disabled === true) throw failure(`storage '${id}' is disabled`);
    if (!isOnNode(definition, node)) {
      throw failure(`storage '${id}' is not available on node '${node}'`);
    }
    return definition;
  }

  /** The storages that a node has, switched off ones among them. */
  onNode(node: string): StorageDefinition[] {
    return this.definitions.filter((definition) => isOnNode(definition, node));
  }

  /**
   * The volumes of a storage, as one node sees them.
   *
   * @throws ApiError as {@link require}
   */
  group(id: string, node: string): VolumeGroup {
    const { shared, type, sizeBytes, path } = this.require(id, node);
    const key = shared ? id : `${id}@${node}`;
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = new VolumeGroup(id, type, sizeBytes, path);
    this.#groups.set(key, group);
    return group;
  }

  /** The volumes of every storage that has held one. */
  allGroups(): VolumeGroup[] {
    return [...this.#groups.values()];
  }

  /** A volume by its id (`storage:name`), or undefined. */
  find(volumeId: string, node: string): LocatedVolume | undefined {
    const { storage, name } = splitVolumeId(volumeId);
    const definition = this.definitions.find((each) => each.id === storage);
    if (definition === undefined || definition.disabled === true || !isOnNode(definition, node))
      return undefined;
    const group = this.group(storage, node);
    const volume = group.find(name);
    return volume === undefined ? undefined : { group, volume };
  }

  /**
   * The lock that serialises allocation on a storage: of one node, or of the cluster where it is shared.
   *
   * @throws ApiError as {@link require}
   */
  lock(id: string, node: string): { readonly path: string; readonly timeoutText: string } {
    const file = `/var/lock/pve-manager/pve-storage-${id}`;
    return this.require(id, node).shared
      ? { path: `storage-${id}`, timeoutText: `cfs-lock 'storage-${id}' error: got lock request timeout` }
      : { path: `${node}:${file}`, timeoutText: `can't lock file '${file}' - got timeout` };
  }
}

/** Whether all nodes see the same volumes: by its type or as it was set up. */
export function isShared(type: StorageTypeName, shared: boolean): boolean {
  return shared || STORAGE_TYPES[type].alwaysShared;
}

function isOnNode(definition: StorageDefinition, node: string): boolean {
  return definition.nodes?.includes(node) ?? true;
}
