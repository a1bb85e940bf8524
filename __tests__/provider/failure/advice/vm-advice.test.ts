import { VM_ADVICE } from "../../../../provider/failure/advice/vm-advice";
import { afterCall, describeAdvice } from "./advised";

describeAdvice(VM_ADVICE, [
  [
    "Configuration file 'nodes/pve2/qemu-server/402.conf' does not exist",
    "VM 402 is not on node pve2: it was removed, or moved",
    "terraform apply again",
  ],
  [
    "unable to find configuration file for VM 9000 on node 'pve1'",
    "VM 9000 is not on node pve1",
    "correct clone",
  ],
  [
    "unable to create VM 401 - VM 401 already exists on node 'pve2'",
    "by a VM on node pve2",
    "import ADDRESS pve2/401",
  ],
  [
    "unable to create VM 401 - CT 401 already exists on node 'pve2'",
    "by a container on node pve2",
    "a free vmid.",
  ],
  [
    "unable to create VM 401: config file already exists",
    "is taken on node pve1",
    "terraform import ADDRESS pve1/401",
  ],
  [
    "close (rename) atomic file '/etc/pve/nodes/pve1/qemu-server/401.conf' failed: File exists",
    "VM id 401 is taken by a container, or by a VM on another node",
  ],
  ["VM 401 already exists", "VM id 401 is taken in the cluster"],
  ["VM is locked (suspended)", "VM 401 is suspended to disk", "qm unlock 401"],
  [
    "VM is locked (backup)",
    "Another operation (backup) has locked VM 401",
    "on node pve1 as root",
    "qm unlock 401",
  ],
  ["VM is locked (snapshot-delete)", "Another operation (snapshot-delete)"],
  [
    "can't lock file '/var/lock/qemu-server/lock-402.conf' - got timeout",
    "at work on VM 402",
    "terraform apply again",
  ],
  [
    "checksum mismatch (file change by other user?)",
    "Someone else changed VM 401",
    "nothing was written over it",
  ],
  ["VM 401 is running - destroy failed", "VM 401 was started between its stop and its removal"],
  ["can't remove VM 401 - protection mode enabled", "VM 401 is protected", "qm set 401 --protection 0"],
  ["can't remove drive 'scsi0' - protection mode enabled", "VM 401 is protected"],
  ["unable to remove VM 401 - used in HA resources and purge parameter not set.", "ha-manager remove vm:401"],
  [
    "base volume 'local-zfs:base-9000-disk-0' is still in use by linked cloned",
    "Linked clones still read local-zfs",
  ],
  ["VM 401 already running", "started by someone else", "Nothing is wrong with it"],
  ["you can't start a vm if it's a template", "VM 401 was turned into a template", "terraform state rm"],
  ["VM is paused - cannot shutdown", "VM 401 is paused", "qm resume 401"],
  ["VM quit/powerdown failed - got timeout", "did not shut down when it was asked", "qm stop 401"],
  ["No QEMU guest agent configured", "agent = true", 'wait_for = "none"'],
  ["QEMU guest agent is not running", "guest agent of VM 401 does not answer", 'wait_for = "none"'],
  ["VM 401 qmp command 'guest-ping' failed - got timeout", "guest agent of VM 401 does not answer"],
  ["VM 401 is not running", "VM 401 was stopped meanwhile"],
  ["VM 401 not running", "VM 401 was stopped meanwhile"],
]);

test("an id that is taken is told so where Proxmox tells it as a parameter's fault", () => {
  const detail = afterCall("Parameter verification failed.", 400, { vmid: "VM 401 already exists" });
  expect(detail).toContain("vmid: VM 401 already exists");
  expect(detail).toContain("Choose a free vmid");
});
