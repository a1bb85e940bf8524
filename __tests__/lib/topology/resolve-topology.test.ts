import * as path from "node:path";
import fc from "fast-check";
import { TopologyError, loadTopology, resolveTopology } from "../../../lib/topology";
import type { ClusterInput, StaticAddress, Topology, TopologyInput, Vm } from "../../../lib/topology";

const sizes = { cores: 2, memoryMiB: 4096, diskGiB: 20 };
const web: ClusterInput = { role: "apps", members: 2, firstVmId: 401, firstAddress: "10.1.0.10", ...sizes };
const base: TopologyInput = {
  proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
  network: { cidr: "10.1.0.0/24", domain: "lab.example" },
  clusters: { web },
};

const vmsOf = (topology: Topology): Vm[] => topology.clusters.flatMap(({ vms }) => vms);
const addressOf = (vm: Vm | undefined): StaticAddress => vm?.interfaces[0]?.ipv4 as StaticAddress;
const firstVm = (input: TopologyInput): Vm | undefined => vmsOf(resolveTopology(input))[0];

describe("the default topology", () => {
  const topology = loadTopology(path.join(__dirname, "..", "..", "..", "topology.yaml"));

  test("is the reference: six VMs with these ids, names and addresses", () => {
    expect(vmsOf(topology).map((vm) => [vm.vmId, vm.name, addressOf(vm).address, vm.node])).toEqual([
      [401, "rancher-manager-1", "192.168.1.100", "pve1"],
      [402, "rancher-manager-2", "192.168.1.101", "pve1"],
      [403, "rancher-manager-3", "192.168.1.102", "pve1"],
      [404, "nprd-apps-1", "192.168.1.110", "pve1"],
      [405, "nprd-apps-2", "192.168.1.111", "pve1"],
      [406, "nprd-apps-3", "192.168.1.112", "pve1"],
    ]);
  });

  test("gives every VM the same sizes, network and template", () => {
    for (const vm of vmsOf(topology)) {
      expect(vm).toMatchObject({
        templateId: 400,
        storage: "local-vm-zfs",
        cores: 4,
        memoryMiB: 8192,
        diskGiB: 20,
        interfaces: [{ bridge: "vmbr0", vlanId: 14, ipv4: { prefixLength: 24, gateway: "192.168.1.1" } }],
        dnsServers: ["192.168.1.1", "192.168.1.2"],
        domain: "example.com",
        user: "ubuntu",
      });
    }
  });

  test("has the apps cluster wait for the manager", () => {
    expect(topology.clusters.map(({ name, role, waitsFor }) => [name, role, waitsFor])).toEqual([
      ["rancher-manager", "manager", []],
      ["nprd-apps", "apps", ["rancher-manager"]],
    ]);
  });
});

describe("what is left out", () => {
  test("gets its default", () => {
    expect(firstVm(base)).toEqual({
      key: "web-1",
      name: "web-1",
      vmId: 401,
      node: "pve1",
      templateId: 400,
      storage: "local-zfs",
      ...sizes,
      cluster: "web",
      number: 1,
      role: "server",
      extraDisks: [],
      interfaces: [
        {
          device: "net0",
          network: "main",
          bridge: "vmbr0",
          ipv4: { address: "10.1.0.10", prefixLength: 24, gateway: "10.1.0.1" },
        },
      ],
      tags: [],
      labels: {},
      taints: [],
      dnsServers: ["10.1.0.1"],
      domain: "lab.example",
      user: "ubuntu",
    });
  });
});

describe("a cluster's own settings", () => {
  const db: ClusterInput = { ...web, firstVmId: 501, firstAddress: "10.1.0.20" };
  const second = (own: Partial<ClusterInput>, shared: Partial<TopologyInput> = {}): Vm | undefined =>
    resolveTopology({ ...base, ...shared, clusters: { web, db: { ...db, ...own } } }).clusters[1]?.vms[0];

  test("stand before the topology's, and touch no other cluster", () => {
    const own = { nodes: ["pve9"], templateId: 900, storage: "ceph", bridge: "vmbr9" };
    expect(second({ proxmox: own })).toMatchObject({
      node: "pve9",
      templateId: 900,
      storage: "ceph",
      interfaces: [{ bridge: "vmbr9" }],
    });
    expect(firstVm({ ...base, clusters: { web, db: { ...db, proxmox: own } } })).toEqual(firstVm(base));
  });

  test("keep what they do not name", () => {
    expect(second({ proxmox: { storage: "ceph" } })).toMatchObject({
      storage: "ceph",
      templateId: 400,
      node: "pve1",
    });
  });

  test("hold for its pools too, which may differ again", () => {
    const pool = { role: "server", count: 1, ...sizes } as const;
    const topology = resolveTopology({
      ...base,
      clusters: {
        db: {
          role: "apps",
          proxmox: { storage: "ceph", bridge: "vmbr9" },
          pools: {
            a: { ...pool, firstVmId: 501, firstAddress: "10.1.0.20" },
            b: { ...pool, firstVmId: 502, firstAddress: "10.1.0.21", proxmox: { storage: "nvme" } },
          },
        },
      },
    });
    expect(vmsOf(topology).map(({ storage, interfaces }) => [storage, interfaces[0]?.bridge])).toEqual([
      ["ceph", "vmbr9"],
      ["nvme", "vmbr9"],
    ]);
  });

  test("can be another network, whose gateway and resolver derive from it", () => {
    const network = { cidr: "10.2.0.0/16", domain: "db.example" };
    const vm = second({ firstAddress: "10.2.3.4", network });
    expect(addressOf(vm)).toEqual({ address: "10.2.3.4", prefixLength: 16, gateway: "10.2.0.1" });
    expect(vm).toMatchObject({
      dnsServers: ["10.2.0.1"],
      domain: "db.example",
    });
  });

  test("can set, change and lift the VLAN", () => {
    const tagged = { network: { ...base.network, vlanId: 14 } };
    expect(second({ network: { vlanId: 7 } })?.interfaces[0]?.vlanId).toBe(7);
    expect(second({ network: { vlanId: 7 } }, tagged)?.interfaces[0]?.vlanId).toBe(7);
    expect(second({}, tagged)?.interfaces[0]?.vlanId).toBe(14);
    expect(second({ network: { vlanId: null } }, tagged)?.interfaces[0]?.vlanId).toBeUndefined();
  });
});

test("with several nodes the members of each cluster are spread over them, from the first", () => {
  const nodes = ["pve1", "pve2", "pve3"];
  const proxmox = { ...base.proxmox, nodes, storages: { "local-zfs": { shared: true } } };
  const other: ClusterInput = { ...web, firstVmId: 501, firstAddress: "10.1.0.20" };
  const clusters = { web: { ...web, members: 5 }, other };
  const topology = resolveTopology({ ...base, proxmox, clusters });
  expect(topology.clusters.map(({ vms }) => vms.map(({ node }) => node))).toEqual([
    ["pve1", "pve2", "pve3", "pve1", "pve2"],
    ["pve1", "pve2"],
  ]);
});

test("clusters come after those they wait for, else in the order given", () => {
  const cluster = (index: number, waitsFor: string[]): ClusterInput => ({
    ...web,
    firstVmId: 500 + 10 * index,
    firstAddress: `10.1.0.${20 + 10 * index}`,
    waitsFor,
  });
  const clusters = {
    a: cluster(0, ["d"]),
    b: cluster(1, []),
    c: cluster(2, ["a", "b"]),
    d: cluster(3, ["b"]),
  };
  expect(resolveTopology({ ...base, clusters }).clusters.map(({ name }) => name)).toEqual([
    "b",
    "d",
    "a",
    "c",
  ]);
});

test("a resolved topology cannot be changed", () => {
  const topology = resolveTopology(base);
  expect(Object.isFrozen(topology.clusters)).toBe(true);
  expect(Object.isFrozen(topology.clusters[0]?.vms[0]?.dnsServers)).toBe(true);
});

test("the input can be changed still", () => {
  const lists: ClusterInput = {
    role: "apps",
    members: 2,
    ...sizes,
    vmIds: ["401-402"],
    addresses: ["10.1.0.10-10.1.0.11"],
    tags: ["a"],
    taints: ["b:NoSchedule"],
  };
  const input: TopologyInput = {
    ...base,
    network: { ...base.network, dnsServers: ["10.1.0.2"], reserved: ["10.1.0.200"] },
    acknowledge: ["even-servers"],
    clusters: {
      web: { ...lists, without: [2] },
      db: { ...web, firstVmId: 501, firstAddress: "10.1.0.20", waitsFor: ["web"] },
    },
  };
  resolveTopology(input);
  const frozen: unknown[] = [];
  JSON.stringify(input, (_key, value: unknown) => {
    if (typeof value === "object" && Object.isFrozen(value)) frozen.push(value);
    return value;
  });
  expect(frozen).toEqual([]);
});

test("a faulty object is told like a faulty file, without lines", () => {
  const clusters = { web: { ...web, members: 0, cores: 1.5 } };
  const resolve = (): Topology => resolveTopology({ ...base, clusters });
  expect(resolve).toThrow(TopologyError);
  expect(resolve).toThrow(
    "clusters.web.members: got 0; must be a whole number from 1 to 5000 VMs\n" +
      "clusters.web.cores: got 1.5; must be a whole number from 1 to 1024 cores",
  );
});

test("a name that many clusters wait for in vain does not flood the message", () => {
  const one = (index: number): ClusterInput => ({
    ...web,
    members: 1,
    firstVmId: 1000 + index,
    waitsFor: ["renamed"],
  });
  const clusters = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`c${index}`, one(index)]));
  const network = { cidr: "10.1.0.0/24", domain: "lab.example" };
  const resolve = (): Topology => resolveTopology({ ...base, network, clusters });
  expect(resolve).toThrow(
    'clusters.c0.waitsFor[0]: got "renamed", which is no cluster; the other clusters are c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 and 289 more\n',
  );
});

describe("allocation", () => {
  /** Up to six clusters side by side, each in its own block of 50 ids and addresses. */
  const topologies = fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 5 }),
    )
    .map(([sizesOfClusters, nodes]): TopologyInput => ({
      proxmox: {
        ...base.proxmox,
        nodes: Array.from({ length: nodes }, (_, index) => `pve${index}`),
        storages: { "local-zfs": { shared: true } },
      },
      network: { cidr: "10.0.0.0/16", domain: "lab.example" },
      clusters: Object.fromEntries(
        sizesOfClusters.map((members, index) => [
          `cluster-${index}`,
          { ...web, members, firstVmId: 1000 + 50 * index, firstAddress: `10.0.${index}.10` },
        ]),
      ),
    }));

  test("gives no name, key, VM id or address twice", () => {
    fc.assert(
      fc.property(topologies, (input) => {
        const vms = vmsOf(resolveTopology(input));
        for (const key of ["key", "name", "vmId"] as const) {
          expect(new Set(vms.map((vm) => vm[key])).size).toBe(vms.length);
        }
        expect(new Set(vms.map((vm) => addressOf(vm).address)).size).toBe(vms.length);
      }),
    );
  });

  test("leaves every VM as it was when one cluster grows", () => {
    fc.assert(
      fc.property(topologies, fc.nat(), fc.integer({ min: 1, max: 20 }), (input, pick, more) => {
        const names = Object.keys(input.clusters);
        const name = names[pick % names.length] ?? "";
        const grown = { ...(input.clusters[name] ?? web) };
        const clusters = { ...input.clusters, [name]: { ...grown, members: (grown.members ?? 0) + more } };
        const before = vmsOf(resolveTopology(input));
        const after = new Map(vmsOf(resolveTopology({ ...input, clusters })).map((vm) => [vm.key, vm]));
        expect(after.size).toBe(before.length + more);
        for (const vm of before) expect(after.get(vm.key)).toEqual(vm);
      }),
    );
  });

  test("refuses two clusters exactly when they want the same id or address, and its advice would do", () => {
    const start = fc.integer({ min: 2, max: 40 });
    const count = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(start, count, start, count, (firstA, membersA, firstB, membersB) => {
        const cluster = (first: number, members: number): ClusterInput => ({
          ...web,
          members,
          firstVmId: 500 + first,
          firstAddress: `10.1.0.${first}`,
        });
        const resolve = (b: ClusterInput): Topology =>
          resolveTopology({ ...base, clusters: { a: cluster(firstA, membersA), b } });
        const apart = firstA + membersA <= firstB || firstB + membersB <= firstA;
        const b = cluster(firstB, membersB);
        if (apart) {
          expect(vmsOf(resolve(b))).toHaveLength(membersA + membersB);
          return;
        }
        const message = ((): string => {
          try {
            resolve(b);
          } catch (error) {
            if (error instanceof TopologyError) return error.message;
          }
          return "";
        })();
        expect(message.split("\n")).toHaveLength(2);
        const firstVmId = Number(/firstVmId (\d+) would be free/.exec(message)?.[1]);
        const firstAddress = /firstAddress ([\d.]+) would be free/.exec(message)?.[1] ?? "";
        expect(vmsOf(resolve({ ...b, firstVmId, firstAddress }))).toHaveLength(membersA + membersB);
      }),
    );
  });
});
