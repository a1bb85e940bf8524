import { denied, type Rights } from "../access/rights";
import { failure, parameterError } from "../schema/api-error";
import { isDriveKey } from "../schema/drive-schema";
import type { StorageDefinition } from "../world/storages";
import { splitVolumeId } from "../world/storages";
import { hasFeatureAtSnapshot } from "../world/volume-snapshots";
import { assertUnlocked, requireVm, requireVmProcess, type World } from "../world/world";
import { assertMayUseBridges } from "./bridge-rights";
import { type Drive, driveVolume, isCloudInitDrive, isOptical, parseDrive } from "./drives";
import { requireSnapshot } from "./snapshots";

/** A clone to be made. */
export interface CloneRequest {
  readonly node: string;
  readonly vmid: number;
  readonly newVmid: number;
  /** The node that the clone goes to. */
  readonly targetNode: string;
  /** The storage of a full clone. @default - each disk stays on its own */
  readonly storage?: string;
  /** The format of a full clone. @default - that of each disk */
  readonly format?: string;
  /** @default - full, but linked for a template */
  readonly full?: boolean;
  /** @default - `Copy-of-VM-NAME` */
  readonly name?: string;
  /** @default - that of the source */
  readonly description?: string;
  readonly snapname?: string;
  /** The pool that the clone joins when it is done. @default - none */
  readonly pool?: string;
  /** Of the caller. */
  readonly rights: Rights;
}

/** What a checked clone works on. */
export interface CloneSource {
  /** What is copied: the configuration in force, or that of a snapshot. */
  readonly config: Readonly<Record<string, string>>;
  readonly isFull: boolean;
  /** The drives that get a volume of their own, in the order in which they are copied. */
  readonly drives: readonly Drive[];
}

/**
 * Checks what does not depend on the source; happens once, before the task.
 *
 * @throws ApiError 500
 */
export function assertCloneTarget(world: World, request: CloneRequest): void {
  const { targetNode, node, storage } = request;
  if (!world.nodes.includes(targetNode)) throw failure(`no such cluster node '${targetNode}'`);
  if (storage !== undefined) {
    const definition = world.storages.require(storage, node);
    if (targetNode !== node) {
      world.storages.require(storage, targetNode);
      if (!definition.shared) throw failure(`can't clone to non-shared storage '${storage}'`);
    }
  }
  requireVmProcess(world, node, request.vmid);
}

/**
 * Checks a clone against its source; happens before the task, and in it again.
 *
 * @throws ApiError 400, 403 or 500
 */
export function checkCloneSource(world: World, request: CloneRequest): CloneSource {
  const { node, storage, newVmid } = request;
  if (request.pool !== undefined && !world.pools.has(request.pool)) {
    throw denied(`pool '${request.pool}' does not exist`);
  }
  const vm = requireVm(world, node, request.vmid);
  assertUnlocked(vm);
  const config = request.snapname === undefined ? vm.config : requireSnapshot(vm, request.snapname);
  const isFull = request.full ?? !vm.isTemplate;
  if (!isFull && storage !== undefined) throw failure("parameter 'storage' not allowed for linked clones");
  if (!isFull && request.format !== undefined)
    throw failure("parameter 'format' not allowed for linked clones");
  const drives = Object.keys(config)
    .filter(isDriveKey)
    .sort()
    .map((key) => parseDrive(key, config[key] ?? ""))
    .filter((drive) => !isOptical(drive) || isCloudInitDrive(drive));
  const definitions = drives.map((drive) => cloneStorage(world, request, drive));
  assertMayUseBridges(request.rights, vm.config);
  if (request.targetNode !== node && !definitions.every(({ shared }) => shared)) {
    throw failure(`can't clone VM to node '${request.targetNode}' (VM uses local storage)`);
  }
  if (world.vms.get(newVmid)?.node === node) {
    throw failure(`unable to create VM ${newVmid}: config file already exists`);
  }
  for (const drive of drives) {
    if (request.snapname !== undefined) assertClonableAtSnapshot(world, node, drive, isFull);
    else if (!isFull) assertLinkable(world, node, drive);
  }
  return { config, isFull, drives };
}

/** The storages that one drive of a clone touches: whether all of them are shared. Cloud-init drives cost nothing. */
function cloneStorage(world: World, request: CloneRequest, drive: Drive): { shared: boolean } {
  const source = world.storages.require(splitVolumeId(drive.file).storage, request.node);
  if (!isCloudInitDrive(drive)) {
    request.rights.assert(`/storage/${request.storage ?? source.id}`, "Datastore.AllocateSpace");
  }
  if (request.storage === undefined) {
    assertHoldsImages(source);
    return source;
  }
  const target = world.storages.require(request.storage, request.node);
  assertHoldsImages(target);
  return { shared: source.shared && target.shared };
}

function assertHoldsImages(definition: StorageDefinition): void {
  if (definition.content.includes("images")) return;
  throw parameterError({ storage: `storage '${definition.id}' does not support vm images` });
}

function assertLinkable(world: World, node: string, drive: Drive): void {
  if (isCloudInitDrive(drive)) return;
  const located = driveVolume(world, node, drive);
  const isBase = located !== undefined && isBaseVolume(located.volume.name);
  if (!isBase) throw failure(`Linked clone feature is not supported for '${drive.file}' (${drive.key})`);
}

/** A snapshot can be cloned if its storage can read it while the disk goes on changing. */
function assertClonableAtSnapshot(world: World, node: string, drive: Drive, isFull: boolean): void {
  const located = driveVolume(world, node, drive);
  const copies = isFull || isCloudInitDrive(drive);
  if (located === undefined || hasFeatureAtSnapshot(located, copies ? "copy" : "clone")) return;
  const kind = copies ? "Full" : "Linked";
  throw failure(`${kind} clone feature is not supported for a snapshot of '${drive.file}' (${drive.key})`);
}

function isBaseVolume(name: string): boolean {
  return (name.split("/").at(-1) ?? "").startsWith("base-");
}
