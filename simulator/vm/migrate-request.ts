import { failure, parameterError } from "../schema/api-error";
import { splitList } from "../schema/formats";
import { splitVolumeId, type StorageDefinition } from "../world/storages";
import type { Vm } from "../world/vm";
import { assertUnlocked, requireVm, type World } from "../world/world";
import { vmVolumes } from "./vm-volumes";

/** A VM to be moved to another node. */
export interface MigrationRequest {
  readonly node: string;
  readonly vmid: number;
  readonly target: string;
  /** Whether a running VM goes on running. */
  readonly online: boolean;
  /** Whether the disks of a running VM may come along from storages that are not shared. */
  readonly withLocalDisks: boolean;
  /** The storages that local volumes go to, as the call has them: one for all, or pairs. @default - the same */
  readonly targetStorage?: string;
}

/** Where local volumes go: by the storage that they lie on. */
export type StorageMap = (storage: string) => string;

/**
 * Refuses at once what can be refused at once.
 *
 * @throws ApiError 400 or 500
 */
export function assertMigratable(world: World, request: MigrationRequest): Vm {
  const { node, vmid, target, online } = request;
  if (target === node) throw parameterError({ target: "target is local node." });
  if (!world.nodes.includes(target)) throw failure(`no such cluster node '${target}'`);
  const vm = requireVm(world, node, vmid);
  assertUnlocked(vm);
  if (vm.guest !== undefined && !online) throw failure("can't migrate running VM without --online");
  const { targetStorage } = request;
  if (targetStorage === undefined || targetStorage === "1") {
    for (const storage of storagesOf(world, vm)) world.storages.require(storage.id, target);
  } else {
    for (const id of namedTargets(targetStorage)) assertTakesImages(world, id, target);
  }
  return vm;
}

/** What is not the same everywhere of the storages that a VM needs. */
export function localStorages(world: World, vm: Vm): StorageDefinition[] {
  return storagesOf(world, vm).filter(({ shared }) => !shared);
}

/** The storages on which the volumes of a VM lie, each once. */
export function storagesOf(world: World, vm: Vm): StorageDefinition[] {
  const ids = new Set(vmVolumes(vm).map((volumeId) => splitVolumeId(volumeId).storage));
  return [...ids].sort().map((id) => world.storages.require(id, vm.node));
}

/** Reads where the volumes go. */
export function readStorageMap(targetStorage: string | undefined): StorageMap {
  const entries = splitList(targetStorage ?? "").map((entry) => entry.split(":", 2));
  const pairs = new Map(entries.filter(({ length }) => length === 2) as [string, string][]);
  const [everything] = entries.find(({ length }) => length === 1) ?? [];
  const fallback = everything === "1" ? undefined : everything;
  return (storage) => pairs.get(storage) ?? fallback ?? storage;
}

/** The storages that a map names as targets. */
export function namedTargets(targetStorage: string): string[] {
  return splitList(targetStorage)
    .map((entry) => entry.split(":", 2).at(-1) ?? "")
    .filter((id) => id !== "1");
}

function assertTakesImages(world: World, id: string, node: string): void {
  if (world.storages.require(id, node).content.includes("images")) return;
  throw failure(`storage '${id}' does not support vm images`);
}
