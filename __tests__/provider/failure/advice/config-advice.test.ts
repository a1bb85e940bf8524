import { CONFIG_ADVICE } from "../../../../provider/failure/advice/config-advice";
import { afterCall, describeAdvice } from "./advised";

describeAdvice(CONFIG_ADVICE, [
  ["bridge 'vmbr9' does not exist", 'no bridge "vmbr9" on node pve1', "net0"],
  ["no physical interface on bridge 'vmbr1'", "carries no VLAN", "Leave tag out"],
  ["MAX 2 vcpus allowed per VM on this node", "has 2 CPUs", "lower cores"],
  ["kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory", "too little free memory on node pve1"],
  [
    "KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.",
    "VT-x",
  ],
  [
    "balloon value too large (must be smaller than assigned memory)",
    "VM 401 has from its template",
    "--delete balloon",
  ],
  ["SSH public key validation error", "ssh-keygen -l -f KEY.pub"],
  ["invalid bootorder: device 'scsi1' does not exist'", "boot order of VM 401 names scsi1"],
  ["ide2 - cloud-init drive is already attached at 'scsi1'", "at scsi1"],
  ["only root can set 'args' config", "no API token set args"],
  [
    "invalid format - Built-in cputype 'foo' is not defined (missing 'custom-' prefix?)",
    'CPU type "foo"',
    "pvesh get",
  ],
  ["invalid format - Custom cputype 'foo' not found", 'CPU type "foo"'],
  ["invalid format - VM-specific CPU flags must be a subset of: aes, pcid", "correct flags in cpu"],
  ["hotplug problem - can't unplug bootdisk 'scsi0'", "VM 401 cannot take this change while it runs"],
  ["unable to apply pending change net0 : device is busy", "VM 401 cannot take this change"],
  ["property is not defined in schema and the schema does not allow additional properties", "pveversion"],
  ["no options specified", "Nothing was left to change"],
  ["start failed: command '/usr/bin/kvm -id 401' failed: got timeout", "VM 401 did not start in the time"],
  ["start failed: QEMU exited with code 1", "qm start 401"],
]);

test("what Proxmox tells of a parameter is told by its name", () => {
  const detail = afterCall("Parameter verification failed.", 400, {
    net0: "hotplug problem - error on hot-unplugging device 'net0'",
  });
  expect(detail).toContain("net0: hotplug problem");
  expect(detail).toContain("when the VM is next stopped or started");
});
