import type { NetworkInterface, Topology, Vm } from "../../../lib/topology";

/** One cluster with what the reference has not: pools, dual stack, DHCP, two networks, more disks, declared capacity. */
export function sampleTopology(): Topology {
  const servers = [
    vm("servers", 1, { vmId: 501, labels: { zone: "a" }, interfaces: [net0({ ipv4: "10.0.0.11" })] }),
    vm("servers", 2, { vmId: 599, labels: { zone: "b" }, interfaces: [net0({ ipv4: "10.0.0.12" })] }),
  ];
  const workers = [
    worker(1, { node: "pve2" }, { ipv4: "10.0.0.21", ipv6: "2001:db8::21" }),
    worker(2, { memoryMiB: 1500 }, { ipv4: "dhcp", ipv6: "auto" }),
  ];
  return {
    clusters: [
      {
        name: "lab",
        role: "apps",
        waitsFor: [],
        domain: "lab.example",
        apiAddress: "10.0.0.10",
        pools: [
          {
            name: "servers",
            role: "server",
            placement: "pin",
            vmIdRanges: [{ first: 501, last: 503 }],
            addressRanges: [{ network: "main", first: "10.0.0.11", last: "10.0.0.13" }],
            leftOut: [],
            vms: servers,
          },
          {
            name: "workers",
            role: "agent",
            placement: "spread",
            vmIdRanges: [{ first: 511, last: 519 }],
            addressRanges: [
              { network: "main", first: "10.0.0.21", last: "10.0.0.29" },
              { network: "main", first: "2001:db8::21", last: "2001:db8::29" },
              { network: "storage", first: "10.5.0.21", last: "10.5.0.29" },
            ],
            leftOut: [],
            vms: workers,
          },
        ],
        vms: [...servers, ...workers],
      },
    ],
    nodes: [
      {
        name: "pve1",
        capacity: { cores: 8, memoryMiB: 16384, storageGiB: { "local-zfs": 100 }, overcommit: OVERCOMMIT },
      },
      { name: "pve2", capacity: { storageGiB: {}, overcommit: OVERCOMMIT } },
      { name: "pve3", capacity: { storageGiB: {}, overcommit: OVERCOMMIT } },
    ],
    storages: [{ name: "local-zfs" }, { name: "ceph", shared: true, capacityGiB: 1000 }],
    networks: [
      {
        name: "main",
        bridge: "vmbr0",
        ipv4: { cidr: "10.0.0.0/24", gateway: "10.0.0.1" },
        ipv6: { cidr: "2001:db8::/64" },
        dnsServers: ["10.0.0.1"],
      },
      {
        name: "storage",
        bridge: "vmbr1",
        vlanId: 5,
        mtu: 9000,
        ipv4: { cidr: "10.5.0.0/24" },
        dnsServers: [],
      },
    ],
    vmIds: { first: 500, last: 599 },
    warnings: [
      {
        path: ["clusters", "lab"],
        problem: "got 2 servers, of which none may fail",
        fix: "use 3",
        position: { line: 7, column: 3 },
        rule: "even-servers",
        acknowledged: false,
      },
      {
        path: [],
        problem: "memory is over-committed",
        fix: "add a node",
        rule: "memory-overcommit",
        acknowledged: true,
      },
    ],
  };
}

/** One VM of {@link sampleTopology}, by its key. */
export function sampleVm(key: string): Vm {
  const found = sampleTopology().clusters.flatMap(({ vms }) => vms.filter((each) => each.key === key))[0];
  if (!found) throw new Error(`there is no ${key}`);
  return found;
}

const OVERCOMMIT = { cores: 2, memory: 1, storage: 1 };

function vm(pool: string, number: number, differing: Partial<Vm>): Vm {
  const key = `lab-${pool}-${number}`;
  return {
    key,
    name: key,
    cluster: "lab",
    pool,
    number,
    role: "server",
    vmId: 500 + number,
    node: "pve1",
    templateId: 400,
    storage: "local-zfs",
    cores: 2,
    memoryMiB: 4096,
    diskGiB: 20,
    extraDisks: [],
    interfaces: [],
    dnsServers: ["10.0.0.1"],
    domain: "lab.example",
    user: "ubuntu",
    tags: [],
    labels: {},
    taints: [],
    ...differing,
  };
}

function worker(number: number, differing: Partial<Vm>, main: { ipv4: string; ipv6: string }): Vm {
  return vm("workers", number, {
    role: "agent",
    vmId: 510 + number,
    cores: 8,
    memoryMiB: 16384,
    diskGiB: 40,
    cpu: "host",
    extraDisks: [{ device: "scsi1", storage: "ceph", sizeGiB: 200 }],
    tags: ["db", "k3s"],
    labels: { tier: "db" },
    taints: [{ key: "dedicated", value: "db", effect: "NoSchedule" }],
    interfaces: [
      net0(main),
      {
        device: "net1",
        network: "storage",
        bridge: "vmbr1",
        vlanId: 5,
        mtu: 9000,
        ipv4: { address: `10.5.0.${20 + number}`, prefixLength: 24 },
      },
    ],
    ...differing,
  });
}

function net0({ ipv4, ipv6 }: { ipv4?: string; ipv6?: string }): NetworkInterface {
  return {
    device: "net0",
    network: "main",
    bridge: "vmbr0",
    ...(ipv4 === undefined
      ? {}
      : { ipv4: ipv4 === "dhcp" ? ipv4 : { address: ipv4, prefixLength: 24, gateway: "10.0.0.1" } }),
    ...(ipv6 === undefined ? {} : { ipv6: ipv6 === "auto" ? ipv6 : { address: ipv6, prefixLength: 64 } }),
  };
}
