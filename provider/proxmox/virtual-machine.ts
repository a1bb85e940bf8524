import type { ApiClient, Parameters } from "./api-client";
import { ApiError, saysVmNotOnNode } from "./api-error";

/** A VM's configuration as Proxmox returns it: only what its file holds. */
export type VmConfig = Readonly<Record<string, string | number | undefined>>;

/** Where a VM is. */
export interface VmPlace {
  readonly node: string;
  readonly vmid: number;
}

/** One VM or container as the cluster lists it. */
export interface ClusterVm {
  readonly vmid: number;
  readonly node: string;
  readonly type: "qemu" | "lxc";
  /** `unknown` until the node has reported once, and while it does not. */
  readonly status: string;
  /** Missing until the node has reported once. */
  readonly name?: string;
  /** As its configuration stores them. */
  readonly tags?: string;
  /** Only shown to who may see the pool. */
  readonly pool?: string;
  readonly template?: number;
}

/** What a VM does at the moment. */
export interface VmStatus {
  readonly status: "running" | "stopped";
  /** Of its process; missing while it is stopped. */
  readonly pid?: number;
}

/** `node/vmid`, the id of a VM in Terraform. */
export function printVmId(place: VmPlace): string {
  return `${place.node}/${place.vmid}`;
}

/** Reads `node/vmid`; `undefined` for anything else. */
export function parseVmId(id: string): VmPlace | undefined {
  const match = /^([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)\/([1-9]\d{2,8})$/.exec(id);
  return match?.[1] === undefined ? undefined : { node: match[1], vmid: Number(match[2]) };
}

/** Base of the calls to one VM. */
export function vmPath(place: VmPlace): string {
  return `/nodes/${place.node}/qemu/${place.vmid}`;
}

/** The VM's configuration, pending changes included. */
export async function readVmConfig(client: ApiClient, place: VmPlace): Promise<VmConfig> {
  return await client.get<VmConfig>(`${vmPath(place)}/config`);
}

/** The VM's configuration, pending changes included; `undefined` where the VM is not on that node. */
export async function findVmConfig(client: ApiClient, place: VmPlace): Promise<VmConfig | undefined> {
  try {
    return await readVmConfig(client, place);
  } catch (error) {
    if (saysVmNotOnNode(error)) return undefined;
    throw error;
  }
}

/** A VM's configuration with what of it waits for the VM's next start. */
export interface VmSettings {
  /** Pending changes included. */
  readonly config: VmConfig;
  /** Keys whose change waits. */
  readonly pendingKeys: readonly string[];
}

interface PendingRow {
  readonly key: string;
  readonly value?: string | number;
  readonly pending?: string | number;
  /** The key is to be removed. */
  readonly delete?: number;
}

/** @throws ApiError, ConnectionError */
export async function readVmSettings(client: ApiClient, place: VmPlace): Promise<VmSettings> {
  const rows = await client.get<readonly PendingRow[]>(`${vmPath(place)}/pending`);
  const kept = rows.filter((row) => row.delete === undefined);
  return {
    config: Object.fromEntries(kept.map((row) => [row.key, row.pending ?? row.value])),
    pendingKeys: rows
      .filter((row) => row.pending !== undefined || row.delete !== undefined)
      .map((row) => row.key),
  };
}

/** What {@link readVmSettings} reads; `undefined` where the VM is not on that node. */
export async function findVmSettings(client: ApiClient, place: VmPlace): Promise<VmSettings | undefined> {
  try {
    return await readVmSettings(client, place);
  } catch (error) {
    if (saysVmNotOnNode(error)) return undefined;
    throw error;
  }
}

/** @throws ApiError, ConnectionError */
export async function readVmStatus(client: ApiClient, place: VmPlace): Promise<VmStatus> {
  return await client.get<VmStatus>(`${vmPath(place)}/status/current`);
}

/** Whether the VM runs. */
export async function isVmRunning(client: ApiClient, place: VmPlace): Promise<boolean> {
  return (await readVmStatus(client, place)).status === "running";
}

/** Every VM and container that the token may see. */
export async function listClusterVms(client: ApiClient): Promise<readonly ClusterVm[]> {
  return await client.get<readonly ClusterVm[]>("/cluster/resources", { type: "vm" });
}

/** Whether an id is free in the whole cluster; Proxmox tells this without any privilege. */
export async function isVmIdFree(client: ApiClient, vmid: number): Promise<boolean> {
  try {
    await client.getInTurn("/cluster/nextid", { vmid });
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 400 && error.parameterErrors["vmid"] !== undefined)
      return false;
    throw error;
  }
}

/** Starts a clone; answers the task's UPID. */
export async function cloneVm(
  client: ApiClient,
  template: VmPlace,
  parameters: Parameters & { readonly newid: number },
): Promise<string> {
  return await client.post<string>(`${vmPath(template)}/clone`, parameters);
}

/**
 * With the 10 s that Proxmox may wait for the VM's lock before, below the 30 s after which it cuts a call off, and nobody
 * knows what became of it. Source: qemu-server src/PVE/API2/Qemu.pm (update_vm_async).
 */
const CONFIG_WAIT_SECONDS = 15;

/**
 * Changes a VM's configuration, unless someone else has changed it since it was read. Proxmox does it in a task, as for
 * its own web interface, and answers when that has ended, or with the task where it takes long: it may have to wait for
 * locks.
 *
 * @param changes `delete` lists the keys to remove; Proxmox refuses a call without changes
 * @param actual the configuration as it was read
 * @returns the UPID of a task that has not ended yet; `null` where all is done
 * @throws ApiError, ConnectionError
 */
export async function changeVmConfig(
  client: ApiClient,
  place: VmPlace,
  changes: Parameters,
  actual: VmConfig,
): Promise<string | null> {
  const guard = { digest: actual["digest"], background_delay: CONFIG_WAIT_SECONDS };
  return await client.post<string | null>(`${vmPath(place)}/config`, { ...changes, ...guard });
}

/**
 * Changes what takes Proxmox no time, such as the description; for {@link changeVmConfig}'s task is one more line in
 * everybody's list of tasks.
 *
 * @throws ApiError, ConnectionError
 */
export async function describeVm(
  client: ApiClient,
  place: VmPlace,
  description: string,
  actual: VmConfig,
): Promise<void> {
  const change = description === "" ? { delete: "description" } : { description };
  await client.put(`${vmPath(place)}/config`, { ...change, digest: actual["digest"] });
}

/**
 * The UUID that tells a VM from every other, in lower case: a clone gets one of its own, migration and restore keep it.
 *
 * @returns `undefined` where the configuration has none
 */
export function smbiosUuid(config: VmConfig): string | undefined {
  return /(?:^|,)uuid=([0-9a-f-]{36})(?:,|$)/i.exec(String(config["smbios1"] ?? ""))?.[1]?.toLowerCase();
}
