import { emptyObject } from "../../../provider/plugin/schema";
import { UNKNOWN, type ObjectValue } from "../../../provider/plugin/value";
import { QEMU_SCHEMA } from "../../../provider/resources/qemu-schema";
import { stateFromConfig } from "../../../provider/resources/qemu-state";

const PLACE = { node: "pve1", vmid: 401 };
const STORED = {
  name: "rancher-manager-1",
  cores: 4,
  sockets: 1,
  memory: "8192",
  cpu: "x86-64-v2-AES",
  net0: "virtio=BC:24:11:60:24:4F,bridge=vmbr0,tag=14",
  scsi0: "local-vm-zfs:vm-401-disk-0,discard=on,size=20G",
  ciuser: "ubuntu",
  ipconfig0: "ip=192.168.1.100/24,gw=192.168.1.1",
  nameserver: "192.168.1.1 192.168.1.2",
  sshkeys: "ssh-ed25519%20AAAA%20me%40host",
  agent: "enabled=1,fstrim_cloned_disks=1",
  tags: "apps;k3s",
  digest: "0".repeat(40),
};
const EMPTY = emptyObject(QEMU_SCHEMA.block);

test("after an import every setting that the VM has is known", () => {
  expect(stateFromConfig({ ...EMPTY, id: "pve1/401", vmid: 401 }, PLACE, STORED)).toMatchObject({
    id: "pve1/401",
    node: "pve1",
    memory: 8192,
    net0: "virtio=BC:24:11:60:24:4F,bridge=vmbr0,tag=14",
    scsi0: "local-vm-zfs:20",
    sshkeys: "ssh-ed25519 AAAA me@host",
    agent: true,
    onboot: false,
    tags: ["apps", "k3s"],
    description: null,
    clone: null,
    ipv4_address: "192.168.1.100",
    wait_for: "agent",
  });
});

test("texts that mean what the VM has are kept to the letter", () => {
  const known = {
    net0: "virtio,tag=14,bridge=vmbr0",
    scsi0: "local-vm-zfs:20.0",
    ipconfig0: "gw=192.168.1.1,ip=192.168.1.100/24",
    tags: ["K3s", "apps"],
    sshkeys: "ssh-ed25519 AAAA me@host\n",
    searchdomain: "",
  };
  expect(stateFromConfig({ ...EMPTY, ...known }, PLACE, STORED)).toMatchObject(known);
});

test.each([
  ["net0", "virtio,bridge=vmbr0,tag=15", "virtio,bridge=vmbr0,tag=14"],
  ["scsi0", "local-vm-zfs:10", "local-vm-zfs:20"],
  ["scsi0", "local-zfs:20", "local-vm-zfs:20"],
  ["memory", 4096, 8192],
  ["tags", ["apps"], ["apps", "k3s"]],
  ["searchdomain", "example.com", null],
  ["cpu", "host", "x86-64-v2-AES"],
])("drift in %s shows", (attribute, known, actual) => {
  expect(stateFromConfig({ ...EMPTY, [attribute]: known }, PLACE, STORED)[attribute]).toEqual(actual);
});

test("a boot disk that was detached is no longer in the state", () => {
  const detached = { ...STORED, scsi0: undefined, unused0: "local-vm-zfs:vm-401-disk-0" };
  expect(stateFromConfig({ ...EMPTY, scsi0: "local-vm-zfs:20" }, PLACE, detached)["scsi0"]).toBeNull();
});

test("a VM without settings has Proxmox's defaults, and nothing stays unknown", () => {
  const planned: ObjectValue = { ...EMPTY, cores: UNKNOWN, agent: UNKNOWN, ipv4_address: UNKNOWN };
  const state = stateFromConfig(planned, PLACE, { name: "bare" });
  expect(state).toMatchObject({
    cores: 1,
    sockets: 1,
    memory: 512,
    cpu: "kvm64",
    agent: false,
    ipv4_address: null,
  });
  expect(Object.values(state)).not.toContain(UNKNOWN);
});

test("a VM that has moved keeps the node of the configuration and shows where it is in its id", () => {
  const state = stateFromConfig({ ...EMPTY, node: "pve1" }, { node: "pve2", vmid: 401 }, STORED);
  expect(state).toMatchObject({ node: "pve1", id: "pve2/401" });
});
