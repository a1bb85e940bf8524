import { randomUUID } from "node:crypto";
import { failure } from "../schema/api-error";
import { printBootOrder } from "../schema/boot-order";
import { DRIVE_KEYS, isDriveKey } from "../schema/drive-schema";
import { Interrupted, WorkerKilled } from "../world/clock";
import { splitVolumeId } from "../world/storages";
import type { TaskHandle } from "../world/tasks";
import { Vm } from "../world/vm";
import { holdVmLock, type World } from "../world/world";
import type { CreateRequest } from "./create-request";
import { type Drive, freeDriveVolume, isOptical, parseDrive, printDrive } from "./drives";
import { realiseDrive } from "./new-drives";
import { isWindows, pinnedMachine } from "./pinned-machine";
import { storedValue } from "./stored-values";

/** Seconds for which the call waits for the lock of the new id, and then its task. */
const LOCK_TIMEOUT_SECONDS = { call: 5, task: 1 };

/** How long making one volume holds the lock of its storage, and how long that lock is waited for. */
const ALLOCATION = { holdSeconds: 0.1, timeoutSeconds: 10 };

/** The QEMU that every VM is made with. */
const QEMU_VERSION = "10.1.2";

/**
 * Takes the id, with a configuration that holds nothing but its lock.
 *
 * @throws ApiError 500 `unable to create VM 401 - VM 401 already exists on node 'pve1'`
 */
export async function reserveVmId(world: World, { node, vmid }: CreateRequest): Promise<void> {
  const reserve = (): void => {
    const holder = world.vms.get(vmid);
    if (holder !== undefined) throw failure(`VM ${vmid} already exists on node '${holder.node}'`);
    world.vms.set(vmid, new Vm(vmid, node, { lock: "create" }));
  };
  try {
    await holdVmLock(world, vmid, reserve, { timeoutSeconds: LOCK_TIMEOUT_SECONDS.call });
  } catch (error) {
    throw failure(`unable to create VM ${vmid} - ${cause(error)}`);
  }
}

/** The work of a `qmcreate` task. One that fails leaves neither volumes nor the id taken. */
export async function createVm(world: World, request: CreateRequest, task: TaskHandle): Promise<void> {
  const { vmid } = request;
  const limits = { timeoutSeconds: LOCK_TIMEOUT_SECONDS.task, task };
  try {
    await holdVmLock(world, vmid, () => createLocked(world, request, task), limits);
  } catch (error) {
    if (error instanceof WorkerKilled) throw error;
    world.vms.delete(vmid);
    throw error;
  }
}

async function createLocked(world: World, request: CreateRequest, task: TaskHandle): Promise<void> {
  const { vmid, node, set, pool } = request;
  // The configuration is written as a whole at the end; until then the VM shows nothing but its lock.
  const draft = new Vm(vmid, node, storedValues(set));
  const made: Drive[] = [];
  try {
    for (const key of DRIVE_KEYS.filter((each) => set[each] !== undefined).sort()) {
      const drive = parseDrive(key, set[key] ?? "");
      const text = isNewDrive(drive)
        ? await makeDrive(world, draft, drive, task)
        : realiseDrive(world, draft, key, printDrive(drive));
      draft.config[key] = text;
      if (isNewDrive(drive)) made.push(parseDrive(key, text));
    }
    await world.clock.sleep(world.profile.configureSeconds, task.signal);
  } catch (error) {
    if (error instanceof WorkerKilled) throw error;
    for (const drive of made) freeDriveVolume(world, draft, drive);
    throw failure(`unable to create VM ${vmid} - ${cause(error)}`);
  }
  world.vms.set(vmid, new Vm(vmid, node, withDefaults(draft.config)));
  if (pool !== undefined) world.pools.join(vmid, pool);
}

/** Whether a drive asks for a volume (`STORAGE:GiB`, `STORAGE:cloudinit`) and does not name one. */
function isNewDrive({ file }: Drive): boolean {
  return /^[^/:\s]+:(?:\d+(?:\.\d+)?|cloudinit)$/.test(file);
}

async function makeDrive(world: World, draft: Vm, drive: Drive, task: TaskHandle): Promise<string> {
  const { path, timeoutText } = world.storages.lock(splitVolumeId(drive.file).storage, draft.node);
  const { holdSeconds, timeoutSeconds } = ALLOCATION;
  const lock = { mode: "exclusive", timeoutSeconds, timeoutText, task } as const;
  const text = await world.locks.hold(path, lock, async () => {
    await world.clock.sleep(holdSeconds, task.signal);
    return realiseDrive(world, draft, drive.key, printDrive(drive));
  });
  task.log(`${drive.key}: successfully created disk '${text}'`);
  return text;
}

/** All keys but the drives, as the configuration file holds them. */
function storedValues(set: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(set).flatMap(([key, value]): [string, string][] => {
    const stored = isDriveKey(key) ? undefined : storedValue(key, value);
    return stored === undefined ? [] : [[key, stored]];
  });
  return Object.fromEntries(entries);
}

/** Adds what every new VM gets, where the caller did not say otherwise. */
function withDefaults(config: Record<string, string>): Record<string, string> {
  const { boot = "", vmgenid = "1", machine, ostype } = config;
  const pinned = isWindows(ostype) ? pinnedMachine(machine) : undefined;
  return {
    ...config,
    boot: boot.trim() === "" ? defaultBootOrder(config) : boot,
    meta: `creation-qemu=${QEMU_VERSION},ctime=${Math.floor(Date.now() / 1000)}`,
    smbios1: config.smbios1 ?? `uuid=${randomUUID()}`,
    vmgenid: vmgenid === "1" ? randomUUID() : vmgenid,
    ...(pinned !== undefined && { machine: pinned }),
  };
}

/** The first disk, the first optical drive and the first network device. */
function defaultBootOrder(config: Readonly<Record<string, string>>): string {
  const drives = DRIVE_KEYS.filter((key) => config[key] !== undefined && !/^(?:efidisk|tpmstate)/.test(key));
  const isDisc = (key: string): boolean => isOptical(parseDrive(key, config[key] ?? ""));
  const network = Object.keys(config)
    .filter((key) => /^net\d+$/.test(key))
    .sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)));
  const devices = [drives.find((key) => !isDisc(key)), drives.find(isDisc), network[0]];
  return printBootOrder(devices.filter((device) => device !== undefined));
}

function cause(error: unknown): string {
  if (error instanceof Interrupted) return "interrupted by signal";
  return error instanceof Error ? error.message.trim() : String(error);
}
