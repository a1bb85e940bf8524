import { needs, needsAny } from "../access/permissions";
import { failure, parameterError } from "../schema/api-error";
import { contentType, vmId } from "../schema/formats";
import { STORAGE_TYPES } from "../world/storage-types";
import type { Volume, VolumeGroup } from "../world/volumes";
import { AS_ROOT_ON_NODE, type Call, type Endpoint, nodeOf, numberOf, OPTIONAL_VM_ID } from "./endpoint";

/** How many KiB a unit of the size of a new volume is. */
const UNIT_KIB: Readonly<Record<string, number>> = { M: 1024, G: 1024 ** 2 };

function list(call: Call): Record<string, unknown>[] {
  const { world, parameters, rights } = call;
  const { storage = "", content } = parameters;
  world.storages.require(storage, nodeOf(call));
  const wanted = numberOf(call, "vmid");
  // Nothing but disks of VMs lies on the simulated storages.
  if (content !== undefined && content !== "images") return [];
  const group = world.storages.group(storage, nodeOf(call));
  return group
    .list()
    .filter(({ vmid }) => wanted === undefined || vmid === wanted)
    .filter(
      ({ vmid }) =>
        rights.has(`/storage/${storage}`, "Datastore.Allocate") ||
        rights.has(`/vms/${vmid}`, "VM.Config.Disk"),
    )
    .map((volume) => row(group, volume));
}

function row(group: VolumeGroup, volume: Volume): Record<string, unknown> {
  const { name, vmid, format, sizeBytes, allocatedBytes, baseName } = volume;
  const isFile = STORAGE_TYPES[group.typeName].layout === "file";
  return {
    volid: `${group.storage}:${name}`,
    content: "images",
    vmid,
    format,
    size: sizeBytes,
    ...(isFile ? { used: allocatedBytes } : { name: name.split("/").at(-1) }),
    ...(baseName !== undefined && { parent: baseName }),
  };
}

function allocate(call: Call): string {
  const { world, parameters } = call;
  const { storage = "", vmid = "", filename = "", size = "", format: wanted } = parameters;
  world.storages.require(storage, nodeOf(call));
  const group = world.storages.group(storage, nodeOf(call));
  const isFile = STORAGE_TYPES[group.typeName].layout === "file";
  const extension = /\.(raw|qcow2|vmdk)$/.exec(filename)?.[1];
  if (extension !== undefined && wanted !== undefined && extension !== wanted) {
    throw parameterError({ format: `different storage formats (${wanted} != ${extension})` });
  }
  const format = readFormat(extension ?? wanted ?? (isFile ? "qcow2" : "raw"));
  if (format === undefined || (!isFile && format !== "raw")) {
    throw failure(`unsupported format '${extension ?? wanted ?? ""}'`);
  }
  if (isFile && extension === undefined) {
    throw failure(`illegal name '${filename}' - wrong extension for format ('${format}')`);
  }
  if (!isFile && !filename.startsWith(`vm-${vmid}-`)) {
    throw failure(`illegal name '${filename}' - should be 'vm-${vmid}-*'`);
  }
  const volume = group.allocateNamed(isFile ? `${vmid}/${filename}` : filename, {
    vmid: Number(vmid),
    sizeBytes: sizeKiB(size) * 1024,
    content: { kind: "empty" },
    format,
  });
  return `${storage}:${volume.name}`;
}

function readFormat(text: string): Volume["format"] | undefined {
  return text === "raw" || text === "qcow2" || text === "vmdk" ? text : undefined;
}

function sizeKiB(text: string): number {
  return parseInt(text, 10) * (UNIT_KIB[text.slice(-1)] ?? 1);
}

const PATH = "/nodes/{node}/storage/{storage}/content";

/** Calls on the volumes of a storage. */
export const STORAGE_CONTENT_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: PATH,
    ...AS_ROOT_ON_NODE,
    permissions: needsAny("/storage/{storage}", "Datastore.Audit", "Datastore.AllocateSpace"),
    parameters: {
      content: { type: "string", optional: true, format: contentType },
      vmid: OPTIONAL_VM_ID,
    },
    handle: list,
  },
  {
    method: "POST",
    path: PATH,
    ...AS_ROOT_ON_NODE,
    permissions: needs("/storage/{storage}", "Datastore.AllocateSpace"),
    parameters: {
      filename: { type: "string" },
      format: { type: "string", optional: true, enum: ["raw", "qcow2", "subvol", "vmdk"], requires: "size" },
      size: { type: "string", pattern: /\d+[MG]?/ },
      vmid: { type: "integer", format: vmId, minimum: 100, maximum: 999_999_999 },
    },
    handle: allocate,
  },
];
