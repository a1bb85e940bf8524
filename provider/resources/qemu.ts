import { errorDiagnostic } from "../plugin/diagnostic";
import type { Resource, ResourceResult } from "../plugin/provider";
import { emptyObject } from "../plugin/schema";
import { parseVmId } from "../proxmox/virtual-machine";
import type { Proxmox } from "../session/proxmox";
import { createQemu } from "./qemu-create";
import { crossChecks } from "./qemu-cross-checks";
import { deleteQemu } from "./qemu-delete";
import { planQemu } from "./qemu-plan";
import { readQemu } from "./qemu-read";
import { QEMU_SCHEMA } from "./qemu-schema";
import { updateQemu } from "./qemu-update";

/** The resource type `pve_qemu`. */
export const QEMU: Resource<Proxmox> = {
  schema: QEMU_SCHEMA,
  validate: crossChecks,
  plan: planQemu,
  noteState: ({ vmid }, { client }) => {
    if (typeof vmid === "number") client.vmIds.noteInState(vmid);
  },
  create: createQemu,
  read: readQemu,
  update: updateQemu,
  delete: deleteQemu,
  importState: importQemu,
};

function importQemu(id: string): ResourceResult {
  const place = parseVmId(id);
  if (place === undefined) {
    return {
      state: null,
      diagnostics: [
        errorDiagnostic(
          "Unable to import: the id is not node/vmid",
          `Got "${id}". Give the VM's Proxmox node and its VM id, such as terraform import ADDRESS pve1/401.`,
        ),
      ],
    };
  }
  return { state: { ...emptyObject(QEMU_SCHEMA.block), id, vmid: place.vmid } };
}
