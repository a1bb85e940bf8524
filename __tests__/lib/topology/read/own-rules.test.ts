import { base, pool, read, short, toldOfPool } from "./read";

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

describe("a network without addresses", () => {
  const told = (clusters: object): string[] =>
    read({ ...base, network: { domain: "lab.example" }, clusters }).told.map((line) =>
      line.replace(/;.*/, ""),
    );
  const served = { ...short, addresses: "dhcp" };
  const missing = "network.cidr: is missing";

  test.each<[string, object]>([
    [
      "where all members use DHCP",
      { web: served, db: { role: "apps", pools: { workers: { ...pool, addresses: "dhcp" } } } },
    ],
    ["where they have IPv6 from a server or a router besides", { web: { ...served, addresses6: "auto" } }],
    [
      "where they have IPv6 from a server alone",
      { web: { ...short, addresses: undefined, addresses6: "dhcp" } },
    ],
    [
      "where every other cluster has a network of its own",
      { web: served, db: { ...short, network: { cidr: "10.2.0.0/24" } } },
    ],
  ])("is enough %s", (_, clusters) => {
    expect(told(clusters)).toEqual([]);
  });

  test.each<[string, object]>([
    ["a first address", { ...short, addresses: undefined, firstAddress: "10.1.0.1" }],
    ["a range", short],
    ["a range of IPv6", { ...served, addresses6: "2001:db8::1-2001:db8::9" }],
    ["nothing", { ...short, addresses: undefined }],
  ])("is too little where a cluster has %s", (_, web) => {
    expect(told({ web, db: served })).toEqual([missing]);
  });

  test("is one fault, from which nothing follows", () => {
    const topology = { ...base, network: { domain: "lab.example" }, clusters: { web: short, db: short } };
    expect(read(topology).draft.network).toHaveProperty("cidr", undefined);
  });
});
