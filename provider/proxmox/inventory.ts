import type { ApiClient } from "./api-client";

/** What `GET /version` says. */
export interface Version {
  /** In full, such as `9.2.11`. */
  readonly version: string;
  readonly release: string;
  readonly repoid: string;
}

/** A node as the cluster lists it; hardware is only shown to who has Sys.Audit on it, and while it is online. */
export interface NodeRow {
  readonly node: string;
  readonly status: "unknown" | "online" | "offline";
  /** Logical processors. */
  readonly maxcpu?: number;
  /** Bytes. */
  readonly maxmem?: number;
  readonly ssl_fingerprint?: string;
}

/** A storage as one node lists it; sizes are in bytes, and 0 while it is not active. */
export interface StorageRow {
  readonly storage: string;
  readonly type: string;
  /** Separated by commas, in no order. */
  readonly content: string;
  /** 0: switched off, or not for this node. */
  readonly enabled?: number;
  readonly active?: number;
  readonly shared?: number;
  readonly total?: number;
  readonly avail?: number;
}

/** A VM as its own node lists it. */
export interface NodeVm {
  readonly vmid: number;
  readonly name?: string;
  readonly status: "running" | "stopped";
  readonly template?: number;
}

/** The version of the node that answers. */
export async function readVersion(client: ApiClient): Promise<Version> {
  return await client.get<Version>("/version");
}

/** Every node of the cluster: any token may see them. */
export async function listNodes(client: ApiClient): Promise<readonly NodeRow[]> {
  return await client.get<readonly NodeRow[]>("/nodes");
}

/**
 * The storages that a node can use and the token may see (Datastore.Audit or Datastore.AllocateSpace).
 *
 * @param content a content type that they have to take, such as `images`; `undefined` for any
 */
export async function listStorages(
  client: ApiClient,
  node: string,
  content: string | undefined,
): Promise<readonly StorageRow[]> {
  const rows = await client.get<readonly StorageRow[]>(`/nodes/${node}/storage`, { content });
  // Proxmox's own parameter `enabled` leaves those in that are for other nodes (pve-storage src/PVE/API2/Storage/Status.pm).
  return rows.filter(({ enabled }) => enabled === 1);
}

/** The VMs of a node as they are now, those that the token may see (VM.Audit). */
export async function listNodeVms(client: ApiClient, node: string): Promise<readonly NodeVm[]> {
  return await client.get<readonly NodeVm[]>(`/nodes/${node}/qemu`);
}
