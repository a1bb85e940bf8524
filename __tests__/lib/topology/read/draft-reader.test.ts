import { base, pool, read, short, toldOfPool } from "./read";

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

describe("what is good but for how it is written is told how to be written", () => {
  test.each([
    [{ cores: "4" }, 'cores: got "4"; must be a whole number from 1 to 1024 cores: write 4 without quotes'],
    [{ cores: "0" }, 'cores: got "0"; must be a whole number from 1 to 1024 cores'],
    [{ without: 3 }, "without: got 3; must be a list of numbers of members: write [3]"],
    [{ without: "3" }, 'without: got "3"; must be a list of numbers of members: write [3]'],
    [
      { without: [1, "3"] },
      'without[1]: got "3"; must be a whole number from 1 to 5000, the number of a member: write 3 without quotes',
    ],
    [{ tags: "web" }, 'tags: got "web"; must be a list of tags: write [web]'],
    [{ tags: "a b" }, 'tags: got "a b"; must be a list of tags'],
  ])("%j", (keys, line) => {
    expect(toldOfPool(keys)).toEqual([line]);
  });

  test.each([
    [
      { templateId: "400" },
      /^proxmox\.templateId: got "400"; must be a VM id, or .*: write 400 without quotes$/,
    ],
    [{ nodes: "pve1" }, /^proxmox\.nodes: got "pve1"; must be a list .*: write \[pve1\]$/],
  ])("%j", (keys, line) => {
    const { told } = read({ ...base, proxmox: { ...base.proxmox, ...keys }, clusters: { web: short } });
    expect(told).toEqual([expect.stringMatching(line)]);
  });
});

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
