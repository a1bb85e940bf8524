import { base, pool, read, short } from "./read";

describe("a wrong key", () => {
  const told = (input: object): string[] => read({ ...base, clusters: { web: short }, ...input }).told;
  const web = (keys: object): object => ({
    clusters: { web: { ...short, ...keys } },
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
    [
      "of a boot disk in another disk",
      web({ extraDisks: { scsi1: { diskGiB: 9 } } }),
      "clusters.web.extraDisks.scsi1.diskGiB: no such key; did you mean sizeGiB?",
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
    [
      "of a cluster in a pool",
      { clusters: { web: { role: "apps", pools: { workers: { ...pool, waitsFor: [] } } } } },
      "clusters.web.pools.workers.waitsFor: no such key; it is a key of clusters.web: indent it less, or move it there",
    ],
    [
      "of a pool further in, which a cluster without pools has too",
      {
        clusters: {
          web: {
            role: "apps",
            pools: { workers: { ...pool, extraDisks: { scsi1: { sizeGiB: 9, cores: 4 } } } },
          },
        },
      },
      "clusters.web.pools.workers.extraDisks.scsi1.cores: no such key; it is a key of clusters.web.pools.workers: indent it less, or move it there",
    ],
    [
      "of a cluster among its pools",
      { clusters: { web: { role: "apps", pools: { workers: pool, waitsFor: [] } } } },
      "clusters.web.pools.waitsFor: stands among the pools, but is none; it is a key of clusters.web: indent it less, or move it there",
    ],
    [
      "of a pool among the pools",
      { clusters: { web: { role: "apps", pools: { workers: { ...pool, count: undefined }, count: 3 } } } },
      'clusters.web.pools.count: stands among the pools, but is none; it is a key of one of them: indent it more, below "workers"',
    ],
    [
      "of a member among the overrides",
      web({ overrides: { cores: 4 } }),
      "clusters.web.overrides.cores: stands among the overrides, but is none; it is a key of one of them: indent it more, below the name that it belongs to",
    ],
    [
      "of the whole that is missing there",
      { network: undefined, proxmox: { ...base.proxmox, network: base.network } },
      "proxmox.network: no such key; it is a key of the whole file: indent it less, or move it there",
    ],
    [
      "for one that is missing",
      { clusters: { web: { ...short, members: undefined, Member: 3 } } },
      "clusters.web.Member: no such key; did you mean members?",
    ],
    [
      "for one of two that exclude each other",
      { clusters: { web: { ...short, vmIds: undefined, vmIDs: short.vmIds } } },
      "clusters.web.vmIDs: no such key; did you mean vmIds?",
    ],
    [
      "as other tools call it",
      { clusters: { web: { ...short, cores: undefined, cpus: 4 } } },
      "clusters.web.cpus: no such key; did you mean cores?",
    ],
    [
      "of a network as other tools call it",
      { network: { ...base.network, tag: 14 } },
      "network.tag: no such key; did you mean vlanId?",
    ],
    [
      "of a section as other tools call it",
      { clusters: { web: { ...short, nameservers: ["9.9.9.9"] } } },
      "clusters.web.nameservers: no such key; did you mean network.dnsServers?",
    ],
    [
      "of its cluster, though its own has one nearly so",
      {
        clusters: {
          web: { role: "apps", pools: { a: { ...pool, network: { vlanId: 7 } } } },
        },
      },
      "clusters.web.pools.a.network: no such key; it is a key of clusters.web: indent it less, or move it there",
    ],
    [
      "of a section outside it",
      { network: { cidr: base.network.cidr }, domain: "lab.example" },
      "domain: no such key; did you mean network.domain?",
    ],
    [
      "of a pool in its proxmox, as a short form calls it",
      {
        clusters: {
          web: { role: "apps", pools: { a: { ...pool, count: undefined, proxmox: { members: 3 } } } },
        },
      },
      "clusters.web.pools.a.proxmox.members: no such key; it is called count in clusters.web.pools.a: move it there",
    ],
    [
      "of a pool in a member, as a short form calls it",
      { clusters: { web: { role: "apps", pools: { a: { ...pool, overrides: { 2: { members: 3 } } } } } } },
      "clusters.web.pools.a.overrides.2.members: no such key; it is called count in clusters.web.pools.a: move it there",
    ],
    [
      "of a pool among the pools, as a short form calls it",
      { clusters: { web: { role: "apps", pools: { a: { ...pool, count: undefined }, members: 3 } } } },
      'clusters.web.pools.members: stands among the pools, but is none; it is called count in one of them: move it below "a"',
    ],
    [
      "of a short form in its proxmox, as a pool calls it",
      { clusters: { web: { ...short, members: undefined, proxmox: { count: 3 } } } },
      "clusters.web.proxmox.count: no such key; it is called members in clusters.web: move it there",
    ],
    [
      "that is the name of a pool beside pools",
      { clusters: { web: { role: "apps", pools: null, workers: pool } } },
      "clusters.web.workers: no such key; it is one of the pools: indent it more, below pools",
    ],
  ])("%s is one fault", (_, input, line) => {
    expect(told(input)).toEqual([line]);
  });

  test.each<[string, object, string]>([
    [
      "of a cluster below whose name nothing is",
      { clusters: { web: null, ...short } },
      'clusters.role: stands among the clusters, but is none, nor are members, vmIds, addresses; they are keys of one of them: indent them more, below "web"',
    ],
    [
      "of a member below whose number nothing is",
      web({ overrides: { 1: null, cores: 4, cpu: "host" } }),
      'clusters.web.overrides.cores: stands among the overrides, but is none, nor is cpu; they are keys of one of them: indent them more, below "1"',
    ],
    [
      "of a network below whose name nothing is",
      { networks: { nas: null, bridge: "vmbr2", cidr: "10.3.0.0/24" } },
      'networks.bridge: stands among the networks, but is none, nor is cidr; they are keys of one of them: indent them more, below "nas"',
    ],
    [
      "of a section in which nothing is",
      { ...base.proxmox, proxmox: null },
      "nodes: no such key, nor are templateId, storage; they are keys of proxmox: indent them more, or move them there",
    ],
    [
      "of a cluster in its pool",
      { clusters: { web: { role: "apps", pools: { a: { ...pool, waitsFor: [], acknowledge: [] } } } } },
      "clusters.web.pools.a.waitsFor: no such key, nor is acknowledge; they are keys of clusters.web: indent them less, or move them there",
    ],
    [
      "that are the names of clusters beside clusters",
      { clusters: null, web: short, db: short },
      "web: no such key, nor is db; they are some of the clusters: indent them more, below clusters",
    ],
  ])("%s is told with those beside it", (_, input, line) => {
    expect(told(input)).toEqual([line]);
  });

  test("of other owners is told alone", () => {
    const pools = { a: { ...pool, waitsFor: [], access: {} } };
    expect(told({ clusters: { web: { role: "apps", pools } } })).toEqual([
      "clusters.web.pools.a.waitsFor: no such key; it is a key of clusters.web: indent it less, or move it there",
      "clusters.web.pools.a.access: no such key; it is a key of the whole file: indent it less, or move it there",
    ]);
  });

  test("of the whole that is for an editor or for anchors is no fault, and is one further in", () => {
    expect(told({ $schema: "./topology.schema.json", "x-sizes": 1 })).toEqual([]);
    expect(told(web({ $schema: "./topology.schema.json" }))).toEqual([
      expect.stringMatching(/^clusters\.web\."\$schema": no such key/),
    ]);
  });

  test("that is the name of an entry is no fault", () => {
    expect(told({ clusters: { network: short, pools: short } })).toEqual([]);
  });
});
