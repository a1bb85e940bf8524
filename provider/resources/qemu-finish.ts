import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import { TaskError } from "../proxmox/api-error";
import { parseDisk, parseDiskRequest, parseSizeBytes, printSize } from "../proxmox/disk";
import { isWorthRepeating, reach, readThrough, type Goal } from "../proxmox/persistence";
import { waitForTask } from "../proxmox/tasks";
import { isVmRunning, readVmConfig, vmPath, type VmConfig, type VmPlace } from "../proxmox/virtual-machine";
import type { Deadline } from "../proxmox/waiting";
import type { Proxmox } from "../session/proxmox";
import { DISKS } from "./qemu-devices";
import { waitForPowerTask } from "./qemu-power";

/**
 * Grows disks to what is planned; a disk that has that size or more is left alone.
 *
 * @param before the VM's configuration as far as its disks go; a data disk that is not in it was made with its size
 * @returns the configuration after it
 * @throws ApiError, TaskError, WaitError, ConnectionError
 */
export async function growDisks(
  place: VmPlace,
  planned: ObjectValue,
  before: VmConfig,
  deadline: Deadline,
  context: Context<Proxmox>,
): Promise<VmConfig> {
  const {
    client: { client },
    logger,
  } = context;
  for (const device of DISKS) {
    const asked = planned[device];
    if (typeof asked !== "string" || asked === "") continue;
    if (device !== "scsi0" && before[device] === undefined) continue;
    await growDisk(place, device, asked, before, deadline, context);
  }
  return await readThrough(`the configuration of VM ${place.vmid}`, deadline, logger, () =>
    readVmConfig(client, place),
  );
}

async function growDisk(
  place: VmPlace,
  disk: string,
  asked: string,
  before: VmConfig,
  deadline: Deadline,
  { client: { client }, logger }: Context<Proxmox>,
): Promise<void> {
  const size = printSize(parseDiskRequest(asked).sizeGiB);
  const hasSize = (config: VmConfig): boolean => {
    const sizeBytes = parseDisk(String(config[disk] ?? "none"))?.sizeBytes;
    return sizeBytes !== undefined && sizeBytes >= parseSizeBytes(size);
  };
  if (hasSize(before)) return;
  const goal: Goal = {
    what: `${disk} of VM ${place.vmid} to have ${size}`,
    isReached: async () => hasSize(await readVmConfig(client, place)),
    attempt: async () => {
      // The call answered null instead of a task before PVE 8.
      const upid = await client.put<string | null>(`${vmPath(place)}/resize`, { disk, size });
      if (upid !== null) await waitForTask(client, upid, deadline, logger);
    },
    isNew: true,
  };
  await reach(goal, deadline, logger);
}

/** @throws ApiError, TaskError, WaitError, ConnectionError */
export async function startVm(place: VmPlace, deadline: Deadline, context: Context<Proxmox>): Promise<void> {
  const { client: proxmox, logger } = context;
  const { client } = proxmox;
  const goal: Goal = {
    what: `VM ${place.vmid} to run`,
    isReached: () => isVmRunning(client, place),
    attempt: async () => {
      const upid = await client.post<string>(`${vmPath(place)}/status/start`);
      await waitForPowerTask(upid, place, true, deadline, context);
    },
    // One that runs already says so, and is then looked at.
    isNew: true,
    isPassing: (error) =>
      isWorthRepeating(error) || (error instanceof TaskError && / already running/.test(error.exitStatus)),
  };
  await reach(goal, deadline, logger);
  proxmox.forget();
}
