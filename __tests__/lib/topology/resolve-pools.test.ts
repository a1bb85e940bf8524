import { TopologyError, resolveTopology } from "../../../lib/topology";
import type {
  MemberOverrideInput,
  NetworkInput,
  NetworkInterface,
  PoolInput,
  Topology,
  TopologyInput,
  Vm,
} from "../../../lib/topology";

const sizes = { cores: 2, memoryMiB: 4096, diskGiB: 20 };
const workers: PoolInput = {
  role: "server",
  count: 3,
  vmIds: "501-510",
  addresses: "10.1.0.50-10.1.0.59",
};
const base: TopologyInput = {
  proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
  network: { cidr: "10.1.0.0/24", domain: "lab.example" },
  defaults: sizes,
  clusters: {},
};

const resolvePool = (pool: Partial<PoolInput>, more: Partial<TopologyInput> = {}): Topology =>
  resolveTopology({
    ...base,
    ...more,
    clusters: { web: { role: "apps", pools: { workers: { ...workers, ...pool } } } },
  });

const vmsOf = (topology: Topology): readonly Vm[] => topology.clusters.flatMap(({ vms }) => vms);

/** The VMs of a topology whose only pool differs so. */
const members = (pool: Partial<PoolInput>, more: Partial<TopologyInput> = {}): readonly Vm[] =>
  vmsOf(resolvePool(pool, more));

const interfacesOf = (pool: Partial<PoolInput>, more?: Partial<TopologyInput>): readonly NetworkInterface[] =>
  members(pool, more)[0]?.interfaces ?? [];

const faultsOf = (resolve: () => unknown): string => {
  try {
    resolve();
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
  return "";
};

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

describe("networks", () => {
  const ipv6 = { cidr: "2001:db8:14::/64", gateway: "fe80::1" };
  const dual = { network: { ...base.network, ipv6 } };

  test("IPv6 is found out by the VM itself where only the network has it", () => {
    expect(interfacesOf({}, dual)[0]).toMatchObject({ ipv4: { address: "10.1.0.50" }, ipv6: "auto" });
  });

  test("IPv6 addresses are counted on and printed in their one form", () => {
    const [, second] = members({ addresses6: "2001:0DB8:14:0::9-2001:db8:14::20" }, dual);
    expect(second?.interfaces[0]?.ipv6).toEqual({
      address: "2001:db8:14::a",
      prefixLength: 64,
      gateway: "fe80::1",
    });
  });

  test("IPv6 can be alone: there is no IPv4, and its router is the resolver", () => {
    const network: NetworkInput = { ipv6: { ...ipv6, gateway: "2001:db8:14::1" }, domain: "lab.example" };
    const pool = { ...workers, addresses: undefined, addresses6: "2001:db8:14::10-2001:db8:14::19" };
    const [vm] = members(pool, { network });
    expect(vm?.interfaces[0]?.ipv4).toBeUndefined();
    expect(vm?.interfaces[0]?.ipv6).toMatchObject({ address: "2001:db8:14::10" });
    expect(vm?.dnsServers).toEqual(["2001:db8:14::1"]);
  });

  test("DHCP leaves the address to the network, but not that of a member that has its own", () => {
    const overrides = { 2: { address: "10.1.0.9" } };
    expect(members({ addresses: "dhcp", overrides }).map(({ interfaces }) => interfaces[0]?.ipv4)).toEqual([
      "dhcp",
      { address: "10.1.0.9", prefixLength: 24, gateway: "10.1.0.1" },
      "dhcp",
    ]);
  });

  test("no gateway means none, and no resolver by default", () => {
    const [vm] = members({}, { network: { ...base.network, gateway: null } });
    expect(vm?.interfaces[0]?.ipv4).toEqual({ address: "10.1.0.50", prefixLength: 24 });
    expect(vm?.dnsServers).toEqual([]);
  });

  test("further ones are on net1 and on, in the order in which the pool names them", () => {
    const networks = {
      storage: { bridge: "vmbr1", vlanId: 20, mtu: 9000, cidr: "10.9.0.0/16" },
      backup: { bridge: "vmbr2" },
    };
    const pool = { networks: { backup: { addresses: "dhcp" }, storage: { addresses: "10.9.0.1-10.9.0.9" } } };
    expect(interfacesOf(pool, { networks }).slice(1)).toEqual([
      { device: "net1", network: "backup", bridge: "vmbr2", ipv4: "dhcp" },
      {
        device: "net2",
        network: "storage",
        bridge: "vmbr1",
        vlanId: 20,
        mtu: 9000,
        ipv4: { address: "10.9.0.1", prefixLength: 16 },
      },
    ]);
    const unused = { ...networks, unused: { bridge: "vmbr3" } };
    expect(resolvePool(pool, { networks: unused }).networks.map(({ name }) => name)).toEqual([
      "main",
      "storage",
      "backup",
    ]);
  });

  test("a cluster's or pool's own main network is known by it, one that differs in nothing by none", () => {
    const short = (index: number): TopologyInput["clusters"][string] => ({
      role: "apps",
      members: 1,
      firstVmId: 600 + index,
      firstAddress: `10.1.0.${100 + index}`,
    });
    const { networks } = resolveTopology({
      ...base,
      network: { ...base.network, vlanId: 14, mtu: 1400 },
      clusters: {
        same: { ...short(0), network: { vlanId: 14, domain: "other.example" } },
        lifted: { ...short(1), network: { vlanId: null, mtu: null } },
        moved: { ...short(2), proxmox: { bridge: "vmbr7" } },
        web: {
          role: "apps",
          pools: {
            servers: workers,
            edge: { ...workers, vmIds: "701-709", addresses: "dhcp", proxmox: { bridge: "vmbr8" } },
          },
        },
      },
    });
    expect(networks.map(({ name, bridge, vlanId, mtu }) => [name, bridge, vlanId, mtu])).toEqual([
      ["main", "vmbr0", 14, 1400],
      ["main of lifted", "vmbr0", undefined, undefined],
      ["main of moved", "vmbr7", 14, 1400],
      ["main of web on vmbr8", "vmbr8", 14, 1400],
    ]);
  });

  test("pools share the main network that their cluster has changed, whichever level sets its bridge", () => {
    const pools = (bridges: readonly (string | undefined)[]): TopologyInput["clusters"][string] => ({
      role: "apps",
      network: { cidr: "10.3.0.0/24", vlanId: 30 },
      proxmox: { bridge: "vmbr3" },
      pools: Object.fromEntries(
        bridges.map((bridge, index) => [
          `pool${index}`,
          {
            role: "server" as const,
            count: 1,
            vmIds: `${611 + index * 10}-${619 + index * 10}`,
            addresses: `10.3.0.${11 + index * 10}-10.3.0.${19 + index * 10}`,
            ...(bridge === undefined ? {} : { proxmox: { bridge } }),
          },
        ]),
      ),
    });
    const networksOf = (...bridges: (string | undefined)[]): unknown[] =>
      resolveTopology({ ...base, clusters: { dev: pools(bridges) } }).networks.map(({ name, bridge }) => [
        name,
        bridge,
      ]);
    expect(networksOf(undefined, undefined)).toEqual([["main of dev", "vmbr3"]]);
    expect(networksOf(undefined, "vmbr3")).toEqual([["main of dev", "vmbr3"]]);
    expect(networksOf("vmbr8", "vmbr8", undefined)).toEqual([
      ["main of dev on vmbr8", "vmbr8"],
      ["main of dev", "vmbr3"],
    ]);
    expect(networksOf(undefined, "vmbr0")).toEqual([
      ["main of dev", "vmbr3"],
      ["main of dev on vmbr0", "vmbr0"],
    ]);
  });

  test("the same addresses may be used in networks that never meet", () => {
    const networks = {
      left: { bridge: "vmbr1", vlanId: 1, cidr: "10.9.0.0/24" },
      right: { bridge: "vmbr1", vlanId: 2, cidr: "10.9.0.0/24" },
      "left-again": { bridge: "vmbr1", vlanId: 1, cidr: "10.9.0.0/24" },
    };
    const addresses = { addresses: "10.9.0.10-10.9.0.12" };
    expect(members({ networks: { left: addresses, right: addresses } }, { networks })).toHaveLength(3);
    expect(
      faultsOf(() => members({ networks: { left: addresses, "left-again": addresses } }, { networks })),
    ).toMatch(
      "web-workers-1 to web-workers-3 would have address 10.9.0.10 to 10.9.0.12, already address of web-workers-1 to web-workers-3",
    );
  });
});

describe("an API address", () => {
  const resolve = (apiAddress: string, network: Partial<NetworkInput> = {}): string | undefined =>
    resolveTopology({
      ...base,
      network: { ...base.network, ...network },
      clusters: { web: { role: "apps", apiAddress, pools: { workers } } },
    }).clusters[0]?.apiAddress;

  test("may be among those reserved, and is printed in its one form", () => {
    expect(resolve("10.1.0.5", { reserved: ["10.1.0.2-10.1.0.9"] })).toBe("10.1.0.5");
    expect(resolve("2001:DB8:0::5", { ipv6: { cidr: "2001:db8::/64" } })).toBe("2001:db8::5");
  });

  test("is kept free of members that are told where to go", () => {
    const message = faultsOf(() => resolve("10.1.0.53", { reserved: ["10.1.0.50"] }));
    expect(message).toMatch("addresses 10.1.0.54-10.1.0.56 would be free");
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
