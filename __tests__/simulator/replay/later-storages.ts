import type { SimulatorOptions, VmOptions } from "../../../simulator";

/**
 * The world without what was set up after a recording: storages of which it says nothing, the VMs on them and the
 * rights to them.
 *
 * @param recording the text of the whole recording
 * @param vmids VMs that it is about, which stay with their storages
 */
export function withoutLaterStorages(
  world: SimulatorOptions,
  recording: string,
  vmids: readonly number[] = [],
): SimulatorOptions {
  const isMentioned = (storageId: string): boolean =>
    new RegExp(`[^\\w-]${storageId}[^\\w-]`).test(recording);
  const isPresent = (vm: VmOptions): boolean => {
    const storageId = storageOf(vm);
    return storageId === "" || vmids.includes(vm.vmid) || isMentioned(storageId);
  };
  const { storages = [], vms = [], access } = world;
  const used = new Set(vms.filter(isPresent).map(storageOf));
  const later = storages.filter(({ id }) => !used.has(id) && !isMentioned(id));
  const gone = [
    ...later.map(({ id }) => `/storage/${id}`),
    ...vms.filter((vm) => !isPresent(vm)).map(({ vmid }) => `/vms/${vmid}`),
  ];
  const lines = (access?.userConfig ?? "").split("\n");
  return {
    ...world,
    storages: storages.filter((storage) => !later.includes(storage)),
    vms: vms.filter(isPresent),
    access: {
      ...access,
      userConfig: lines.filter((line) => !gone.some((path) => line.includes(`:${path}:`))).join("\n"),
    },
  };
}

function storageOf({ config: { scsi0 = "" } }: VmOptions): string {
  return scsi0.split(":")[0] ?? "";
}
