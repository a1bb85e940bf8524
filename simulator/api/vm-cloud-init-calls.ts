import { needs } from "../access/permissions";
import { isDriveKey } from "../schema/drive-schema";
import { cloudInitRows } from "../vm/cloud-init-changes";
import { cloudInitFile, type CloudInitFile } from "../vm/cloud-init-files";
import { isCloudInitDrive, parseDrive } from "../vm/drives";
import type { Vm } from "../world/vm";
import { assertUnlocked, holdVmLock, requireVm } from "../world/world";
import { AS_ROOT_ON_NODE, type Call, type Endpoint, nodeOf, ON_NODE, vmidOf } from "./endpoint";

/** Writes a new image; the guest reads it when it starts. */
async function regenerate(call: Call): Promise<null> {
  const { world } = call;
  await holdVmLock(world, vmidOf(call), () => {
    const vm = requireVm(world, nodeOf(call), vmidOf(call));
    assertUnlocked(vm);
    if (hasCloudInitDrive(vm)) vm.writeCloudInitImage();
  });
  return null;
}

function hasCloudInitDrive({ config }: Vm): boolean {
  return Object.keys(config)
    .filter(isDriveKey)
    .some((key) => isCloudInitDrive(parseDrive(key, config[key] ?? "")));
}

function dump(call: Call): string {
  const { config, vmid } = requireVm(call.world, nodeOf(call), vmidOf(call));
  const file = call.parameters.type as CloudInitFile;
  const isMasked = file === "user" && !call.rights.has(`/vms/${vmid}`, "VM.Config.Cloudinit");
  const shown =
    isMasked && config.cipassword !== undefined ? { ...config, cipassword: "**********" } : config;
  return cloudInitFile(shown, vmid, file);
}

const PATH = "/nodes/{node}/qemu/{vmid}/cloudinit";
const MAY_SEE = needs("/vms/{vmid}", "VM.Audit");

/** Calls on what cloud-init tells a guest. */
export const VM_CLOUD_INIT_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: PATH,
    ...ON_NODE,
    permissions: MAY_SEE,
    parameters: {},
    handle: (call) => cloudInitRows(requireVm(call.world, nodeOf(call), vmidOf(call))),
  },
  {
    method: "PUT",
    path: PATH,
    ...AS_ROOT_ON_NODE,
    permissions: needs("/vms/{vmid}", "VM.Config.Cloudinit"),
    parameters: {},
    handle: regenerate,
  },
  {
    method: "GET",
    path: `${PATH}/dump`,
    ...ON_NODE,
    permissions: MAY_SEE,
    parameters: { type: { type: "string", enum: ["user", "network", "meta"] } },
    handle: dump,
  },
];
