import { resolveTopology } from "../../../../lib/topology";
import type { PoolInput } from "../../../../lib/topology";

const sizes = { cores: 2, memoryMiB: 4096, diskGiB: 20 };
const server = (firstVmId: number, firstAddress: string): PoolInput => ({
  role: "server",
  count: 1,
  firstVmId,
  firstAddress,
  ...sizes,
});

test("a pool's network and that of a cluster with the pool's and its cluster's name are two", () => {
  const workers = { ...server(401, "10.1.0.10"), proxmox: { bridge: "vmbr9" } };
  const { networks, clusters } = resolveTopology({
    proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
    network: { cidr: "10.1.0.0/16", domain: "lab.example" },
    clusters: {
      web: { role: "apps", pools: { workers } },
      "web-workers": {
        role: "apps",
        network: { cidr: "10.8.0.0/24", vlanId: 8 },
        pools: { a: server(501, "10.8.0.10") },
      },
    },
  });
  expect(networks.map(({ name, bridge, ipv4 }) => [name, bridge, ipv4?.cidr])).toEqual([
    ["main of web on vmbr9", "vmbr9", "10.1.0.0/16"],
    ["main of web-workers", "vmbr0", "10.8.0.0/24"],
  ]);
  const used = clusters.flatMap(({ vms }) => vms.map(({ interfaces }) => interfaces[0]?.network));
  expect(used).toEqual(networks.map(({ name }) => name));
});

test("a warning about the network of a pool with a bridge of its own can be acknowledged by its cluster", () => {
  const workers = { ...server(401, "10.42.0.10"), proxmox: { bridge: "vmbr9" } };
  const { warnings } = resolveTopology({
    proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
    network: { cidr: "10.42.0.0/16", domain: "lab.example" },
    clusters: { web: { role: "apps", acknowledge: ["cluster-network-range"], pools: { workers } } },
  });
  expect(warnings.map(({ rule, acknowledged }) => [rule, acknowledged])).toContainEqual([
    "cluster-network-range",
    true,
  ]);
  expect(warnings.filter(({ rule }) => rule === "unused-acknowledgement")).toEqual([]);
});
