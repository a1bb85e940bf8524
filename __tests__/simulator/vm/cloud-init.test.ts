import { createHash } from "node:crypto";
import { TestSimulator } from "../client";

const VM = "/nodes/pve1/qemu/401";
const MAC = "BC:24:11:00:AA:01";

let api: TestSimulator;
beforeEach(async () => {
  api = await TestSimulator.start();
  await api.clone(401, { name: "k3s-1" });
  await put({ net0: `virtio=${MAC},bridge=vmbr0`, nameserver: "192.168.1.1 192.168.1.2" });
});
afterEach(() => api.close());

const put = (parameters: Record<string, string>): Promise<unknown> =>
  api.data("PUT", `${VM}/config`, parameters);
const dump = (type: string): Promise<string> => api.data<string>("GET", `${VM}/cloudinit/dump`, { type });
const text = (...lines: string[]): string => lines.map((line) => `${line}\n`).join("");

describe("what cloud-init is given", () => {
  test("user data names the host, the user, the password's hash and the keys", async () => {
    const blob = Buffer.concat([
      Buffer.from([0, 0, 0, 11]),
      Buffer.from("ssh-ed25519"),
      Buffer.from([0, 0, 0, 1, 7]),
    ]).toString("base64");
    const key = `ssh-ed25519 ${blob} me@there`;
    await put({
      ciuser: "ubuntu",
      cipassword: "$5$abc$def",
      sshkeys: encodeURIComponent(`${key}\n\n`),
      searchdomain: "example.com",
      ciupgrade: "0",
    });
    expect(await dump("user")).toBe(
      text(
        "#cloud-config",
        "hostname: k3s-1",
        "manage_etc_hosts: true",
        "fqdn: k3s-1.example.com",
        "user: ubuntu",
        "password: $5$abc$def",
        "ssh_authorized_keys:",
        `  - ${key}`,
        "chpasswd:",
        "  expire: False",
        "users:",
        "  - default",
      ),
    );
  });

  test("user data of a name with a domain, and of root", async () => {
    await put({ name: "a.b.example", ciuser: "root", searchdomain: "c.d" });
    expect(await dump("user")).toBe(
      text(
        "#cloud-config",
        "hostname: a",
        "manage_etc_hosts: true",
        "fqdn: a.b.example",
        "user: root",
        "disable_root: False",
        "chpasswd:",
        "  expire: False",
        "package_upgrade: true",
      ),
    );
  });

  const head = ["version: 1", "config:"];
  const card = [
    "    - type: physical",
    "      name: eth0",
    `      mac_address: '${MAC.toLowerCase()}'`,
    "      subnets:",
  ];
  const resolvers = [
    "    - type: nameserver",
    "      address:",
    "      - '192.168.1.1'",
    "      - '192.168.1.2'",
  ];

  test.each([
    [
      "a fixed address",
      "ip=192.168.1.100/22,gw=192.168.1.1",
      [
        "- type: static",
        "  address: '192.168.1.100'",
        "  netmask: '255.255.252.0'",
        "  gateway: '192.168.1.1'",
      ],
    ],
    ["a leased one", "ip=dhcp", ["- type: dhcp4"]],
    ["a gateway with a leased one, which says nothing", "ip=dhcp,gw=192.168.1.1", []],
    [
      "one of each kind",
      "ip=10.0.0.1/8,ip6=fd00::2/64,gw6=fd00::1",
      [
        ...["- type: static", "  address: '10.0.0.1'", "  netmask: '255.0.0.0'"],
        ...["- type: static6", "  address: 'fd00::2/64'", "  gateway: 'fd00::1'"],
      ],
    ],
    ["autoconfiguration", "ip6=auto", ["- type: ipv6_slaac"]],
  ])("network data of %s", async (_case, ipconfig0, subnets) => {
    await put({ ipconfig0 });
    const expected = text(...head, ...card, ...subnets.map((line) => `      ${line}`), ...resolvers);
    expect(await dump("network")).toBe(expected);
  });

  test("network data leaves out interfaces without an address, and names search domains", async () => {
    await put({ delete: "ipconfig0", searchdomain: "a.b c.d" });
    expect(await dump("network")).toBe(
      text(...head, ...resolvers, "      search:", "      - 'a.b'", "      - 'c.d'"),
    );
  });

  test("the id of the instance changes with what it is given", async () => {
    const id = createHash("sha1")
      .update((await dump("user")) + (await dump("network")))
      .digest("hex");
    expect(await dump("meta")).toBe(`instance-id: ${id}\n`);
    await put({ ciuser: "other" });
    expect(await dump("meta")).not.toBe(`instance-id: ${id}\n`);
  });

  test("of other kinds it is written in other ways", async () => {
    await put({ citype: "configdrive2", ipconfig0: "ip=10.0.0.2/24,gw=10.0.0.1,ip6=auto" });
    expect(await dump("network")).toBe(
      text(
        ...["auto lo", "iface lo inet loopback", ""],
        "        dns_nameservers 192.168.1.1 192.168.1.2",
        ...["auto eth0", "iface eth0 inet static", "        address 10.0.0.2"],
        ...["        netmask 255.255.255.0", "        gateway 10.0.0.1", "iface eth0 inet6 auto"],
      ),
    );
    expect(await dump("meta")).toMatch(/^\{\n {5}"uuid": "[0-9a-f]{40}",\n/);
  });

  test("the password is masked for those who may not change it", async () => {
    await api.close();
    const userConfig = [
      "user:terraform@pve:1:0::::::",
      "token:terraform@pve!provider:0:0::",
      "acl:1:/:terraform@pve:PVEAuditor:",
    ].join("\n");
    api = await TestSimulator.start({
      access: { userConfig },
      templates: [
        { vmid: 401, name: "template", storage: "local-vm-zfs", config: { cipassword: "$5$abc$def" } },
      ],
    });
    expect(await dump("user")).toContain("password: **********\n");
  });
});

describe("changes that wait for the next image", () => {
  const rows = async (): Promise<Record<string, unknown>[]> => {
    const all = await api.data<{ key: string }[]>("GET", `${VM}/cloudinit`);
    return all.filter(({ key }) => key !== "nameserver");
  };

  test("are shown beside what the image says, and are gone with a new one", async () => {
    await put({ ciuser: "ubuntu", ipconfig0: "ip=10.0.0.2/24" });
    expect(await rows()).toEqual([
      { key: "ipconfig0", value: "ip=dhcp", pending: "ip=10.0.0.2/24" },
      { key: "ciuser", pending: "ubuntu" },
    ]);
    await api.data("PUT", `${VM}/cloudinit`);
    expect(await rows()).toEqual([
      { key: "ipconfig0", value: "ip=10.0.0.2/24" },
      { key: "ciuser", value: "ubuntu" },
    ]);
    await put({ delete: "ciuser" });
    expect(await rows()).toContainEqual({ key: "ciuser", delete: 1 });
    await api.task("POST", `${VM}/status/start`);
    expect(await rows()).toEqual([{ key: "ipconfig0", value: "ip=10.0.0.2/24" }]);
  });

  test("hide the password", async () => {
    await put({ cipassword: "secret" });
    expect(await rows()).toContainEqual({ key: "cipassword", pending: "**********" });
  });
});
