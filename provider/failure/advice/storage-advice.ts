import { commands, onNode, theVm, vmidFor, type Advice } from "./situation";

/**
 * Texts about storages, disks and clones.
 * Sources: pve-storage src/PVE/Storage.pm, src/PVE/Storage/*.pm; pve-cluster src/PVE/Cluster.pm (cfs_lock);
 * qemu-server src/PVE/API2/Qemu.pm (clone_vm, resize_vm).
 */
export const STORAGE_ADVICE: readonly Advice[] = [
  {
    said: /can't lock file '[^']*\/pve-storage-([^']+)' - got timeout|cfs-lock 'storage-([^']+)' error: got lock|'storage-([^']+)'-locked command timed out/,
    advice: ([, local, shared, slow]) => {
      const storage = local ?? shared ?? slow ?? "";
      return (
        `The storage "${storage}" was kept busy by other operations for longer than Proxmox waits. Run terraform apply ` +
        "again; on a slow storage with fewer VMs at a time:" +
        commands("terraform apply -parallelism=3")
      );
    },
  },
  {
    said: /storage '([^']+)' does not exist/,
    advice: ([, storage = ""], situation) =>
      `There is no storage "${storage}": correct it where a disk names it (scsi0 to scsi13). Those that there are, ${onNode(situation)}:` +
      commands("pvesm status --content images"),
  },
  {
    said: /No such storage\./,
    advice: (_, situation) =>
      `There is no such storage ${onNode(situation)}, or the token may not see it (Datastore.Audit). Those that there are:` +
      commands("pvesm status"),
  },
  {
    said: /storage '([^']+)' is disabled/,
    advice: ([, storage = ""]) =>
      `Choose another storage for the disk, or enable this one, as root:${commands(`pvesm set ${storage} --disable 0`)}`,
  },
  {
    said: /storage '([^']+)' is not available on node '([^']+)'/,
    advice: ([, storage = "", node = ""]) =>
      `The storage "${storage}" is for other nodes alone. Choose another for the disk, or another node; or open it for node ` +
      `${node} in Datacenter, Storage, Nodes.`,
  },
  {
    said: /storage '([^']+)' does not support vm images|storage '([^']+)' does not support content-type 'images'/,
    advice: ([, storage, other]) =>
      `The storage "${storage ?? other ?? ""}" takes no VM disks. Choose another for the disk, or add "Disk image" to its ` +
      "content in Datacenter, Storage.",
  },
  {
    said: /unable to activate storage '([^']+)'|storage '([^']+)' is not (?:online|active)/,
    advice: ([, storage, other], situation) =>
      `The storage "${storage ?? other ?? ""}" cannot be reached ${onNode(situation)} just now: is its disk, share or pool ` +
      `there? pvesm status says more.`,
  },
  {
    said: /out of space|No space left|not enough (?:free )?space|insufficient free space|greater than available space|quota exceeded/i,
    advice: (_, situation) =>
      `The storage is full. Free some space or choose another storage for the disk. What it has left, ${onNode(situation)}:` +
      commands("pvesm status --content images"),
  },
  {
    said: /volume '([^']+)' does not exist/,
    advice: ([, volume = ""], situation) =>
      `${theVm(situation)} is configured with ${volume}, which is no longer on its storage: somebody removed it. ` +
      "Restore it, or have the VM made anew:" +
      commands("terraform apply -replace=ADDRESS"),
  },
  {
    said: /disk image '([^']+)' already exists|dataset already exists|File exists/,
    advice: ([, file], situation) =>
      `A disk of an earlier VM with this id was left behind${file === undefined ? "" : ` (${file})`}. If nothing needs ` +
      `it, remove it, as root ${onNode(situation)}, and run again:` +
      commands("pvesm list STORAGE --vmid VMID", "pvesm free VOLUME"),
  },
  {
    said: /Failed to get (?:shared )?"write" lock/,
    advice: (_, situation) =>
      `Another process, a backup or a copy, has a disk of ${theVm(situation)} open. Run terraform apply again when it has ended.`,
  },
  {
    said: /can't clone VM to node '([^']+)' \(VM uses local storage\)|can't clone to non-shared storage '([^']+)'/,
    advice: () =>
      "A clone can only go to another node where all disks are on shared storage. Make the VM on the template's node, " +
      "or have a template on each node.",
  },
  {
    said: /parameter '(storage|format)' not allowed for linked clones/,
    advice: () =>
      "Please report this with the message: the provider clones in full, where these are allowed.",
  },
  {
    said: /(Linked|Full) clone feature is not supported for '([^']+)'/,
    advice: ([, kind = "", disk = ""]) =>
      `The storage of ${disk} cannot make a ${kind.toLowerCase()} clone of it` +
      (kind === "Full"
        ? ": clone from a template or a VM without snapshots on it."
        : ": make the VM a template first."),
  },
  {
    said: /shrinking disks is not supported/,
    advice: (_, situation) =>
      `A disk of ${theVm(situation)} is larger than is asked for: someone grew it meanwhile. Disks never shrink: ask ` +
      "for its size or more. What it has:" +
      commands(`qm config ${vmidFor(situation)} | grep scsi`),
  },
  {
    said: /disk 'scsi0' does not exist/,
    advice: (_, situation) =>
      `${theVm(situation)} has no disk at scsi0: it was detached, or the template's boot disk is elsewhere. Attach it ` +
      "as scsi0 in Proxmox (Hardware), and set the boot order.",
  },
  {
    said: /disk '([^']+)' does not exist/,
    advice: ([, disk = ""], situation) =>
      `${theVm(situation)} has no disk at ${disk}: it was detached meanwhile, or waits for the VM's next start to be ` +
      "attached. Reboot the VM in Proxmox where it waits there (Hardware), then run terraform apply again.",
  },
  {
    said: /unable to delete '[^']+' - volume is still in use \(snapshot\?\)/,
    advice: (_, situation) =>
      `A disk cannot be deleted while a snapshot of ${theVm(situation)} needs it. Remove the snapshot first (Snapshots in ` +
      "Proxmox), or leave the disk out of the configuration, which keeps it. The snapshots:" +
      commands(`qm listsnapshot ${vmidFor(situation)}`),
  },
  {
    said: /you can't resize a cdrom/,
    advice: () =>
      "The template has a CD-ROM at scsi0. Attach its boot disk as scsi0, as docs/GETTING_STARTED.md does.",
  },
];
