import { randomUUID } from "node:crypto";
import { failure } from "../schema/api-error";
import { isUnusedKey } from "../schema/drive-schema";
import { SMBIOS } from "../schema/device-schemas";
import { parseProperties, printProperties } from "../schema/property-string";
import { Interrupted, WorkerKilled } from "../world/clock";
import { STORAGE_TYPES } from "../world/storage-types";
import { splitVolumeId } from "../world/storages";
import type { TaskHandle } from "../world/tasks";
import { Vm } from "../world/vm";
import type { Volume, VolumeGroup } from "../world/volumes";
import { holdVmLock, type World } from "../world/world";
import { checkCloneSource, type CloneRequest, type CloneSource } from "./clone-request";
import { type Drive, driveVolume, isCloudInitDrive, printDrive, withSize } from "./drives";
import { copyDisk } from "./disk-copy";
import { withNewMacAddress } from "./network-devices";

/** Seconds for which a clone waits for the lock of its source and of its new id. */
const LOCK_TIMEOUT_SECONDS = 1;

/** How long making one volume holds the lock of its storage. */
const ALLOCATION_SECONDS = 0.1;
/** How long a clone waits for that lock. */
const STORAGE_LOCK_TIMEOUT_SECONDS = 10;

/** How much of a clone's time goes into its cloud-init drive. */
const CLOUD_INIT_SHARE = 0.03;

/** Keys that belong to the source alone. */
const NOT_COPIED = /^(?:template|lock|digest|parent|snapstate|snaptime|vmstate|running.*|snapshots)$/;

interface Clone {
  readonly world: World;
  readonly request: CloneRequest;
  readonly task: TaskHandle;
  readonly source: CloneSource;
  readonly vm: Vm;
  readonly made: { group: VolumeGroup; name: string }[];
}

/** The work of a `qmclone` task. */
export async function cloneVm(world: World, request: CloneRequest, task: TaskHandle): Promise<void> {
  const mode = world.vms.get(request.vmid)?.guest === undefined ? "shared" : "exclusive";
  const limits = { timeoutSeconds: LOCK_TIMEOUT_SECONDS, task };
  await holdVmLock(
    world,
    request.vmid,
    () => holdVmLock(world, request.newVmid, () => cloneLocked(world, request, task), limits),
    { ...limits, mode },
  );
}

async function cloneLocked(world: World, request: CloneRequest, task: TaskHandle): Promise<void> {
  const source = checkCloneSource(world, request);
  const { newVmid, targetNode, node } = request;
  if (world.vms.has(newVmid)) {
    const path = `/etc/pve/nodes/${node}/qemu-server/${newVmid}.conf`;
    throw failure(`close (rename) atomic file '${path}' failed: File exists`);
  }
  const vm = new Vm(newVmid, node, { lock: "clone", description: " qmclone temporary file" });
  world.vms.set(newVmid, vm);
  const clone: Clone = { world, request, task, source, vm, made: [] };
  task.log(`creating a clone of VM ${request.vmid} with ID ${newVmid}`);
  try {
    await copyDrives(clone);
  } catch (error) {
    if (error instanceof WorkerKilled) throw error;
    for (const { group, name } of clone.made) group.free(name);
    world.vms.delete(newVmid);
    throw failure(`clone failed: ${cause(error)}`);
  }
  Reflect.deleteProperty(vm.config, "lock");
  vm.writeCloudInitImage();
  if (targetNode !== node) world.vms.set(newVmid, new Vm(newVmid, targetNode, vm.config));
  if (request.pool !== undefined) world.pools.join(newVmid, request.pool);
}

async function copyDrives(clone: Clone): Promise<void> {
  const { world, source, vm, task } = clone;
  const config = copiedConfig(clone);
  const { fullCloneSeconds, linkedCloneSeconds } = world.profile;
  const seconds = source.isFull ? fullCloneSeconds : linkedCloneSeconds;
  const diskCount = source.drives.filter((drive) => !isCloudInitDrive(drive)).length;
  for (const drive of source.drives) {
    const isFull = source.isFull || isCloudInitDrive(drive);
    const share = isCloudInitDrive(drive)
      ? seconds * CLOUD_INIT_SHARE
      : (seconds * (1 - CLOUD_INIT_SHARE)) / diskCount;
    task.log(`create ${isFull ? "full" : "linked"} clone of drive ${drive.key} (${drive.file})`);
    config[drive.key] = await copyDrive(clone, drive, share);
    vm.config = { ...config, lock: "clone" };
  }
  if (diskCount === 0) await world.clock.sleep(seconds, task.signal);
  vm.config = { ...config, lock: "clone" };
}

async function copyDrive(clone: Clone, drive: Drive, seconds: number): Promise<string> {
  const { world, request, task } = clone;
  const located = driveVolume(world, request.node, drive);
  if (located === undefined) throw failure(`volume '${drive.file}' does not exist`);
  const source = atSnapshot(located.volume, request.snapname);
  const isLinked = !clone.source.isFull && !isCloudInitDrive(drive);
  const storage = (isLinked ? undefined : request.storage) ?? splitVolumeId(drive.file).storage;
  const group = world.storages.group(storage, request.node);
  const { path, timeoutText } = world.storages.lock(storage, request.node);
  const volume = await world.locks.hold(
    path,
    { mode: "exclusive", timeoutSeconds: STORAGE_LOCK_TIMEOUT_SECONDS, timeoutText, task },
    async () => {
      await world.clock.sleep(ALLOCATION_SECONDS, task.signal);
      return allocate(clone, drive, source, group);
    },
  );
  clone.made.push({ group, name: volume.name });
  const formatting = isLinked ? group.linkingLines(volume) : group.formattingLines(volume);
  for (const line of formatting) task.log(line);
  const file = `${storage}:${volume.name}`;
  if (!isLinked) task.log(`allocated target volume '${file}'`);
  if (isLinked || isCloudInitDrive(drive)) await world.clock.sleep(seconds, task.signal);
  else {
    const paths = { from: located.group.path(located.volume.name), to: group.path(volume.name) };
    await copyDisk(world.clock, task, { ...paths, source, target: volume, seconds });
  }
  return printDrive(withSize({ ...drive, file }, volume.sizeBytes));
}

/** A volume with the size that it had at a snapshot. */
function atSnapshot(volume: Volume, snapname: string | undefined): Volume {
  const sizeBytes = snapname === undefined ? undefined : volume.snapshots?.get(snapname);
  return sizeBytes === undefined ? volume : { ...volume, sizeBytes };
}

function allocate(clone: Clone, drive: Drive, source: Volume, group: VolumeGroup): Volume {
  const vmid = clone.request.newVmid;
  if (isCloudInitDrive(drive)) return group.allocateCloudInit(vmid);
  if (!clone.source.isFull) {
    return group.allocateDisk({ ...source, vmid, baseName: source.name });
  }
  return group.allocateDisk({
    vmid,
    sizeBytes: source.sizeBytes,
    content: source.content,
    format: copyFormat(clone.request, source, group),
  });
}

function copyFormat(request: CloneRequest, source: Volume, group: VolumeGroup): Volume["format"] {
  if (STORAGE_TYPES[group.typeName].layout === "block") return "raw";
  const { format } = request;
  return format === "raw" || format === "qcow2" || format === "vmdk" ? format : source.format;
}

function cause(error: unknown): string {
  if (error instanceof Interrupted) return "interrupted by signal";
  return error instanceof Error ? error.message.trim() : String(error);
}

/** The keys that a clone takes over: all but those of the source's own, with new addresses and identities. */
function copiedConfig(clone: Clone): Record<string, string> {
  const { source, request } = clone;
  const config: Record<string, string> = {};
  for (const [key, value] of Object.entries(source.config)) {
    if (NOT_COPIED.test(key) || isUnusedKey(key)) continue;
    if (source.drives.some((drive) => drive.key === key)) continue;
    config[key] = /^net\d+$/.test(key) ? withNewMacAddress(key, value) : value;
  }
  const smbios = parseProperties(SMBIOS, config.smbios1 ?? "", "smbios1");
  config.smbios1 = printProperties(SMBIOS, { ...smbios, uuid: randomUUID() });
  if (config.vmgenid !== undefined) config.vmgenid = randomUUID();
  config.name = request.name ?? `Copy-of-VM-${config.name ?? String(request.vmid)}`;
  if (request.description !== undefined && request.description !== "") {
    config.description = request.description.trimEnd();
  }
  return config;
}
