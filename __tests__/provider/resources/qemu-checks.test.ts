import { emptyObject } from "../../../provider/plugin/schema";
import { validateBlock } from "../../../provider/plugin/validation";
import { UNKNOWN, type ObjectValue, type Value } from "../../../provider/plugin/value";
import { QEMU } from "../../../provider/resources/qemu";

const { block } = QEMU.schema;
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDbH3pqyhNqUbHhGRKtZx0bXOEYGEJfRlhVhTRr6JqJr user@host";

/** Faults of a configuration, each with the attribute it is told at. */
function faults(config: ObjectValue): (readonly [string, string])[] {
  const whole = { ...emptyObject(block), ...config };
  return [...validateBlock(block, whole), ...(QEMU.validate?.(whole) ?? [])].map(
    ({ attribute, detail }) => [attribute?.join(".") ?? "", detail] as const,
  );
}

test.each<[string, readonly Value[]]>([
  ["vmid", [100, 999_999_999]],
  ["name", ["a", "rancher-manager-1", "vm.example.com", "a".repeat(63)]],
  ["node", ["pve1", "PVE-2"]],
  ["cores", [1, 128]],
  ["cpu", ["host", "x86-64-v2-AES,flags=+aes"]],
  ["memory", [16, 8192]],
  ["net0", ["virtio,bridge=vmbr0,tag=14", "virtio=BC:24:11:00:00:01,bridge=vmbr0,trunks=5;10-20,rate=12.5"]],
  ["scsi0", ["local-vm-zfs:20", "a1:0.5"]],
  [
    "net7",
    ["", "virtio,bridge=vmbr1,tag=20,mtu=9000", "virtio,bridge=vmbr1,mtu=1", "virtio,bridge=b,mtu=576"],
  ],
  ["scsi13", ["", "local-vm-zfs:20"]],
  ["ipconfig7", ["", "ip=dhcp", "ip=10.0.0.2/8,ip6=fd00::2/64,gw6=fd00::1"]],
  ["ciuser", ["", "ubuntu", "Administrator", "_svc", "jane.doe@corp"]],
  ["sshkeys", ["", KEY, `# mine\n${KEY}\n`]],
  ["ipconfig0", ["", "ip=dhcp", "ip=192.168.1.100/24,gw=192.168.1.1"]],
  ["nameserver", ["", "192.168.1.1", "192.168.1.1  fd00::1"]],
  ["searchdomain", ["", "example.com", "a.example  b.example ", "_msdcs.corp.", "."]],
  ["tags", [[], ["k3s", "A_b-c+d.e", "1"]]],
  ["description", ["", "two\nlines", "x".repeat(8000)]],
  ["pool", ["rancher", "a/b/c"]],
  ["wait_for", ["agent", "none"]],
])("%s takes what it is for", (name, values) => {
  for (const value of values) expect(faults({ [name]: value })).toEqual([]);
});

test.each<[string, Value, string]>([
  ["vmid", 99, "100 to 999999999"],
  ["vmid", 100.5, "whole number"],
  ["vmid", 1_000_000_000, "100 to 999999999"],
  ["clone", 0, "100 to 999999999"],
  ["name", "", "a DNS name"],
  ["name", "web_1", "no underscore"],
  ["name", "a".repeat(64), "at most 63 characters between dots"],
  ["name", Array(64).fill("abc").join("."), "253 in all"],
  ["name", "-a", "a DNS name"],
  ["node", "192.168.1.2", "not its address"],
  ["cores", 0, "1 to"],
  ["sockets", 1.5, "whole number"],
  ["cpu", "host,flags=aes", "flags is"],
  ["memory", 15, "from 16"],
  ["net0", "", "has no card model"],
  ["net0", "virtio=01:00:5e:00:00:01,bridge=vmbr0", "no unicast address"],
  ["net0", "virtio=00:00:00:00:00:00,bridge=vmbr0", "stands for none"],
  ["net0", "virtio=BC:24:11:00:00:01,macaddr=BC:24:11:00:00:02", "has two MAC addresses"],
  ["net0", "virtio,bridge=vmbr0,tag=4095", "1 to 4094"],
  ["net0", "virtio,tag=5", "tag is given without bridge"],
  ["net0", "virtio,bridge=vmbr0,mtu=65521", "1 to 65520"],
  ["net0", "e1000,bridge=vmbr0,mtu=9000", "only a virtio card"],
  ["net0", "virtio,bridge=vmbr0,mtu=575", "allowed is 1 for the bridge's, or 576 to 65520"],
  ["net3", "virtio,bridge=vmbr0,tag=0", "1 to 4094"],
  ["net0", "virtio,bridge=vmbr0,queues=65", "0 to 64"],
  ["net0", "virtio,bridge=vmbr0,rate=fast", "a number of MB/s"],
  ["net0", "virtio,bridge=vmbr0,firewall=maybe", 'firewall is "maybe", allowed is 0 or 1'],
  ["net0", "virtio,bridge=vmbr0,trunks=5-4095", "VLANs 1 to 4094"],
  ["net0", "virtio,bridge=vmbr0,trunks=9-5", "VLANs 1 to 4094"],
  ["net0", "virtio,bridge=vmbr 0", "the name of a bridge"],
  ["scsi0", "local-vm-zfs:20G", "not STORAGE:GiB"],
  ["scsi0", "local-vm-zfs:0", "not STORAGE:GiB"],
  ["scsi0", "local-vm-zfs:0.0001", "1 MiB to 1 PiB"],
  ["scsi0", "local-vm-zfs:20000000", "1 MiB to 1 PiB"],
  ["scsi0", "local_:20", "not STORAGE:GiB"],
  ["scsi1", "local-vm-zfs", "not STORAGE:GiB"],
  ["ciuser", "two words", "a user name"],
  ["ciuser", "1000", "the first a letter"],
  ["ciuser", "a: b", "a user name"],
  ["ciuser", "a".repeat(33), "at most 32"],
  ["sshkeys", "hello", "Key 1 is no OpenSSH public key"],
  ["sshkeys", KEY.replace("IDbH3", ""), "damaged"],
  ["sshkeys", KEY.replace("JqJr ", " "), "damaged"],
  ["sshkeys", "ssh-dss AAAA", "takes no longer"],
  ["ipconfig0", "ip=192.168.1.0/24", "network's own address"],
  ["ipconfig0", "ip=dhcp,gw=192.168.1.1", "cannot be given with"],
  ["ipconfig2", "ip=10.0.0.2/24,gw=10.0.1.1", "outside the network"],
  ["nameserver", "192.168.1.1,192.168.1.2", "spaces between"],
  ["nameserver", "dns.example.com", "is no address"],
  ["nameserver", "0.0.0.0", "stands for none"],
  ["nameserver", " ", "blanks only"],
  ["searchdomain", "a..b", "is no domain"],
  ["searchdomain", "a\nb", "is no domain"],
  ["searchdomain", " ", "blanks only"],
  ["tags", ["ok", "not ok"], 'Got "not ok"'],
  ["description", "x".repeat(8001), "8000"],
  ["pool", "a/b/c/d", "Proxmox pool"],
  ["wait_for", "ssh", '"none" or "agent"'],
])("%s = %j is refused at its path", (name, value, message) => {
  expect(faults({ [name]: value })).toEqual([[name, expect.stringContaining(message)]]);
});

test.each(["", "0s", "0h0m", "10", "5 m", "1m1h", "-1s"])("a duration of %p is refused", (create) => {
  expect(faults({ timeouts: { create, update: null, delete: null } })).toEqual([
    ["timeouts.create", expect.stringContaining("a duration above 0")],
  ]);
});

test("everything that is wrong is told at once", () => {
  const config = {
    vmid: 1,
    name: "_",
    net0: "x",
    ipconfig0: "gw=1.2.3.4",
    tags: ["a b", "c d"],
    sshkeys: "x\ny",
  };
  const told = faults(config).map(([path]) => path);
  expect(told.sort()).toEqual(["ipconfig0", "name", "net0", "sshkeys", "sshkeys", "tags", "tags", "vmid"]);
});

describe("attributes together", () => {
  test("a VM is not its own template", () => {
    expect(faults({ vmid: 400, clone: 400 })).toEqual([["vmid", expect.stringContaining("both 400")]]);
  });

  test("an agent that is off is not waited for", () => {
    expect(faults({ agent: false, wait_for: "agent" })).toEqual([
      ["wait_for", expect.stringContaining("Set agent = true")],
    ]);
  });

  test("addresses need a card: one that is taken away has none, one that is left out may be the template's", () => {
    expect(faults({ net1: "", ipconfig1: "ip=dhcp" })).toEqual([
      ["ipconfig1", expect.stringContaining("There is no net1 to give these addresses to")],
    ]);
    expect(faults({ ipconfig1: "ip=dhcp" })).toEqual([]);
    expect(faults({ net1: "", ipconfig1: "" })).toEqual([]);
  });

  test("a second default gateway of one IP version is worth a warning at the card that brings it", () => {
    const config = {
      ipconfig0: "ip=192.168.1.2/24,gw=192.168.1.1",
      ipconfig1: "ip=10.0.0.2/24,gw=10.0.0.1,ip6=fd00::2/64,gw6=fd00::1",
    };
    const told = QEMU.validate?.({ ...emptyObject(block), ...config });
    expect(told).toMatchObject([{ severity: "warning", attribute: ["ipconfig1"] }]);
    expect(told?.[0]?.summary).toBe("ipconfig1 gives the VM a second default gateway for IPv4");
    expect(told?.[0]?.detail).toContain("ipconfig0 has gw=192.168.1.1 already");
    expect(faults({ ...config, ipconfig0: "ip=192.168.1.2/24" })).toEqual([]);
  });

  test("what is not known yet is no fault", () => {
    const unknown = Object.fromEntries(
      Object.keys(block.attributes).map((name): [string, Value] => [name, UNKNOWN]),
    );
    expect(faults(unknown)).toEqual([]);
  });
});
