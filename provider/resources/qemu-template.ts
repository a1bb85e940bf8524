import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue } from "../plugin/value";
import { bytesToGiB, parseDisk, parseDiskRequest, parseSizeBytes, printSize } from "../proxmox/disk";
import type { VmConfig } from "../proxmox/virtual-machine";
import { DATA_DISKS } from "./qemu-devices";
import { cardlessDiagnostics } from "./qemu-network-checks";
import { optionalText, requiredText } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/** Why no VM as planned can be made from a template; found before anything is made. */
export function templateFaults(planned: ObjectValue, template: VmConfig): Diagnostic[] {
  return [
    ...bootDiskFaults(planned, template),
    ...DATA_DISKS.flatMap((device) => dataDiskFaults(planned, device, template)),
    ...cardlessDiagnostics(planned, (card) => planned[card] !== "" && isThere(planned, card, template)),
  ];
}

function isThere(planned: ObjectValue, key: string, template: VmConfig): boolean {
  return optionalText(planned, key) !== undefined || template[key] !== undefined;
}

/** The template's disk has to be there and must not be larger than what is asked for: disks never shrink. */
function bootDiskFaults(planned: ObjectValue, template: VmConfig): Diagnostic[] {
  const asked = optionalText(planned, "scsi0");
  if (asked === undefined) return [];
  const disk = parseDisk(String(template["scsi0"] ?? "none"));
  if (disk !== undefined) return sizeFaults(planned, "scsi0", asked, disk.sizeBytes);
  const disks = Object.entries(template)
    .filter(
      ([key, value]) => /^(ide|sata|scsi|virtio)\d+$/.test(key) && parseDisk(String(value)) !== undefined,
    )
    .map(([key]) => key);
  return [
    unfit(
      planned,
      "scsi0",
      `The template has no disk at scsi0${disks.length > 0 ? ` but at ${disks.join(", ")}` : ""}. ` +
        "Attach its boot disk as scsi0, as docs/GETTING_STARTED.md makes the template.",
    ),
  ];
}

/** A data disk that the template has is kept: it is copied with the boot disk, to the same storage where one is given. */
function dataDiskFaults(planned: ObjectValue, device: string, template: VmConfig): Diagnostic[] {
  const asked = optionalText(planned, device);
  const stored = template[device];
  if (asked === undefined || asked === "" || stored === undefined) return [];
  const disk = parseDisk(String(stored));
  if (disk === undefined) {
    const what = `The template has "${stored}" at ${device}, which is no disk on a storage.`;
    return [unfit(planned, device, `${what} Ask for the disk at a device that the template leaves free.`)];
  }
  const boot = optionalText(planned, "scsi0");
  const storage = boot === undefined ? disk.storage : parseDiskRequest(boot).storage;
  const request = parseDiskRequest(asked);
  if (request.storage !== storage) {
    return [
      unfit(
        planned,
        device,
        `The template has a disk at ${device} itself, whose copy is made on ${storage}, not on ${request.storage}. Ask for ` +
          `${device} = "${storage}:${request.sizeGiB}", or for the disk at a device that the template leaves free.`,
      ),
    ];
  }
  return sizeFaults(planned, device, asked, disk.sizeBytes);
}

function sizeFaults(planned: ObjectValue, device: string, asked: string, hasBytes = 0): Diagnostic[] {
  const askedGiB = parseDiskRequest(asked).sizeGiB;
  if (hasBytes <= parseSizeBytes(printSize(askedGiB))) return [];
  const hasGiB = bytesToGiB(hasBytes);
  return [
    unfit(
      planned,
      device,
      `The template's disk has ${hasGiB} GiB, ${device} asks for ${askedGiB} GiB. Disks grow but never shrink: ask for ` +
        `${Math.ceil(hasGiB)} GiB or more.`,
    ),
  ];
}

function unfit(planned: ObjectValue, attribute: string, detail: string): Diagnostic {
  return errorDiagnostic(
    `Unable to create ${vmLabel(planned)} from template ${requiredText(planned, "clone")}`,
    detail,
    [attribute],
  );
}
