import { isDriveKey, isUnusedKey } from "../schema/drive-schema";
import type { Vm } from "../world/vm";
import { parseDrive } from "./drives";

/** The ids of all volumes that a VM names: in force, waiting, unused and in snapshots, each once. */
export function vmVolumes(vm: Vm): string[] {
  const sections = [vm.config, vm.pending, ...vm.snapshots.values()];
  const disks = sections
    .flatMap((section) => Object.entries(section))
    .filter(([key]) => isDriveKey(key) || isUnusedKey(key))
    .map(([key, value]) => parseDrive(key, value).file);
  const states = sections.flatMap(({ vmstate }) => vmstate ?? []);
  return [...new Set([...disks, ...states])].filter((file) => file.includes(":"));
}
