import { STORAGE_ADVICE } from "../../../../provider/failure/advice/storage-advice";
import { afterCall, afterTask, describeAdvice } from "./advised";

describeAdvice(STORAGE_ADVICE, [
  [
    "can't lock file '/var/lock/pve-manager/pve-storage-local-zfs' - got timeout",
    '"local-zfs" was kept busy',
    "-parallelism=3",
  ],
  [
    "clone failed: cfs-lock 'storage-ceph' error: got lock request timeout",
    '"ceph" was kept busy',
    "-parallelism=3",
  ],
  ["clone failed: 'storage-ceph'-locked command timed out - aborting", '"ceph" was kept busy'],
  ["storage 'nosuch' does not exist", 'no storage "nosuch"', "pvesm status --content images"],
  ["No such storage.", "no such storage on node pve1", "pvesm status"],
  [
    "qemu-img: Could not open '/x.qcow2': Failed to get shared \"write\" lock Is another process using the image?",
    "has a disk of VM 401 open",
  ],
  ["storage 'off' is disabled", "pvesm set off --disable 0"],
  ["storage 'othernode' is not available on node 'pve1'", "for other nodes alone", "open it for node pve1"],
  ["storage 'iso' does not support vm images", '"iso" takes no VM disks', "Disk image"],
  ["storage 'iso' does not support content-type 'images'", '"iso" takes no VM disks'],
  [
    "unable to activate storage 'nfs' - directory '/mnt/pve/nfs' does not exist or is unreachable",
    '"nfs" cannot be reached on node pve1',
  ],
  ["storage 'nfs' is not online", '"nfs" cannot be reached'],
  ["clone failed: zfs error: cannot create 'rpool/data/vm-401-disk-0': out of space", "The storage is full"],
  [
    "clone failed: lvcreate 'pve/vm-401-disk-0' error:   Volume group \"pve\" has insufficient free space (10 extents): 5120 required.",
    "The storage is full",
  ],
  [
    "zfs error: cannot set property for 'rpool/data/vm-401-disk-0': size is greater than available space",
    "The storage is full",
  ],
  ["unable to create image: No space left on device", "The storage is full", "pvesm status --content images"],
  [
    "volume 'local-vm-zfs:460/vm-460-disk-0.qcow2' does not exist",
    "no longer on its storage",
    "-replace=ADDRESS",
  ],
  [
    "disk image '/srv/images/410/vm-410-cloudinit.qcow2' already exists",
    "left behind (/srv/images/410",
    "pvesm free VOLUME",
  ],
  ["can't clone VM to node 'pve2' (VM uses local storage)", "on shared storage"],
  ["can't clone to non-shared storage 'local-zfs'", "on shared storage"],
  ["parameter 'storage' not allowed for linked clones", "Please report"],
  [
    "Linked clone feature is not supported for 'local-zfs:vm-9000-disk-0' (scsi0)",
    "linked clone of it: make the VM a template",
  ],
  ["Full clone feature is not supported for 'local-zfs:vm-9000-disk-0@s1' (scsi0)", "without snapshots"],
  ["shrinking disks is not supported", "disk of VM 401 is larger than is asked for", "qm config 401"],
  ["disk 'scsi0' does not exist", "VM 401 has no disk at scsi0", "set the boot order"],
  ["disk 'scsi5' does not exist", "VM 401 has no disk at scsi5", "waits for the VM's next start"],
  [
    "unable to delete 'local-zfs:vm-401-disk-1' - volume is still in use (snapshot?)",
    "snapshot of VM 401 needs it",
    "qm listsnapshot 401",
  ],
  ["you can't resize a cdrom", "CD-ROM at scsi0"],
]);

test("a storage's fault is found where Proxmox tells it as a parameter's", () => {
  const detail = afterCall("Parameter verification failed.", 400, {
    storage: "storage 'iso' does not support vm images",
  });
  expect(detail).toContain('"iso" takes no VM disks');
});

test("the cause in a task's log comes before what the task ends with", () => {
  const detail = afterTask("start failed: QEMU exited with code 1", [
    "kvm: -drive file=...: No space left on device",
    "TASK ERROR: start failed: QEMU exited with code 1",
  ]);
  expect(detail).toContain("The storage is full");
});
