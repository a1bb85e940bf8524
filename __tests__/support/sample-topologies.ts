import path from "node:path";
import { loadTopology } from "../../lib/topology";
import type { Network, Topology } from "../../lib/topology";
import { builtNode, buildTopology, MAIN_NETWORK } from "./built-topology";
import type { BuiltCluster } from "./built-topology";

/** Topologies of the shapes and sizes that reports have to cope with, by what they are. */

const WIDE: Network = { ...MAIN_NETWORK, ipv4: { cidr: "10.20.0.0/16", gateway: "10.20.0.1" } };

const LONG = "a".repeat(20) + "-" + "b".repeat(20) + "-" + "c".repeat(21);
/** As long as an IPv6 network gets. */
const LONG_IPV6 = "2001:db8:aaaa:bbbb:cccc:dddd";

export function reference(): Topology {
  return loadTopology(path.join(__dirname, "..", "..", "topology.yaml"));
}

/** Thirteen VMs, servers and workers, on three hosts with their capacity declared. */
export function serversAndWorkers(): Topology {
  return buildTopology({
    nodes: ["pve1", "pve2", "pve3"].map((name) =>
      builtNode(name, {
        cores: 32,
        memoryMiB: 131072,
        storageGiB: { "local-vm-zfs": 1000 },
        overcommit: { cores: 2, memory: 1, storage: 1 },
      }),
    ),
    networks: [{ ...MAIN_NETWORK, ipv4: { cidr: "192.168.0.0/22", gateway: "192.168.0.1" } }],
    clusters: [
      { name: "rancher-manager", role: "manager", apiAddress: "192.168.0.99", pools: [{ count: 3 }] },
      {
        name: "nprd-apps",
        waitsFor: ["rancher-manager"],
        apiAddress: "192.168.0.89",
        pools: [
          { name: "servers", count: 3 },
          {
            name: "workers",
            role: "agent",
            count: 7,
            cores: 8,
            memoryMiB: 16384,
            diskGiB: 100,
            dataDiskGiB: 200,
          },
        ],
      },
    ],
  });
}

/** VMs by the hundred: a manager and four apps clusters, spread over so many hosts. */
export function fleet(vms: number, hosts: number): Topology {
  const apps = ["build", "nprd-apps", "prod-apps", "shop"];
  const workers = Math.floor((vms - 3) / apps.length) - 3;
  return buildTopology({
    nodes: Array.from({ length: hosts }, (_, index) =>
      builtNode(`pve${index + 1}`, {
        cores: Math.ceil((vms / hosts) * 6),
        memoryMiB: Math.ceil(vms / hosts) * 16384,
        overcommit: { cores: 2, memory: 1, storage: 1 },
      }),
    ),
    networks: [WIDE],
    storages: [
      { name: "ceph-vm", shared: true, capacityGiB: vms * 160 },
      { name: "local-zfs", shared: false },
    ],
    clusters: [
      { name: "rancher-manager", role: "manager", apiAddress: "10.20.0.50", pools: [{ count: 3 }] },
      ...apps.map((name, index): BuiltCluster => {
        const last = index === apps.length - 1 ? (vms - 3) % apps.length : 0;
        return {
          name,
          waitsFor: index === 3 ? ["rancher-manager", "build"] : ["rancher-manager"],
          apiAddress: `10.20.0.${51 + index}`,
          pools: [
            { name: "servers", count: 3 },
            {
              name: "workers",
              role: "agent",
              count: workers + last,
              cores: 8,
              memoryMiB: 16384,
              diskGiB: 100,
            },
          ],
        };
      }),
    ],
  });
}

/** Several networks, dual stack, DHCP. */
export function manyNetworks(): Topology {
  return buildTopology({
    nodes: 2,
    networks: [
      { ...MAIN_NETWORK, ipv6: { cidr: "2001:db8:14::/64", gateway: "2001:db8:14::1" } },
      {
        name: "storage",
        bridge: "vmbr1",
        vlanId: 20,
        mtu: 9000,
        ipv4: { cidr: "10.0.20.0/24" },
        dnsServers: [],
      },
      { name: "backup", bridge: "vmbr1", vlanId: 21, dnsServers: [] },
      { name: "edge", bridge: "vmbr2", ipv6: { cidr: "2001:db8:99::/64" }, dnsServers: [] },
    ],
    storages: [{ name: "ceph-vm", shared: true }],
    clusters: [
      { name: "rancher-manager", role: "manager", pools: [{ count: 3 }] },
      {
        name: "prod-apps",
        waitsFor: ["rancher-manager"],
        pools: [
          { name: "servers", count: 3, networks: ["main", "storage"] },
          { name: "edge", role: "agent", count: 2, networks: ["main", "storage", "backup", "edge"] },
        ],
      },
    ],
    warnings: [
      {
        rule: "even-servers",
        path: ["clusters", "prod-apps"],
        problem: "got 4 servers",
        fix: "use an odd number",
        acknowledged: false,
      },
    ],
  });
}

/** The longest names and addresses there can be, and names that would be markup. */
export function longestNames(vms: number): Topology {
  const hostile = `</text></svg><script>alert("x")</script>&'`;
  const storage = `${LONG}-${hostile}`;
  return buildTopology({
    nodes: [
      builtNode(LONG, {
        cores: 4096,
        memoryMiB: 99999999,
        storageGiB: { [storage]: 9999999 },
        overcommit: { cores: 1.25, memory: 1.5, storage: 2 },
      }),
      builtNode(hostile),
    ],
    networks: [
      {
        name: LONG,
        bridge: LONG,
        vlanId: 4094,
        mtu: 65520,
        ipv4: { cidr: "255.255.240.0/20", gateway: "255.255.255.254" },
        ipv6: { cidr: `${LONG_IPV6}::/96`, gateway: `${LONG_IPV6}:eeee:ffff` },
        dnsServers: [`${LONG_IPV6}:eeee:ffff`, `${LONG_IPV6}:eeee:fffe`, "255.255.255.253"],
      },
      { name: hostile, bridge: hostile, dnsServers: [] },
    ],
    storages: [{ name: storage, shared: true, capacityGiB: 9999999 }],
    clusters: [
      {
        name: LONG,
        role: "manager",
        domain: hostile,
        apiAddress: `${LONG_IPV6}:eeee:ffff`,
        pools: [{ name: LONG, count: 2, networks: [LONG, hostile] }],
      },
      {
        name: `m${LONG}`.slice(0, 63),
        waitsFor: [LONG],
        domain: `${LONG}.${LONG}.${LONG}`,
        pools: [
          {
            name: hostile,
            role: "agent",
            count: vms - 2,
            cores: 1024,
            memoryMiB: 4194304,
            diskGiB: 65536,
            dataDiskGiB: 65536,
          },
        ],
      },
    ],
  });
}

/** Clusters that wait for one another over several steps. */
export function manySteps(): Topology {
  const cluster = (name: string, waitsFor: string[]): BuiltCluster => ({
    name,
    waitsFor,
    pools: [{ count: 1 }],
  });
  return buildTopology({
    clusters: [
      cluster("manager", []),
      cluster("registry", []),
      cluster("build", ["manager", "registry"]),
      cluster("staging", ["manager"]),
      cluster("shop", ["build", "manager"]),
      cluster("search", ["registry"]),
      cluster("mail", ["staging", "registry"]),
    ],
  });
}

/** So many clusters, each waiting for the one before it. */
export function chain(clusters: number): Topology {
  return buildTopology({
    clusters: Array.from({ length: clusters }, (_, index) => ({
      name: `c${index}`,
      waitsFor: index === 0 ? [] : [`c${index - 1}`],
      pools: [{ count: 1 }],
    })),
  });
}

/** Clusters that wait for those of all steps before them. */
export function manyLines(): Topology {
  const waits: Record<string, string[]> = {
    ...{ a: [], b: [], c: [] },
    ...{ d: ["a"], e: ["b"], f: ["c", "a"] },
    ...{ g: ["d", "b"], h: ["e", "c", "a"], i: ["f", "b"] },
    j: ["g", "e", "a"],
  };
  return buildTopology({
    clusters: Object.entries(waits).map(([name, waitsFor]) => ({ name, waitsFor, pools: [{ count: 1 }] })),
  });
}

/** More of everything than is drawn one by one. */
export function enormous(vms = 10_000): Topology {
  const clusters = 50;
  return buildTopology({
    nodes: 60,
    networks: Array.from({ length: 20 }, (_, index) =>
      index === 0 ? WIDE : { ...WIDE, name: `net-${index}`, vlanId: 100 + index },
    ),
    clusters: Array.from({ length: clusters }, (_, index) => ({
      name: `cluster-${index + 1}`,
      role: index === 0 ? "manager" : "apps",
      waitsFor: index === 0 ? [] : ["cluster-1"],
      pools: [
        { name: "servers", count: 5, networks: ["main", `net-${index % 20}`] },
        { name: "workers", role: "agent", count: vms / clusters - 5 },
      ],
    })),
  });
}
