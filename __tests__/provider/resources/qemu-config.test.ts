import { UNKNOWN, type ObjectValue } from "../../../provider/plugin/value";
import { configChanges } from "../../../provider/resources/qemu-config";
import { printMark } from "../../../provider/session/mark";

const CLONED = {
  name: "rancher-manager-1",
  cores: 2,
  memory: "2048",
  net0: "virtio=BC:24:11:60:24:4F,bridge=vmbr0",
  agent: "enabled=1,fstrim_cloned_disks=1",
  tags: "debian;template",
  description: "a template",
};
const REFERENCE: ObjectValue = {
  vmid: 401,
  name: "rancher-manager-1",
  node: "pve1",
  cores: 4,
  sockets: 1,
  memory: 8192,
  net0: "virtio,bridge=vmbr0,tag=14",
  ciuser: "ubuntu",
  ipconfig0: "ip=192.168.1.100/24,gw=192.168.1.1",
  nameserver: "192.168.1.1 192.168.1.2",
  agent: UNKNOWN,
  tags: UNKNOWN,
  cpu: null,
};

test("a fresh clone gets what it lacks, keeps its MAC address, and is left alone in what is not planned", () => {
  expect(configChanges(REFERENCE, CLONED)).toEqual({
    cores: 4,
    memory: 8192,
    net0: "virtio=BC:24:11:60:24:4F,bridge=vmbr0,tag=14",
    ciuser: "ubuntu",
    ipconfig0: "ip=192.168.1.100/24,gw=192.168.1.1",
    nameserver: "192.168.1.1 192.168.1.2",
  });
});

test("what the VM has already is not sent, however Proxmox spells it", () => {
  const settings: ObjectValue = {
    cores: 2,
    sockets: 1,
    memory: 2048,
    net0: "bridge=vmbr0,model=virtio,firewall=0",
    agent: true,
    onboot: false,
    tags: ["Template", "debian"],
    description: "a template  ",
    searchdomain: "",
  };
  expect(configChanges(settings, CLONED)).toEqual({});
  expect(configChanges({ ...settings, memory: 16384 }, CLONED)).toEqual({ memory: 16384 });
});

test("switching the guest agent keeps its other options", () => {
  expect(configChanges({ agent: false }, CLONED)).toEqual({ agent: "0,fstrim_cloned_disks=1" });
});

test("an empty value clears the setting where the VM has it", () => {
  const planned = { description: "", tags: [], searchdomain: "" };
  expect(configChanges(planned, CLONED)).toEqual({ delete: "tags,description" });
});

test("tags are sent as Proxmox keeps them", () => {
  expect(configChanges({ tags: ["Zeta", "alpha", "zeta"] }, {})).toEqual({ tags: "alpha;zeta" });
});

test("a MAC address that is asked for wins over the one the VM has", () => {
  const planned = { net0: "virtio=bc:24:11:00:00:01,bridge=vmbr0" };
  expect(configChanges(planned, CLONED)).toEqual({ net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0" });
});

test("the mark of an unfinished VM stays behind a description that changes", () => {
  const marked = printMark({ text: "a template", signature: "0".repeat(32) });
  expect(configChanges({ description: "a template" }, { ...CLONED, description: marked })).toEqual({});
  expect(configChanges({ description: "mine" }, { ...CLONED, description: marked })).toEqual({
    description: printMark({ text: "mine", signature: "0".repeat(32) }),
  });
});

test("a card keeps its own MAC address, a new one gets none from here, and an empty one goes", () => {
  const actual = { ...CLONED, net1: "virtio=BC:24:11:00:00:02,bridge=vmbr1", ipconfig1: "ip=dhcp" };
  expect(configChanges({ net1: "virtio,bridge=vmbr1,mtu=1", net2: "virtio,bridge=vmbr2" }, actual)).toEqual({
    net1: "virtio=BC:24:11:00:00:02,bridge=vmbr1,mtu=1",
    net2: "virtio,bridge=vmbr2",
  });
  expect(configChanges({ net1: "", ipconfig1: "", net2: "" }, actual)).toEqual({ delete: "net1,ipconfig1" });
  expect(configChanges({ net1: "bridge=vmbr1,model=virtio", ipconfig1: "ip=dhcp" }, actual)).toEqual({});
});

test("the volume of a disk that goes goes with it, and of nothing else", () => {
  const actual = { ...CLONED, scsi1: "fast:vm-401-disk-1,size=50G", net1: "virtio=BC:24:11:00:00:02" };
  expect(configChanges({ net1: "", scsi1: "" }, actual)).toEqual({ delete: "net1,scsi1", force: true });
  expect(configChanges({ net1: "", scsi1: "fast:50" }, actual)).toEqual({ delete: "net1" });
});
