import * as path from "node:path";
import { renderTable } from "../../../../lib/reports";
import { loadTopology, resolveTopology } from "../../../../lib/topology";
import { sampleTopology, sampleVm } from "../sample-topology";

const SIZES = { cores: 8, memoryMiB: 32768, diskGiB: 40 };

test("the reference", () => {
  const topology = loadTopology(path.join(__dirname, "..", "..", "..", "..", "topology.yaml"));
  expect(renderTable(topology)).toBe(`\
rancher-manager: manager cluster of 3 servers; 12 cores, 24 GiB memory, 60 GiB disk
  VM                  ID  NODE  ADDRESS        CORES  MEMORY  DISKS
  rancher-manager-1  401  pve1  192.168.1.100      4   8 GiB  20 GiB local-vm-zfs
  rancher-manager-2  402  pve1  192.168.1.101      4   8 GiB  20 GiB local-vm-zfs
  rancher-manager-3  403  pve1  192.168.1.102      4   8 GiB  20 GiB local-vm-zfs

nprd-apps: apps cluster of 3 servers; 12 cores, 24 GiB memory, 60 GiB disk; waits for rancher-manager
  VM                  ID  NODE  ADDRESS        CORES  MEMORY  DISKS
  nprd-apps-1        404  pve1  192.168.1.110      4   8 GiB  20 GiB local-vm-zfs
  nprd-apps-2        405  pve1  192.168.1.111      4   8 GiB  20 GiB local-vm-zfs
  nprd-apps-3        406  pve1  192.168.1.112      4   8 GiB  20 GiB local-vm-zfs

VM ids
  RANGE    USED  FREE  FOR
  401-403     3     0  rancher-manager
  404-406     3     0  nprd-apps

Addresses
  RANGE                        USED  FREE  FOR              NETWORK
  192.168.1.100-192.168.1.102     3     0  rancher-manager  main
  192.168.1.110-192.168.1.112     3     0  nprd-apps        main

Networks
  NETWORK  BRIDGE  VLAN  MTU  ADDRESSES       ROUTER       RESOLVERS
  main     vmbr0     14    -  192.168.1.0/24  192.168.1.1  192.168.1.1
                                                           192.168.1.2

Storages
  STORAGE       NODE  DISKS  SIZE
  local-vm-zfs  pve1      6  120 GiB

Proxmox nodes
  NODE  VMS  CORES  MEMORY
  pve1    6  24     48 GiB

Clusters, in the order they are made
  CLUSTER          ROLE     SERVERS  AGENTS  CORES  MEMORY   DISKS  WAITS FOR
  rancher-manager  manager        3       0     12  24 GiB  60 GiB  -
  nprd-apps        apps           3       0     12  24 GiB  60 GiB  rancher-manager

Warnings
  3 warnings acknowledged

2 clusters, 6 VMs: 24 cores, 48 GiB memory, 120 GiB disk
`);
});

describe("a topology with pools, several networks and disks", () => {
  const table = renderTable(sampleTopology(), { file: "lab.yaml" });

  test("has each further interface and disk in a row of its own", () => {
    expect(table).toContain(`\
  pool workers: 2 agents, placement spread; CPU type host; tags db, k3s; labels tier=db; taints dedicated=db:NoSchedule
  VM              ID  NODE  ADDRESS                 CORES     MEMORY  DISKS
  lab-workers-1  511  pve2  10.0.0.21 2001:db8::21      8     16 GiB  40 GiB local-zfs
                            10.5.0.21 (storage)                       200 GiB ceph (scsi1)
  lab-workers-2  512  pve1  DHCP SLAAC                  8  1,500 MiB  40 GiB local-zfs
                            10.5.0.22 (storage)                       200 GiB ceph (scsi1)
`);
  });

  test("says which members are left out", () => {
    const without = (...leftOut: number[]): string => {
      const topology = sampleTopology();
      const [pool] = topology.clusters.flatMap(({ pools }) => pools).filter(({ name }) => name === "workers");
      Object.assign(pool ?? {}, { leftOut });
      return renderTable(topology);
    };
    expect(without(3)).toContain(
      "pool workers: 2 agents, placement spread; member 3 left out; CPU type host;",
    );
    expect(without(3, 5, 6, 7)).toContain("placement spread; members 3, 5-7 left out; CPU type");
  });

  test("says of which interface no address is known", () => {
    const topology = sampleTopology();
    const [worker] = topology.clusters.flatMap(({ vms }) => vms).filter(({ key }) => key === "lab-workers-1");
    if (!worker) throw new Error("the sample has no worker");
    Object.assign(worker, {
      interfaces: worker.interfaces.map((device) => ({ ...device, ipv4: undefined })),
    });
    expect(renderTable(topology)).toMatch(/ 2001:db8::21 .*\n +no address \(storage\)/);
  });

  test("says that what members do not share differs", () => {
    const [server, other] = [sampleVm("lab-servers-1"), sampleVm("lab-servers-2")];
    expect([server.labels, other.labels]).toEqual([{ zone: "a" }, { zone: "b" }]);
    expect(table).toContain("pool servers: 2 servers, placement pin; labels differ (see --format yaml)\n");
  });

  test("counts what is given of each node and storage, against what is declared", () => {
    expect(table).toContain(`\
  NODE  VMS  CORES               MEMORY
  pve1    3  12 of 8 × 2 (75 %)  9,692 MiB of 16 GiB (59 %)
  pve2    1  8                   16 GiB
  pve3    0  0                   0 GiB
`);
    expect(table).toContain(`\
  STORAGE    NODE      DISKS  SIZE
  local-zfs  pve1          3  80 GiB of 100 GiB (80 %)
  local-zfs  pve2          1  40 GiB
  ceph       (shared)      2  400 GiB of 1,000 GiB (40 %)
`);
  });

  test("maps VM ids and addresses, what is outside of a pool's ranges included", () => {
    expect(table).toContain(`\
  RANGE    USED  FREE  FOR
  501-503     1     2  lab, pool servers
  511-519     2     7  lab, pool workers
  599         1     0  lab, pool servers
  agreed 500-599, of which 96 are given to no VM
`);
    expect(table).toContain(`\
  RANGE                      USED  FREE  FOR                NETWORK
  10.0.0.11-10.0.0.13           2     1  lab, pool servers  main
  10.0.0.21-10.0.0.29           1     8  lab, pool workers  main
  2001:db8::21-2001:db8::29     1     8  lab, pool workers  main
  10.5.0.21-10.5.0.29           2     7  lab, pool workers  storage
`);
  });

  test("tells warnings with their rules, and counts those that are acknowledged", () => {
    expect(table).toContain(`\
Warnings
  lab.yaml:7:3 clusters.lab: got 2 servers, of which none may fail; use 3 [even-servers]
  1 warning acknowledged
`);
  });

  test("tells a warning that a hundred clusters have a few times, and counts the rest", () => {
    const [warning] = sampleTopology().warnings;
    if (!warning) throw new Error("the sample has no warning");
    const warnings = Array.from({ length: 100 }, (_, index) => ({
      ...warning,
      path: ["clusters", `c${index}`],
    }));
    const lines = renderTable({ ...sampleTopology(), warnings }).split("\n");
    expect(lines.filter((line) => line.includes("[even-servers]"))).toHaveLength(6);
    expect(lines).toContain("  … and 95 more [even-servers]");
  });
});

test("200 VMs have a row each, none wider than a terminal", () => {
  const topology = resolveTopology({
    proxmox: {
      nodes: { pve1: { cores: 512, memoryMiB: 1048576 }, pve2: {}, pve3: {} },
      templateId: 400,
      storage: "ceph-vm",
      storages: { "ceph-vm": { shared: true, capacityGiB: 100_000 } },
    },
    network: { cidr: "192.168.0.0/16", ipv6: { cidr: "2001:db8:14::/64" }, domain: "example.com" },
    clusters: {
      production: {
        role: "apps",
        pools: {
          servers: {
            role: "server",
            count: 3,
            vmIds: "1001-1009",
            addresses: "192.168.10.1-192.168.10.9",
            ...SIZES,
          },
          "general-workers": {
            role: "agent",
            count: 197,
            vmIds: "1101-1400",
            addresses: "192.168.11.1-192.168.12.254",
            addresses6: "2001:db8:14::1101-2001:db8:14::1400",
            ...SIZES,
          },
        },
      },
    },
  });
  const lines = renderTable(topology).split("\n");
  expect(lines.filter((line) => line.startsWith("  production-"))).toHaveLength(200);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(lines.join("\n")).toMatch(
    /^ {2}production-general-workers-197 {2}1297 {2}pve\d {2}192\.168\.11\.197 2001:db8:14::11c5 +8 {2}32 GiB {2}40 GiB ceph-vm$/m,
  );
});

test("a network with IPv6 alone is counted as one with IPv4 is", () => {
  const topology = resolveTopology({
    proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
    network: { ipv6: { cidr: "2001:db8::/64" }, dnsServers: ["2001:db8::1"], domain: "lab.example" },
    clusters: {
      six: {
        role: "apps",
        members: 1,
        vmIds: "401-403",
        addresses6: "2001:db8::11-2001:db8::13",
        ...SIZES,
      },
    },
  });
  const table = renderTable(topology);
  expect(table).toMatch(/^ {2}six-1 {2}401 {2}pve1 {2}2001:db8::11 /m);
  expect(table).toMatch(/^ {2}2001:db8::11-2001:db8::13 +1 +2 {2}six {2}main$/m);
  expect(table).toMatch(/^ {2}main +vmbr0 +- +- {2}2001:db8::\/64 {2}- +2001:db8::1$/m);
});

test("addresses that are all got by DHCP have no table, and their network shows none", () => {
  const table = renderTable(
    resolveTopology({
      proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
      network: { vlanId: 5, domain: "lab.example" },
      clusters: {
        lab: {
          role: "apps",
          members: 1,
          firstVmId: 401,
          addresses: "dhcp",
          cores: 2,
          memoryMiB: 4096,
          diskGiB: 20,
        },
      },
    }),
  );
  expect(table).not.toContain("Addresses");
  expect(table).toContain("  NETWORK  BRIDGE  VLAN  MTU  ADDRESSES  ROUTER  RESOLVERS");
  expect(table).toContain("  main     vmbr0      5    -  -          -       -");
});
