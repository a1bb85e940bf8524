import { failure } from "../schema/api-error";
import { isDriveKey, isUnusedKey } from "../schema/drive-schema";
import { Interrupted, WorkerKilled } from "../world/clock";
import { STORAGE_TYPES } from "../world/storage-types";
import { type LocatedVolume, splitVolumeId } from "../world/storages";
import type { TaskHandle } from "../world/tasks";
import type { Vm } from "../world/vm";
import type { Volume, VolumeGroup } from "../world/volumes";
import { holdVmLock, type World } from "../world/world";
import { isInSnapshot, parseDrive, printDrive } from "./drives";
import { assertMigratable, type MigrationRequest, readStorageMap } from "./migrate-request";
import { vmVolumes } from "./vm-volumes";

/** Storage types whose local volumes can be sent to another node. */
const SENDABLE_TYPES = new Set(["dir", "zfspool", "lvmthin"]);

/** A volume on its way: it is on both nodes until the VM has moved. */
interface SentVolume {
  readonly from: LocatedVolume;
  readonly to: LocatedVolume;
}

/** The work of a `qmigrate` task. One that fails leaves the VM where it was, and nothing on the other node. */
export async function migrateVm(world: World, request: MigrationRequest, task: TaskHandle): Promise<void> {
  const { vmid, target } = request;
  const startedSeconds = world.clock.now();
  const duration = (): string => printDuration(world.clock.now() - startedSeconds);
  log(task, `starting migration of VM ${vmid} to node '${target}'`);
  try {
    await holdVmLock(world, vmid, () => migrateLocked(world, request, task), { task });
  } catch (error) {
    log(task, `ERROR: migration aborted (duration ${duration()}): ${cause(error)}`);
    throw failure("migration aborted");
  }
  log(task, `migration finished successfully (duration ${duration()})`);
}

async function migrateLocked(world: World, request: MigrationRequest, task: TaskHandle): Promise<void> {
  const vm = assertMigratable(world, request);
  const local = scanVolumes(world, vm, request, task);
  vm.config.lock = "migrate";
  const sent: SentVolume[] = [];
  try {
    for (const from of local) sent.push({ from, to: allocate(world, request, from) });
    if (sent.length > 0) log(task, "copying local disk images");
    await world.clock.sleep(world.profile.migrateSeconds, task.signal);
  } catch (error) {
    if (error instanceof WorkerKilled) throw error;
    for (const { to } of sent) to.group.free(to.volume.name);
    Reflect.deleteProperty(vm.config, "lock");
    throw error;
  }
  Reflect.deleteProperty(vm.config, "lock");
  arrive(vm, sent, request.target);
}

/**
 * Puts a VM with its local volumes on another node at once, as if it had been migrated.
 *
 * @throws ApiError 500 where its volumes find no place there
 */
export function relocate(world: World, vm: Vm, target: string): void {
  const request = { node: vm.node, vmid: vm.vmid, target, online: true, withLocalDisks: true };
  arrive(
    vm,
    localVolumes(world, vm).map((from) => ({ from, to: allocate(world, request, from) })),
    target,
  );
}

function arrive(vm: Vm, sent: readonly SentVolume[], target: string): void {
  renameVolumes(vm, sent);
  vm.node = target;
  for (const { from } of sent) from.group.free(from.volume.name);
}

function localVolumes(world: World, vm: Vm): LocatedVolume[] {
  return vmVolumes(vm)
    .filter((volumeId) => !world.storages.require(splitVolumeId(volumeId).storage, vm.node).shared)
    .flatMap((volumeId) => world.storages.find(volumeId, vm.node) ?? []);
}

/** Finds the volumes that must come along, and whether they can. */
function scanVolumes(world: World, vm: Vm, request: MigrationRequest, task: TaskHandle): LocatedVolume[] {
  const local = localVolumes(world, vm);
  const problems = local.flatMap((located) => {
    const id = volumeIdOf(located);
    log(task, `found local disk '${id}'`);
    return problemsOf(vm, located, request).map((problem) => `can't migrate local disk '${id}': ${problem}`);
  });
  for (const problem of problems) log(task, problem);
  const prefix = "Problem found while scanning volumes - ";
  if (problems.length > 0) throw failure(`${prefix}can't migrate VM - check log`);
  for (const located of local) {
    const { group, volume } = located;
    const id = volumeIdOf(located);
    if (!SENDABLE_TYPES.has(group.typeName)) {
      throw failure(`${prefix}can't migrate '${id}' - storage type '${group.typeName}' not supported`);
    }
    if (volume.baseName !== undefined && STORAGE_TYPES[group.typeName].baseInVolumeId) {
      throw failure(`${prefix}can't migrate '${id}' as it's a clone of '${volume.baseName}'`);
    }
  }
  return local;
}

function problemsOf(vm: Vm, located: LocatedVolume, { withLocalDisks }: MigrationRequest): string[] {
  const { group, volume } = located;
  if (volume.content.kind === "cloud-init") return [];
  const isRunning = vm.guest !== undefined;
  const problems: [boolean, string][] = [
    [volume.vmid !== vm.vmid, `owned by other VM (owner = VM ${volume.vmid})`],
    [
      isRunning && isInSnapshot(vm, volumeIdOf(located)),
      "online storage migration not possible if non-replicated snapshot exists",
    ],
    [isInSnapshot(vm, volumeIdOf(located)) && group.typeName === "lvmthin", "non-migratable snapshot exists"],
    [group.clonesOf(volume.name).length > 0, "referenced by linked clone(s)"],
    [isRunning && !withLocalDisks, "can't live migrate attached local disks without with-local-disks option"],
  ];
  return problems.filter(([applies]) => applies).map(([, text]) => text);
}

/** Makes room on the other node: under the same name, if that is free there and of the same kind. */
function allocate(world: World, request: MigrationRequest, from: LocatedVolume): LocatedVolume {
  const { volume } = from;
  const storage = readStorageMap(request.targetStorage)(from.group.storage);
  const group = world.storages.group(storage, request.target);
  const keepsName = layoutOf(group) === layoutOf(from.group) && group.find(volume.name) === undefined;
  const { vmid, sizeBytes, content, format, snapshots } = volume;
  const wanted = { vmid, sizeBytes, content, format: layoutOf(group) === "block" ? "raw" : format } as const;
  const made = keepsName ? group.allocateNamed(volume.name, wanted) : allocateAnew(group, volume, wanted);
  made.snapshots = snapshots;
  return { group, volume: made };
}

function allocateAnew(
  group: VolumeGroup,
  { content, vmid }: Volume,
  wanted: Parameters<VolumeGroup["allocateDisk"]>[0],
): Volume {
  return content.kind === "cloud-init" ? group.allocateCloudInit(vmid) : group.allocateDisk(wanted);
}

function layoutOf(group: VolumeGroup): "file" | "block" {
  return STORAGE_TYPES[group.typeName].layout;
}

/** Lets every section of the configuration name the volumes as they are called now. */
function renameVolumes(vm: Vm, sent: readonly SentVolume[]): void {
  const names = new Map(sent.map(({ from, to }) => [volumeIdOf(from), volumeIdOf(to)]));
  for (const section of [vm.config, vm.pending, ...vm.snapshots.values()]) {
    for (const [key, value] of Object.entries(section)) {
      if (key === "vmstate") section[key] = names.get(value) ?? value;
      if (!isDriveKey(key) && !isUnusedKey(key)) continue;
      const drive = parseDrive(key, value);
      const file = names.get(drive.file);
      if (file !== undefined && file !== drive.file) section[key] = printDrive({ ...drive, file });
    }
  }
}

function volumeIdOf({ group, volume }: LocatedVolume): string {
  return `${group.storage}:${volume.name}`;
}

/** Migrations write the time before every line. */
function log(task: TaskHandle, text: string): void {
  task.log(`${new Date().toISOString().slice(0, 19).replace("T", " ")} ${text}`);
}

function printDuration(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

function cause(error: unknown): string {
  if (error instanceof Interrupted) return "interrupted by signal";
  return error instanceof Error ? error.message.trim() : String(error);
}
