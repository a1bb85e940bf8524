import type { MemberOverrideInput, PoolInput, Vm } from "../../../lib/topology";
import { base, faultsOf, members, resolvePool, sizes } from "./one-pool";

describe("members", () => {
  test("are numbered, and named after their cluster and pool", () => {
    expect(members({}).map(({ key, name, number, pool }) => [key, name, number, pool])).toEqual([
      ["web-workers-1", "web-workers-1", 1, "workers"],
      ["web-workers-2", "web-workers-2", 2, "workers"],
      ["web-workers-3", "web-workers-3", 3, "workers"],
    ]);
  });

  test("keep their ids and addresses when others are left out or differ", () => {
    const overrides = { 3: { vmId: 700, address: "10.1.0.200" } };
    const placesOf = (vms: readonly Vm[]): unknown[] =>
      vms.map(({ number, vmId, interfaces }) => [number, vmId, interfaces[0]?.ipv4]);
    const address = (text: string): unknown => ({ address: text, prefixLength: 24, gateway: "10.1.0.1" });
    expect(placesOf(members({ count: 5, without: [2], overrides }))).toEqual([
      [1, 501, address("10.1.0.50")],
      [3, 700, address("10.1.0.200")],
      [4, 504, address("10.1.0.53")],
      [5, 505, address("10.1.0.54")],
    ]);
  });

  test("count through the entries of a list", () => {
    const vms = members({ vmIds: [520, "501-502"], addresses: ["10.1.0.70", "10.1.0.60-10.1.0.61"] });
    expect(vms.map(({ vmId }) => vmId)).toEqual([520, 501, 502]);
    expect(vms.map(({ interfaces }) => interfaces[0]?.ipv4)).toMatchObject([
      { address: "10.1.0.70" },
      { address: "10.1.0.60" },
      { address: "10.1.0.61" },
    ]);
  });

  test("need no place in a range that is too short, where they have their own", () => {
    const overrides = { 3: { vmId: 700 } };
    expect(members({ vmIds: "501-502", overrides }).map(({ vmId }) => vmId)).toEqual([501, 502, 700]);
  });
});

describe("what stands before what", () => {
  const override = (settings: MemberOverrideInput): Partial<PoolInput> => ({ overrides: { 1: settings } });

  test("a member's own sizes, its pool's, its profile's, the defaults", () => {
    const profiles = { large: { cores: 8, memoryMiB: 8192, diskGiB: 80 } };
    const pool = { profile: "large", memoryMiB: 16_384, ...override({ diskGiB: 100 }) };
    const [first, second] = members(pool, { profiles, defaults: { ...sizes, cpu: "host" } });
    expect(first).toMatchObject({ cores: 8, memoryMiB: 16_384, diskGiB: 100, cpu: "host" });
    expect(second).toMatchObject({ cores: 8, memoryMiB: 16_384, diskGiB: 80, cpu: "host" });
  });

  test("extra disks device by device, on the boot disk's storage unless they say otherwise", () => {
    const defaults = { ...sizes, extraDisks: { scsi10: { sizeGiB: 1 }, scsi2: { sizeGiB: 2 } } };
    const profiles = { data: { extraDisks: { scsi2: { sizeGiB: 20, storage: "ceph" } } } };
    const pool = { profile: "data", ...override({ storage: "fast", extraDisks: { scsi1: { sizeGiB: 5 } } }) };
    const [first, second] = members(pool, { defaults, profiles });
    expect(first?.extraDisks).toEqual([
      { device: "scsi1", storage: "fast", sizeGiB: 5 },
      { device: "scsi2", storage: "ceph", sizeGiB: 20 },
      { device: "scsi10", storage: "fast", sizeGiB: 1 },
    ]);
    expect(second?.extraDisks).toEqual([
      { device: "scsi2", storage: "ceph", sizeGiB: 20 },
      { device: "scsi10", storage: "local-zfs", sizeGiB: 1 },
    ]);
  });

  test("a member's tags and taints are in place of its pool's, its labels beside them", () => {
    const pool = {
      tags: ["prod", "blue"],
      labels: { tier: "web", zone: "a" },
      taints: ["dedicated=db:NoSchedule"],
      ...override({ tags: ["green"], labels: { zone: "b" }, taints: ["gpu:NoExecute"] }),
    };
    const [first, second] = members(pool);
    expect(first).toMatchObject({
      tags: ["green"],
      labels: { tier: "web", zone: "b" },
      taints: [{ key: "gpu", effect: "NoExecute" }],
    });
    expect(second).toMatchObject({
      tags: ["blue", "prod"],
      labels: { tier: "web", zone: "a" },
      taints: [{ key: "dedicated", value: "db", effect: "NoSchedule" }],
    });
  });

  test("sizes that every member has of its own are missed nowhere", () => {
    const overrides = { 1: sizes, 2: sizes, 3: sizes };
    expect(members({ overrides }, { defaults: {} })).toHaveLength(3);
    const two = { 1: sizes, 2: sizes };
    expect(faultsOf(() => members({ overrides: two }, { defaults: {} })).split("\n")).toHaveLength(3);
  });
});

describe("what Proxmox has", () => {
  test("nodes are those declared, with what they have, and those that pools name besides", () => {
    const nodes = { pve1: { cores: 32, storageGiB: { "local-lvm": 900 } }, pve2: null };
    const shared = { ...base.proxmox, storages: { "local-zfs": { shared: true } } };
    const proxmox = { ...shared, nodes, overcommit: { cores: 2 } };
    const overcommit = { cores: 2, memory: 1, storage: 1 };
    expect(resolvePool({}, { proxmox }).nodes).toEqual([
      { name: "pve1", capacity: { cores: 32, storageGiB: { "local-lvm": 900 }, overcommit } },
      { name: "pve2", capacity: { storageGiB: {}, overcommit } },
    ]);
    const named = resolvePool({ proxmox: { nodes: ["pve7", "pve8"] } }, { proxmox: shared });
    expect(named.nodes.map(({ name }) => name)).toEqual(["pve1", "pve7", "pve8"]);
  });

  test("storages are those declared, then those that disks are on", () => {
    const proxmox = { ...base.proxmox, storages: { ceph: { shared: true, capacityGiB: 500 } } };
    const extraDisks = { scsi1: { sizeGiB: 1, storage: "bulk" } };
    expect(resolvePool({ extraDisks }, { proxmox }).storages).toEqual([
      { name: "ceph", shared: true, capacityGiB: 500 },
      { name: "local-zfs" },
      { name: "bulk" },
    ]);
  });

  test("each VM is cloned from the template of its node", () => {
    const proxmox = { ...base.proxmox, nodes: ["pve1", "pve2"], templateId: { pve1: 9001, pve2: 9002 } };
    expect(members({}, { proxmox }).map(({ node, templateId }) => [node, templateId])).toEqual([
      ["pve1", 9001],
      ["pve2", 9002],
      ["pve1", 9001],
    ]);
  });
});

test("what is set aside is told, whether members have it yet or not", () => {
  const [pool] = resolvePool({ count: 5, without: [5, 2] }).clusters[0]?.pools ?? [];
  expect(pool?.leftOut).toEqual([2, 5]);
  expect(pool?.vmIdRanges).toEqual([{ first: 501, last: 510 }]);
  expect(pool?.addressRanges).toEqual([{ network: "main", first: "10.1.0.50", last: "10.1.0.59" }]);
});

test("a bad section is told once, and nothing that follows from it", () => {
  const broken = (more: object): string => faultsOf(() => members({}, more));
  expect(broken({ network: "flat" })).toMatch(/^network: got "flat"[^\n]*$/);
  expect(broken({ defaults: 4 })).toMatch(/^defaults: got 4[^\n]*$/);
  expect(broken({ proxmox: [] })).toMatch(/^proxmox: got an empty list[^\n]*$/);
  expect(faultsOf(() => members({ networks: { a: {} } }, { networks: 3 } as object))).toMatch(
    /^networks: got 3[^\n]*$/,
  );
  expect(faultsOf(() => members({ profile: "a" }, { profiles: { a: 3 } } as object))).toMatch(
    /^profiles\.a: got 3[^\n]*$/,
  );
});
