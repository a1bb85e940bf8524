import { TestSimulator } from "../client";

const MAC = /(?:[0-9A-F]{2}:){5}[0-9A-F]{2}/;
const KEY = "ssh-ed25519%20AAAAC3NzaC1lZDI1NTE5AAAAIDbH3pqyhNqUbHhGRKtZx0bXOEYGEJfRlhVhTRr6JqJr";
const NETWORK_MODELS =
  "e1000, e1000-82540em, e1000-82544gc, e1000-82545em, e1000e, i82551, i82557b, i82559er, ne2k_isa, ne2k_pci, pcnet, rtl8139, virtio, vmxnet3";

/** What the genuine server was recorded to keep of a value; `MAC` stands for a generated address. */
const KEPT: readonly (readonly [key: string, sent: string, kept: string | number | undefined])[] = [
  ["net1", "virtio,bridge=vmbr0", "virtio=MAC,bridge=vmbr0"],
  ["net1", "model=virtio,bridge=vmbr0", "virtio=MAC,bridge=vmbr0"],
  ["net1", "virtio,bridge=vmbr0,macaddr=bc:24:11:aa:bb:cc", "virtio=bc:24:11:aa:bb:cc,bridge=vmbr0"],
  ["net1", "virtio,bridge=vmbr0,firewall=on", "virtio=MAC,bridge=vmbr0,firewall=1"],
  ["net1", "tag=14,bridge=vmbr0,virtio", "virtio=MAC,bridge=vmbr0,tag=14"],
  ["net1", "virtio,,bridge=vmbr0,", "virtio=MAC,bridge=vmbr0"],
  ["net1", "virtio,bridge=vmbr0,tag=020", "virtio=MAC,bridge=vmbr0,tag=020"],
  ["ipconfig1", "gw=10.0.0.254,ip=10.0.0.1/24", "gw=10.0.0.254,ip=10.0.0.1/24"],
  ["ipconfig1", "ip=dhcp,gw=10.0.0.1", "ip=dhcp,gw=10.0.0.1"],
  ["ipconfig1", "", " "],
  ["nameserver", "  1.1.1.1  ", "1.1.1.1"],
  ["nameserver", "1.1.1.1;8.8.8.8", "1.1.1.1;8.8.8.8"],
  ["searchdomain", "under_score.example", "under_score.example"],
  ["ciuser", "trailing ", "trailing"],
  ["cipassword", "s3cret", "**********"],
  ["sshkeys", `${KEY}%20a%0A${KEY}%20b%0A`, `${KEY}%20a%0A${KEY}%20b%0A`],
  ["tags", "Zeta,k3s;alpha k3s", "alpha;k3s;zeta"],
  ["tags", ";", " "],
  ["name", "WEB", "WEB"],
  ["name", "web.example.com", "web.example.com"],
  ["description", "a\nb\n", "a\nb"],
  ["description", "\n", undefined],
  ["cores", "129", 129],
  ["cpu", "host,flags=+aes", "host,flags=+aes"],
  ["cpu", "EPYC", "EPYC"],
  ["cpulimit", "0.50", "0.50"],
  ["cpuunits", "262144", 10000],
  ["memory", "current=2048", "current=2048"],
  ["balloon", "1024", 1024],
  ["agent", "enabled=1,fstrim_cloned_disks=1", "enabled=1,fstrim_cloned_disks=1"],
  ["agent", "yes", "yes"],
  ["startup", "down=10,up=5,order=2", "down=10,up=5,order=2"],
  ["boot", "order=scsi0;net0", "order=scsi0;net0"],
  ["boot", "legacy=c", "legacy=c"],
  ["machine", "pc-q35-9.2+pve1", "pc-q35-9.2+pve1"],
  ["hotplug", "disk network", "disk network"],
  [
    "virtio1",
    "local-vm-zfs:0.5,serial=s1,discard=on",
    "local-vm-zfs:vm-401-disk-1,discard=on,serial=s1,size=512M",
  ],
  [
    "scsi0",
    "local-vm-zfs:vm-401-disk-0,ssd=true,backup=no",
    "local-vm-zfs:vm-401-disk-0,backup=0,size=2252M,ssd=1",
  ],
  ["ide3", "none", "none,media=cdrom"],
];

/** What the genuine server was recorded to say of a value: one text for the key of the value. */
const REFUSED: readonly (readonly [key: string, sent: string, text: string])[] = [
  [
    "net1",
    "virtio,bridge=vmbr0,tag=0",
    "invalid format - format error\nnet1.tag: value must have a minimum value of 1\n",
  ],
  [
    "net1",
    "virtio,bridge=vmbr0,tag=4095",
    "invalid format - format error\nnet1.tag: value must have a maximum value of 4094\n",
  ],
  [
    "net1",
    "virtio=BD:24:11:AA:BB:CC",
    "invalid format - format error\nnet1.macaddr: invalid format - value does not look like a valid unicast MAC address\n\n",
  ],
  ["net1", "virtio,bridge=", "invalid format - missing key in comma-separated list property\n"],
  [
    "net1",
    "bridge=vmbr0",
    "invalid format - format error\nnet1.model: property is missing and it is not optional\n",
  ],
  [
    "net1",
    "VIRTIO",
    `invalid format - format error\nnet1.model: value 'VIRTIO' does not have a value in the enumeration '${NETWORK_MODELS}'\n`,
  ],
  [
    "net32",
    "virtio",
    "property is not defined in schema and the schema does not allow additional properties",
  ],
  [
    "ipconfig1",
    "gw=10.0.0.254",
    "invalid format - format error\nipconfig1.ip: missing property required by 'ipconfig1.gw'\n",
  ],
  ["ipconfig1", "dhcp", "invalid format - value without key, but schema does not define a default key\n"],
  [
    "ipconfig1",
    "ip=10.0.0.1/7",
    "invalid format - format error\nipconfig1.ip: invalid format - value does not look like a valid ipv4 network configuration\n\n",
  ],
  [
    "ipconfig1",
    "ip=10.0.0.1/24,gw=fd00::1",
    "invalid format - format error\nipconfig1.gw: invalid format - value does not look like a valid IPv4 address\n\n",
  ],
  ["nameserver", "foo_bar", "invalid format - value does not look like a valid address: foo_bar\n"],
  ["sshkeys", "ssh-ed25519 AAAA a", "invalid format - invalid urlencoded string: ssh-ed25519 AAAA a\n"],
  ["tags", ".dot", "invalid format - invalid characters in tag\n"],
  ["name", "web_1", "invalid format - value does not look like a valid DNS name\n"],
  ["name", "", "invalid format - value does not look like a valid DNS name\n"],
  ["description", "a".repeat(8193), "value may only be 8192 characters long"],
  ["cores", "0", "value must have a minimum value of 1"],
  ["cores", "1.5", "type check ('integer') failed - got '1.5'"],
  ["onboot", "true", "type check ('boolean') failed - got 'true'"],
  ["cpu", "foo", "invalid format - Built-in cputype 'foo' is not defined (missing 'custom-' prefix?)\n"],
  ["cpulimit", "129", "value must have a maximum value of 128"],
  ["memory", "15", "invalid format - format error\nmemory.current: value must have a minimum value of 16\n"],
  [
    "memory",
    "2G",
    "invalid format - format error\nmemory.current: type check ('integer') failed - got '2G'\n",
  ],
  ["startup", "foo", "invalid format - unable to parse startup options\n"],
  [
    "boot",
    "order=foo",
    "invalid format - format error\nboot.order: invalid format - invalid boot device 'foo'\n\n",
  ],
  ["serial1", "foo", "value does not match the regex pattern"],
  [
    "virtio1",
    "local-vm-zfs:1,ssd=1",
    "invalid format - format error\nvirtio1.ssd: property is not defined in schema and the schema does not allow additional properties\n",
  ],
  [
    "scsi1",
    "local-vm-zfs",
    "invalid format - format error\nscsi1.file: invalid format - unable to parse volume ID 'local-vm-zfs'\n\n",
  ],
  ["ide3", "local:iso/test.iso", "explicit 'media=cdrom' is required for iso images"],
  ["delete", "foo", "unknown option 'foo'"],
];

/** What the genuine server was recorded to fail with. */
const FAILED: readonly (readonly [key: string, sent: string, text: string])[] = [
  ["searchdomain", "a b\nc", "unable to parse value of 'searchdomain' - property contains a line feed\n"],
  ["sshkeys", "ssh-ed25519%20AAAAbad%20a", "SSH public key validation error\n"],
  ["balloon", "4096", "balloon value too large (must be smaller than assigned memory)\n"],
  ["vmgenid", "1", "only root can set 'vmgenid' config\n"],
  ["args", "-foo", "only root can set 'args' config\n"],
  ["lock", "backup", "only root can set 'lock' config\n"],
  ["usb0", "host=1234:5678", "only root can set 'usb0' config for real devices\n"],
  ["digest", "abc", "no options specified\n"],
  ["boot", "order=scsi1", "invalid bootorder: device 'scsi1' does not exist'\n"],
  ["scsi1", "nosuch:5", "storage 'nosuch' does not exist\n"],
  ["scsi1", "local-vm-zfs:vm-401-disk-7", "volume 'local-vm-zfs:vm-401-disk-7' does not exist\n"],
  [
    "scsi1",
    "/dev/sda",
    "Only root can pass arbitrary filesystem paths. at /usr/share/perl5/PVE/Storage.pm line 651.\n",
  ],
  ["ide3", "local-vm-zfs:cloudinit", "ide3 - cloud-init drive is already attached at 'ide2'\n"],
  [
    "ide2",
    "local-vm-zfs:cloudinit",
    "zfs error: cannot create 'local-vm-zfs/vm-401-cloudinit': dataset already exists\n",
  ],
];

describe("values of a configuration", () => {
  let api: TestSimulator;
  beforeAll(async () => {
    api = await TestSimulator.start();
    await api.clone(401);
  });
  afterAll(() => api.close());

  const put = (key: string, value: string): ReturnType<TestSimulator["call"]> =>
    api.call("PUT", "/nodes/pve1/qemu/401/config", { [key]: value });

  test.each(KEPT)("%s=%j is kept as %j", async (key, sent, kept) => {
    expect(await put(key, sent)).toMatchObject({ status: 200 });
    const value = (await api.config(401))[key];
    const generated = typeof kept === "string" && kept.includes("MAC");
    expect(generated ? String(value).replace(MAC, "MAC") : value).toBe(kept);
  });

  test.each(KEPT.filter(([key, , kept]) => kept !== undefined && key !== "cipassword"))(
    "%s=%j can be sent back as it was read, and nothing changes",
    async (key, sent) => {
      await put(key, sent);
      const before = await api.config(401);
      expect(await put(key, String(before[key]))).toMatchObject({ status: 200 });
      expect(await api.config(401)).toEqual(before);
    },
  );

  test.each(REFUSED)("%s=%j is refused", async (key, sent, text) => {
    const reply = await put(key, sent);
    expect(reply.body).toEqual({
      data: null,
      message: "Parameter verification failed.\n",
      errors: { [key]: text },
    });
  });

  test.each(FAILED)("%s=%j fails", async (key, sent, text) => {
    const before = await api.config(401);
    const reply = await put(key, sent);
    expect([reply.status, reply.body?.message]).toEqual([500, text]);
    expect(await api.config(401)).toEqual(before);
  });

  test("names all faults at once", async () => {
    const reply = await api.call("PUT", "/nodes/pve1/qemu/401/config", { cores: "0", name: "a_b", foo: "1" });
    expect(Object.keys(reply.body?.errors ?? {}).sort()).toEqual(["cores", "foo", "name"]);
  });
});
