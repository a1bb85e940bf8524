import { MEMORY } from "../schema/device-schemas";
import { isDriveKey } from "../schema/drive-schema";
import { parseProperties } from "../schema/property-string";
import { MIB } from "../schema/sizes";
import { STORAGE_TYPES } from "../world/storage-types";
import { splitVolumeId } from "../world/storages";
import type { Vm } from "../world/vm";
import type { World } from "../world/world";
import { isOptical, parseDrive } from "./drives";

/** What QEMU needs for the state of its devices, beside twice the memory. */
const DEVICE_STATE_MIB = 500;

/** What runs a VM whose configuration does not say. */
const RUNNING = {
  runningmachine: "pc-i440fx-10.1+pve0",
  runningcpu: "kvm64,enforce,+kvm_pv_eoi,+kvm_pv_unhalt",
};

/**
 * Makes the volume that holds the memory of a running VM.
 *
 * @param name of the snapshot that it belongs to
 * @returns the keys that the snapshot's section holds of it
 * @throws ApiError 500 for a lack of space
 */
export function saveVmState(world: World, vm: Vm, name: string): Record<string, string> {
  const storage = stateStorage(world, vm);
  const group = world.storages.group(storage, vm.node);
  const { current = "512" } = parseProperties(MEMORY, vm.config.memory ?? "512", "memory");
  const plain = `vm-${vm.vmid}-state-${name}`;
  const isFile = STORAGE_TYPES[group.typeName].layout === "file";
  const volume = group.allocateNamed(isFile ? `${vm.vmid}/${plain}.raw` : plain, {
    vmid: vm.vmid,
    sizeBytes: (Number(current) * 2 + DEVICE_STATE_MIB) * MIB,
    content: { kind: "empty" },
  });
  return { vmstate: `${storage}:${volume.name}`, ...RUNNING };
}

/** Removes the volume of a snapshot's memory, if there is one. */
export function freeVmState(world: World, vm: Vm, section: Readonly<Record<string, string>>): void {
  if (section.vmstate === undefined) return;
  const located = world.storages.find(section.vmstate, vm.node);
  located?.group.free(located.volume.name);
}

/** The storage that the configuration names, else a shared one that a disk is on, else that of any disk. */
function stateStorage(world: World, vm: Vm): string {
  if (vm.config.vmstatestorage !== undefined) return vm.config.vmstatestorage;
  const storages = Object.keys(vm.config)
    .filter(isDriveKey)
    .sort()
    .map((key) => parseDrive(key, vm.config[key] ?? ""))
    .filter((drive) => !isOptical(drive) && drive.file.includes(":"))
    .map((drive) => splitVolumeId(drive.file).storage);
  const isShared = (id: string): boolean => world.storages.require(id, vm.node).shared;
  return storages.find(isShared) ?? storages[0] ?? "local";
}
