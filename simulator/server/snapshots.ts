import { printCaller } from "../access/caller";
import { isDriveKey, isUnusedKey } from "../schema/drive-schema";
import { driveVolume, isOptical, parseDrive } from "../vm/drives";
import { isAgentUp } from "../vm/guest";
import type { TaskRecord } from "../world/tasks";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";

/** A task as seen from outside the simulation. */
export interface TaskSnapshot {
  readonly upid: string;
  readonly node: string;
  /** `qmclone`, `qmstart`, `resize`, … */
  readonly type: string;
  /** The VM that it works on; for a clone, the source. */
  readonly vmid: number;
  /** `USER@REALM!TOKENID` */
  readonly user: string;
  /** Real milliseconds since the epoch, with fractions. */
  readonly startMs: number;
  /** Real milliseconds since the epoch, with fractions; absent while it runs. */
  readonly endMs?: number;
  /** `OK`, `WARNINGS: n` or the error; absent while it runs. */
  readonly exitStatus?: string;
  readonly log: readonly string[];
}

/** A disk of a VM as seen from outside the simulation. */
export interface DiskSnapshot {
  /** `scsi0`, `unused0` */
  readonly key: string;
  readonly volumeId: string;
  readonly sizeBytes: number;
  /** Whether an operating system is on it. */
  readonly isBootable: boolean;
}

/** A volume on a storage as seen from outside the simulation, whether or not a VM's configuration names it. */
export interface VolumeSnapshot {
  /** `local-vm-zfs:vm-401-disk-0` */
  readonly volumeId: string;
  /** The VM that it was made for. */
  readonly vmid: number;
  readonly sizeBytes: number;
}

/** A VM as seen from outside the simulation. */
export interface VmSnapshot {
  readonly vmid: number;
  readonly node: string;
  readonly name: string;
  readonly status: "running" | "stopped";
  readonly isTemplate: boolean;
  /** The resource pool that it is in; absent where it is in none. */
  readonly pool?: string;
  /** Whether its guest agent answers. */
  readonly isAgentUp: boolean;
  /** What is in force, as texts. */
  readonly config: Readonly<Record<string, string>>;
  /** What waits for the VM to stop. */
  readonly pending: Readonly<Record<string, string>>;
  readonly disks: readonly DiskSnapshot[];
}

/** Copies what is known of a task. */
export function snapshotTask(task: TaskRecord): TaskSnapshot {
  const { upid, node, type, id, caller, startMs, endMs, exitStatus, log } = task;
  return {
    upid,
    node,
    type,
    vmid: Number(id),
    user: printCaller(caller),
    startMs,
    endMs,
    exitStatus,
    log: [...log],
  };
}

/** Copies what is known of all volumes. */
export function snapshotVolumes(world: World): VolumeSnapshot[] {
  return world.storages
    .allGroups()
    .flatMap((group) =>
      group
        .list()
        .map(({ name, vmid, sizeBytes }) => ({ volumeId: `${group.storage}:${name}`, vmid, sizeBytes })),
    );
}

/** Copies what is known of a VM. */
export function snapshotVm(world: World, vm: Vm): VmSnapshot {
  const pool = world.pools.ofVm(vm.vmid);
  return {
    vmid: vm.vmid,
    node: vm.node,
    name: vm.config.name ?? `VM ${vm.vmid}`,
    status: vm.guest === undefined ? "stopped" : "running",
    isTemplate: vm.isTemplate,
    ...(pool !== undefined && { pool }),
    isAgentUp: isAgentUp(world, vm),
    config: { ...vm.config },
    pending: { ...vm.pending },
    disks: disksOf(world, vm),
  };
}

function disksOf(world: World, vm: Vm): DiskSnapshot[] {
  return Object.keys(vm.config)
    .filter((key) => isDriveKey(key) || isUnusedKey(key))
    .sort()
    .map((key) => parseDrive(key, vm.config[key] ?? ""))
    .filter((drive) => !isOptical(drive))
    .map((drive) => {
      const volume = driveVolume(world, vm.node, drive)?.volume;
      return {
        key: drive.key,
        volumeId: drive.file,
        sizeBytes: volume?.sizeBytes ?? 0,
        isBootable: volume?.content.kind === "system",
      };
    });
}
