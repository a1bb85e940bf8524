import { FaultCollector } from "../../../lib/topology/fault-collector";
import { formatFault } from "../../../lib/topology/fault";
import { readInput } from "../../../lib/topology/read-input";
import type { TopologyDraft } from "../../../lib/topology/draft";

const base = {
  proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
  network: { cidr: "10.1.0.0/24", domain: "lab.example" },
};
const pool = { role: "agent", count: 3, vmIds: "401-410", addresses: "10.1.0.10-10.1.0.19" };

function read(input: unknown): { draft: TopologyDraft; told: string[] } {
  const faults = new FaultCollector();
  const draft = readInput(input, faults);
  return { draft, told: faults.all().map((fault) => formatFault(fault)) };
}

/** What is told of a pool with these keys, its path left out. */
function toldOfPool(keys: object): string[] {
  const { told } = read({
    ...base,
    clusters: { web: { role: "apps", pools: { workers: { ...pool, ...keys } } } },
  });
  return told.map((line) => line.replace("clusters.web.pools.workers.", ""));
}

const whole = {
  proxmox: {
    nodes: { pve1: { cores: 32, memoryMiB: 131072, storageGiB: { "local-zfs": 900 } }, pve2: null },
    templateId: { pve1: 9001, pve2: 9002 },
    templateStorage: "local-zfs",
    templateDiskGiB: 4,
    storage: "local-zfs",
    storages: { ceph: { shared: true, capacityGiB: 4000 } },
    bridge: "vmbr1",
    vmIds: "400-499",
    overcommit: { cores: 4, memory: 1.25 },
  },
  network: {
    cidr: "10.1.0.0/24",
    gateway: null,
    ipv6: { cidr: "2001:DB8:14:0::/64", gateway: "fe80::1" },
    vlanId: 14,
    mtu: 9000,
    dnsServers: ["10.1.0.2", "2001:db8::53"],
    domain: "lab.example",
    reserved: ["10.1.0.50-10.1.0.59", "2001:db8:14::-2001:db8:14::ffff", "10.1.0.70"],
  },
  networks: { storage: { bridge: "vmbr2", vlanId: 20, cidr: "10.2.0.0/24" } },
  access: { user: "admin" },
  defaults: { cores: 2, memoryMiB: 4096 },
  profiles: { large: { cores: 16, extraDisks: { scsi1: { sizeGiB: 100 } } } },
  checks: { "some-rule": "off" },
  acknowledge: ["some-rule"],
  clusters: {
    rancher: {
      role: "manager",
      members: 3,
      firstVmId: 401,
      firstAddress: "10.1.0.10",
      diskGiB: 20,
      network: { vlanId: null, mtu: null, ipv6: null },
    },
    web: {
      role: "apps",
      waitsFor: ["rancher"],
      apiAddress: "10.1.0.9",
      pools: {
        servers: {
          ...pool,
          role: "server",
          placement: "spread",
          proxmox: { nodes: ["pve1"], storage: "ceph" },
        },
        "2xl": {
          role: "agent",
          count: 5,
          without: [2],
          profile: "large",
          cpu: "x86-64-v3",
          vmIds: [420, "430-440"],
          addresses: "dhcp",
          addresses6: ["2001:db8:14::100-2001:db8:14::1ff"],
          networks: { storage: { addresses: "10.2.0.10-10.2.0.20" } },
          tags: ["web", "Large"],
          labels: { tier: "web", "example.com/zone": "" },
          taints: ["dedicated=db:NoSchedule", "dedicated=db:NoExecute", "spot:PreferNoSchedule"],
          overrides: {
            3: { vmId: 450, node: "pve2", address6: "2001:db8:14::3", cores: 8, storage: "ceph" },
          },
        },
      },
    },
  },
};

describe("what is good", () => {
  test("comes back as it was given, every key of the format", () => {
    expect(read(whole)).toEqual({ draft: whole, told: [] });
  });

  test("comes back beside what is bad, which is there as undefined", () => {
    const { draft, told } = read({
      ...base,
      clusters: {
        web: {
          role: "apps",
          pools: { workers: { ...pool, cores: 0, overrides: { 2: { vmId: 1, cores: 4 } } } },
        },
      },
    });
    const workers = draft.clusters?.web?.pools?.workers;
    expect(workers).toEqual({ ...pool, cores: undefined, overrides: { 2: { vmId: undefined, cores: 4 } } });
    expect(workers && "cores" in workers).toBe(true);
    expect(told.map((line) => line.replace(/:.*/, ""))).toEqual([
      "clusters.web.pools.workers.cores",
      "clusters.web.pools.workers.overrides.2.vmId",
    ]);
  });

  test("has no key that was given as undefined", () => {
    const { draft, told } = read({
      ...base,
      access: undefined,
      clusters: { web: { ...pool, role: "apps", count: undefined, members: 2 } },
    });
    expect(told).toEqual([]);
    expect("access" in draft).toBe(false);
    expect(Object.keys(draft.clusters?.web ?? {})).not.toContain("count");
  });

  test("may be a mapping with nothing in it, where the key may be left out", () => {
    const { told } = read({
      ...base,
      access: null,
      profiles: null,
      clusters: {
        web: { ...pool, role: "apps", count: undefined, members: 2, overrides: null, proxmox: null },
      },
    });
    expect(told).toEqual([]);
  });

  test("of a bad name stays, so that nothing else is told of it", () => {
    const { draft, told } = read({ ...base, profiles: { ä: { cores: 1 } }, clusters: {} });
    expect(draft.profiles?.["ä"]).toEqual({ cores: 1 });
    expect(told[0]).toMatch(/^profiles\."ä": got a name that is no name for a profile; use /);
  });

  test("is looked up by its own names alone", () => {
    const { draft } = read({ ...base, profiles: {}, clusters: {} });
    expect(draft.profiles?.constructor).toBeUndefined();
  });
});

describe("single values", () => {
  test.each([
    [{ vmIds: "410-401" }, 'vmIds: got "410-401"; must run upwards: did you mean 401-410?'],
    [
      { vmIds: "99-101" },
      'vmIds: got "99-101"; must be a range of VM ids from 100 to 999999999, such as 401-410',
    ],
    [
      { vmIds: 401 },
      "vmIds: got 401; must be a range of VM ids, such as 401-410, or a list of ids and ranges",
    ],
    [
      { vmIds: [401, "x"] },
      'vmIds[1]: got "x"; must be a VM id from 100 to 999999999 or a range such as 401-410',
    ],
    [
      { vmIds: ["401-410", 500, 405] },
      "vmIds[2]: got 405; must be listed once, and entry 0 holds some of these too: leave them out of one of the two",
    ],
    [
      { vmIds: [] },
      "vmIds: got an empty list; must be a range of VM ids, such as 401-410, or a list of ids and ranges",
    ],
    [
      { addresses: "auto" },
      'addresses: got "auto"; must be "dhcp", a range such as 192.168.1.100-192.168.1.109, or a list of addresses and ranges',
    ],
    [
      { addresses: ["10.1.0.1", "dhcp"] },
      'addresses[1]: got "dhcp"; must be alone: "dhcp" in place of the list',
    ],
    [
      { addresses: "10.1.0.9-10.1.0.1" },
      'addresses: got "10.1.0.9-10.1.0.1"; must run upwards: did you mean 10.1.0.1-10.1.0.9?',
    ],
    [
      { addresses: "10.1.0.0-10.2.0.0" },
      'addresses: got "10.1.0.0-10.2.0.0"; must hold at most 65536 addresses, and holds 65537',
    ],
    [
      { addresses: "2001:db8::1" },
      /^addresses: got "2001:db8::1"; must be an IPv4 address or a range such as/,
    ],
    [
      { addresses6: "10.1.0.1-2001:db8::1" },
      /^addresses6: got .*; must be an IPv6 address or a range such as/,
    ],
    [
      { addresses6: ["2001:db8::5", "2001:DB8:0::4-2001:db8::6"] },
      /^addresses6\[1\]: got .*; must be listed once, and entry 0 holds/,
    ],
    [{ cpu: "host,flags=+aes" }, /^cpu: got .*; must be Proxmox's name for a CPU type alone/],
    [
      { tags: ["web", "WEB"] },
      'tags[1]: got "WEB"; must be listed once, and entry 0 is the same in lower case, as Proxmox keeps it: take one of the two out',
    ],
    [{ tags: ["a b"] }, /^tags\[0\]: got "a b"; must be a tag of Proxmox/],
    [
      { labels: { tier: true } },
      /^labels\.tier: got true; must be the value of a Kubernetes label, as text \(in quotes/,
    ],
    [
      { labels: { "-tier": "a" } },
      /^labels\.-tier: got a name that is no key of a Kubernetes label; must be the key .*, such as tier$/,
    ],
    [{ labels: { "Example.com/x": "a" } }, /^labels\."Example\.com\/x": got a name that is no key/],
    [{ taints: ["db=yes"] }, /^taints\[0\]: got "db=yes"; must be a taint as kubectl writes it/],
    [
      { taints: ["db=a:NoExecute", "db=b:NoExecute"] },
      /^taints\[1\]: got "db=b:NoExecute"; must be listed once/,
    ],
    [
      { extraDisks: { scsi0: { sizeGiB: 1 } } },
      "extraDisks.scsi0: got a name that is no device; use scsi1 to scsi13; scsi0 is the boot disk (diskGiB)",
    ],
    [{ extraDisks: { scsi14: { sizeGiB: 1 } } }, /^extraDisks\.scsi14: got a name/],
    [
      { extraDisks: { scsi1: {} } },
      "extraDisks.scsi1.sizeGiB: is missing; must be a whole number from 1 to 65536 GiB",
    ],
    [{ placement: "random" }, 'placement: got "random"; must be "spread", "rotate", "pack" or "pin"'],
    [
      { networks: { main: { addresses: "dhcp" } } },
      /^networks\.main: got a name that is no name for a network; .* not "main"/,
    ],
    [
      { overrides: { first: {} } },
      "overrides.first: got a name that is no number of a member; use the number of a member",
    ],
  ])("%j", (keys, line) => {
    expect(toldOfPool(keys)).toEqual([typeof line === "string" ? line : expect.stringMatching(line)]);
  });

  test.each([
    [
      { mtu: 575 },
      "network.mtu: got 575; must be a whole number from 576 to 65520 bytes; for the bridge's own leave mtu out",
    ],
    [
      { ipv6: { cidr: "2001:db8::1/64" } },
      'network.ipv6.cidr: got "2001:db8::1/64"; must be the network\'s own address: did you mean 2001:db8::/64?',
    ],
    [
      { ipv6: { cidr: "2001:db8::/15" } },
      /^network\.ipv6\.cidr: got .*; must be an IPv6 network with a prefix of 16 to 126 bits/,
    ],
    [{ ipv6: { cidr: "fe80::/64" } }, /^network\.ipv6\.cidr: got .*; must be an IPv6 network/],
    [{ ipv6: {} }, /^network\.ipv6\.cidr: is missing; must be an IPv6 network/],
    [
      { ipv6: { cidr: "2001:db8::/64", gateway: "::1" } },
      /^network\.ipv6\.gateway: got "::1"; must be the IPv6 address of the router/,
    ],
    [{ dnsServers: ["fe80::1"] }, /^network\.dnsServers\[0\]: got "fe80::1"; must be the IP address/],
    [
      { reserved: ["10.1.0.1/30"] },
      /^network\.reserved\[0\]: got "10\.1\.0\.1\/30"; must be an IPv4 address or a range/,
    ],
    [{ cidr: undefined }, /^network\.cidr: is missing; must be an IPv4 network .*; or give ipv6$/],
    [{ cidr: undefined, ipv6: null }, /^network\.cidr: is missing/],
  ])("of the network: %j", (keys, line) => {
    const { told } = read({
      ...base,
      network: { ...base.network, ...keys },
      clusters: { web: { ...pool, count: undefined, members: 3, role: "apps" } },
    });
    expect(told).toEqual([typeof line === "string" ? line : expect.stringMatching(line)]);
  });

  test.each([
    [
      { nodes: {} },
      /^proxmox\.nodes: got an empty mapping; must be a mapping from names of nodes to what each has to give, at least one$/,
    ],
    [
      { nodes: "pve1" },
      /^proxmox\.nodes: got "pve1"; must be a list of the names of Proxmox hosts, at least one, or a mapping/,
    ],
    [
      { nodes: { pve1: { cores: -1 } } },
      "proxmox.nodes.pve1.cores: got -1; must be a whole number from 0 to 65536 CPU threads",
    ],
    [
      { nodes: { pve_1: null } },
      /^proxmox\.nodes\.pve_1: got a name that is no name of a Proxmox host; .*, such as pve-1$/,
    ],
    [
      { templateId: { pve1: 1 } },
      "proxmox.templateId.pve1: got 1; must be a whole number from 100 to 999999999 (a Proxmox VM id)",
    ],
    [
      { templateId: "9000" },
      'proxmox.templateId: got "9000"; must be a VM id, or a mapping from names of nodes to the VM id of the template on each',
    ],
    [
      { overcommit: { memory: 0.5 } },
      /^proxmox\.overcommit\.memory: got 0\.5; must be a number from 1 to 100/,
    ],
    [
      { storages: { ceph: { shared: "yes" } } },
      'proxmox.storages.ceph.shared: got "yes"; must be true or false',
    ],
    [{ vmIds: "400" }, "ok"],
    [
      { vmIds: [400] },
      "proxmox.vmIds: got a list; must be a range of VM ids from 100 to 999999999, such as 401-410",
    ],
  ])("of Proxmox: %j", (keys, line) => {
    const { told } = read({
      ...base,
      proxmox: { ...base.proxmox, ...keys },
      clusters: { web: { ...pool, count: undefined, members: 3, role: "apps" } },
    });
    expect(told).toEqual(
      line === "ok" ? [] : [typeof line === "string" ? line : expect.stringMatching(line)],
    );
  });
});

describe("keys that do not go together", () => {
  test.each([
    [
      { firstVmId: 401 },
      "vmIds: is given beside firstVmId; keep one of the two: firstVmId counts up from one id, vmIds lists them",
    ],
    [
      { firstAddress: "10.1.0.1" },
      "addresses: is given beside firstAddress; keep one of the two: firstAddress counts up from one address, addresses lists them",
    ],
    [
      { vmIds: undefined },
      "firstVmId: is missing; must be a whole number from 100 to 999999999 (a Proxmox VM id); or give vmIds",
    ],
    [
      { without: [4] },
      "without[0]: got 4, and there is no such member: count is 3; use numbers from 1 to 3, or raise count",
    ],
    [{ without: [1, 2, 3] }, "without: leaves out all 3 members; keep one of them at least"],
    [
      { overrides: { 4: {} } },
      "overrides.4: there is no such member: count is 3; use numbers from 1 to 3, or raise count",
    ],
    [
      { without: [2], overrides: { 2: {} } },
      "overrides.2: is about a member that is left out; take it out here or in without",
    ],
  ])("%j", (keys, line) => {
    expect(toldOfPool(keys)).toEqual([line]);
  });

  test("pools, and the keys of the short form beside them", () => {
    const web = {
      role: "apps",
      pools: { workers: pool },
      members: 3,
      cores: 4,
      proxmox: { storage: "ceph" },
    };
    const fix = "take it out, or move it into the pools that it is meant for";
    expect(read({ ...base, clusters: { web } }).told).toEqual([
      `clusters.web.members: is no key of a cluster that has pools; ${fix}`,
      `clusters.web.cores: is no key of a cluster that has pools; ${fix}`,
    ]);
  });

  test("neither pools nor members", () => {
    expect(read({ ...base, clusters: { web: { ...pool, role: "apps", count: undefined } } }).told).toEqual([
      "clusters.web.members: is missing; must be a whole number from 1 to 5000 VMs; or declare pools",
    ]);
  });

  test("but nothing follows from a value that is bad already", () => {
    expect(toldOfPool({ count: "x", without: [7], overrides: { 9: {} } })).toHaveLength(1);
    expect(toldOfPool({ vmIds: "x" })).toHaveLength(1);
    expect(read({ ...base, clusters: { web: { role: "apps", pools: "x" } } }).told).toHaveLength(1);
    expect(
      read({
        ...base,
        network: "x",
        clusters: { web: { ...pool, role: "apps", count: undefined, members: 1 } },
      }).told,
    ).toHaveLength(1);
  });
});

describe("a wrong key", () => {
  const told = (input: object): string[] =>
    read({ ...base, clusters: { web: { ...pool, role: "apps", count: undefined, members: 3 } }, ...input })
      .told;
  const web = (keys: object): object => ({
    clusters: { web: { ...pool, role: "apps", count: undefined, members: 3, ...keys } },
  });

  test.each([
    [
      "of another level",
      web({ vlanId: 5 }),
      "clusters.web.vlanId: no such key; did you mean network.vlanId?",
    ],
    [
      "of a pool in a short form",
      web({ count: 3 }),
      "clusters.web.count: no such key; did you mean members?",
    ],
    [
      "of sizes under proxmox",
      { proxmox: { ...base.proxmox, cores: 4 } },
      "proxmox.cores: no such key; did you mean defaults.cores, profiles.<name>.cores or clusters.<name>.cores?",
    ],
    [
      "of sizes under network",
      { network: { ...base.network, diskGiB: 4 } },
      "network.diskGiB: no such key; did you mean defaults.diskGiB, profiles.<name>.diskGiB or clusters.<name>.diskGiB?",
    ],
    ["without its unit", web({ memory: 4096 }), "clusters.web.memory: no such key; did you mean memoryMiB?"],
    [
      "that begins like one further in",
      web({ vlan: 4 }),
      "clusters.web.vlan: no such key; did you mean network.vlanId?",
    ],
    [
      "of a member",
      web({ overrides: { 1: { firstAddress: "10.1.0.1" } } }),
      "clusters.web.overrides.1.firstAddress: no such key; did you mean address?",
    ],
    [
      "that nothing is like",
      web({ zzz: 1 }),
      expect.stringMatching(
        /^clusters\.web\.zzz: no such key \(the keys here: role, waitsFor, .*\); take it out$/,
      ),
    ],
    [
      "of files in an object",
      { extends: "base.yaml" },
      "extends: works in a file alone; spread the other object into this one: { ...base, ... }",
    ],
    [
      "of the whole that nothing is like",
      { zzz: 1 },
      expect.stringMatching(/^zzz: no such key .*; take it out, or begin it with x-$/),
    ],
  ])("%s", (_, input, line) => {
    expect(told(input)).toEqual([line]);
  });
});
