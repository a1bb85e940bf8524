import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient, Parameters } from "../proxmox/api-client";
import { bytesToGiB, parseDisk, parseDiskRequest, parseSizeBytes, printSize } from "../proxmox/disk";
import {
  cloneVm,
  isVmIdFree,
  listClusterVms,
  findVmConfig,
  type ClusterVm,
  type VmConfig,
  type VmPlace,
} from "../proxmox/virtual-machine";
import { optionalText, requiredText } from "./values";
import { vmLabel } from "./vm-label";

/** A clone that was begun, or what stands in its way. */
export type CloneResult =
  { readonly upid: string; readonly refused?: undefined } | { readonly refused: Diagnostic };

/**
 * Begins a full clone of the template, after having looked for what would make it fail or go wrong.
 *
 * @throws ApiError, ConnectionError
 */
export async function beginClone(client: ApiClient, planned: ObjectValue): Promise<CloneResult> {
  const vmid = Number(requiredText(planned, "vmid"));
  const templateId = Number(requiredText(planned, "clone"));
  const vms = await listClusterVms(client);
  if (!(await isVmIdFree(client, vmid))) return { refused: takenDiagnostic(planned, vms) };

  const template: VmPlace = {
    // A token that may clone the template but not list it still gets there where it is on the same node.
    node: vms.find((row) => row.vmid === templateId)?.node ?? requiredText(planned, "node"),
    vmid: templateId,
  };
  const templateConfig = await findVmConfig(client, template);
  if (templateConfig === undefined) return { refused: noTemplateDiagnostic(planned, template) };
  const unfit = diskFault(planned, templateConfig);
  if (unfit !== undefined) return { refused: unfit };
  return { upid: await cloneVm(client, template, cloneParameters(planned, template)) };
}

function cloneParameters(planned: ObjectValue, template: VmPlace): Parameters & { newid: number } {
  const scsi0 = optionalText(planned, "scsi0");
  const node = requiredText(planned, "node");
  return {
    newid: Number(requiredText(planned, "vmid")),
    name: requiredText(planned, "name"),
    full: true,
    storage: scsi0 === undefined ? undefined : parseDiskRequest(scsi0).storage,
    pool: optionalText(planned, "pool"),
    target: template.node === node ? undefined : node,
  };
}

function takenDiagnostic(planned: ObjectValue, vms: readonly ClusterVm[]): Diagnostic {
  const vmid = Number(requiredText(planned, "vmid"));
  const holder = vms.find((row) => row.vmid === vmid);
  const who =
    holder === undefined
      ? "a VM or container that this API token may not see"
      : `${holder.type === "lxc" ? "container" : "VM"} "${holder.name ?? vmid}" on node ${holder.node}`;
  const takeOver =
    holder?.type === "qemu" && holder.template !== 1
      ? `, or take that VM over: terraform import ADDRESS ${holder.node}/${vmid}`
      : "";
  return errorDiagnostic(
    `Unable to create ${vmLabel(planned)}: VM id ${vmid} is taken`,
    `VM id ${vmid} belongs to ${who}. It was not touched. Choose a free vmid${takeOver}.`,
    ["vmid"],
  );
}

function noTemplateDiagnostic(planned: ObjectValue, template: VmPlace): Diagnostic {
  return errorDiagnostic(
    `Unable to create ${vmLabel(planned)}: there is no template ${template.vmid}`,
    `Proxmox has no VM ${template.vmid} on node ${template.node}, and this API token sees it on no other node. ` +
      "Check clone; the token needs VM.Audit and VM.Clone on the template.",
    ["clone"],
  );
}

/** The template's disk has to be there and must not be larger than what is asked for: disks never shrink. */
function diskFault(planned: ObjectValue, templateConfig: VmConfig): Diagnostic | undefined {
  const scsi0 = planned["scsi0"];
  if (typeof scsi0 !== "string") return undefined;
  const summary = `Unable to create ${vmLabel(planned)} from template ${requiredText(planned, "clone")}`;
  const disk = parseDisk(String(templateConfig["scsi0"] ?? "none"));
  if (disk === undefined) {
    const disks = Object.entries(templateConfig)
      .filter(
        ([key, value]) => /^(ide|sata|scsi|virtio)\d+$/.test(key) && parseDisk(String(value)) !== undefined,
      )
      .map(([key]) => key);
    return errorDiagnostic(
      summary,
      `The template has no disk at scsi0${disks.length > 0 ? ` but at ${disks.join(", ")}` : ""}. ` +
        "Attach its boot disk as scsi0, as docs/GETTING_STARTED.md makes the template.",
      ["scsi0"],
    );
  }
  const askedGiB = parseDiskRequest(scsi0).sizeGiB;
  if ((disk.sizeBytes ?? 0) > parseSizeBytes(printSize(askedGiB))) {
    return errorDiagnostic(
      summary,
      `The template's disk has ${bytesToGiB(disk.sizeBytes ?? 0)} GiB, scsi0 asks for ${askedGiB} GiB. Disks grow ` +
        `but never shrink: ask for ${Math.ceil(bytesToGiB(disk.sizeBytes ?? 0))} GiB or more.`,
      ["scsi0"],
    );
  }
  return undefined;
}
