import type { Capacity, Storage, TopologyInput, Vm } from "../../../../lib/topology";
import { makeTopology } from "./make-topology";
import { tell } from "./tell";

const sizes: Partial<Vm> = {
  node: "pve1",
  cores: 8,
  memoryMiB: 32_768,
  diskGiB: 100,
  extraDisks: [
    { device: "scsi1", storage: "local-zfs", sizeGiB: 20 },
    { device: "scsi2", storage: "ceph", sizeGiB: 50 },
  ],
};

/** What is told of three VMs on a node with this much; that they are all on it is not of interest here. */
function told(
  capacity: Partial<Capacity>,
  storages: readonly Storage[] = [],
  checks: TopologyInput["checks"] = {},
): readonly string[] {
  const overcommit = { cores: 10, memory: 10, storage: 10 };
  const nodes = [
    { name: "pve1", capacity: { storageGiB: {}, overcommit, ...capacity } },
    { name: "pve2", capacity: { cores: 1, memoryMiB: 1, storageGiB: { "local-zfs": 1 }, overcommit } },
  ];
  const topology = makeTopology({ web: { pools: [{ each: () => sizes }] } }, { nodes, storages });
  return tell(topology, { checks: { "servers-on-one-host": "off", ...checks } }).warnings;
}

test("what is declared may be used up, and what is not declared is not limited", () => {
  expect(told({ cores: 24, memoryMiB: 98_304, storageGiB: { "local-zfs": 360 } })).toEqual([]);
  expect(told({}, [{ name: "ceph", shared: true, capacityGiB: 150 }])).toEqual([]);
  expect(told({}, [{ name: "ceph", shared: true }])).toEqual([]);
});

test("cores-overcommit: the factor says that it is meant, unless the rule has a level", () => {
  expect(told({ cores: 20 })).toEqual([]);
  expect(told({ cores: 20 }, [], { "cores-overcommit": "warning" })).toEqual([
    "proxmox.nodes.pve1.cores: got 20 cores on pve1, and 24 given to VMs there (web-1, web-2, web-3); " +
      "take 4 off them, or put some elsewhere [cores-overcommit]",
  ]);
});

test("memory-overcommit", () => {
  expect(told({ memoryMiB: 65_536 })).toEqual([
    "proxmox.nodes.pve1.memoryMiB: got 65536 MiB on pve1, and 98304 given to VMs there (web-1, web-2, web-3); " +
      "take 32768 off them, or put some elsewhere [memory-overcommit]",
  ]);
});

test("storage-overcommit: of a node's own storage, further disks included", () => {
  expect(told({ storageGiB: { "local-zfs": 359, other: 1 } })).toEqual([
    "proxmox.nodes.pve1.storageGiB.local-zfs: got 359 GiB on storage local-zfs of pve1, and 360 given to VMs there " +
      "(web-1, web-2, web-3); take 1 off them, or put some elsewhere [storage-overcommit]",
  ]);
});

test("storage-overcommit: of a storage that all nodes share", () => {
  expect(told({}, [{ name: "ceph", shared: true, capacityGiB: 149 }])).toEqual([
    "proxmox.storages.ceph.capacityGiB: got 149 GiB on storage ceph, and 150 given to VMs there " +
      "(web-1, web-2, web-3); take 1 off them, or put some elsewhere [storage-overcommit]",
  ]);
});
