import * as path from "node:path";
import { renderMermaid } from "../../../lib/reports";
import { loadTopology, resolveTopology, type ClusterInput } from "../../../lib/topology";
import { buildTopology } from "../../support/built-topology";
import { sampleTopology } from "./sample-topology";

const SIZES = { cores: 2, memoryMiB: 4096, diskGiB: 20 };

/** Apps clusters with members in ids and addresses of their own. */
function rendered(clusters: number, members: number): string[] {
  const inputs = Array.from({ length: clusters }, (_, index): [string, ClusterInput] => [
    `c-${index}`,
    {
      role: "apps",
      members,
      firstVmId: 1000 + index * members,
      firstAddress: `10.${1 + Math.floor(index / 200)}.${index % 200}.10`,
      ...(index === 0 ? {} : { waitsFor: ["c-0"] }),
      ...SIZES,
    },
  ]);
  const topology = resolveTopology({
    proxmox: {
      nodes: ["pve1", "pve2"],
      templateId: 400,
      storage: "ceph",
      storages: { ceph: { shared: true } },
    },
    network: { cidr: "10.0.0.0/8", domain: "lab.example" },
    checks: { "even-servers": "off" },
    clusters: Object.fromEntries(inputs),
  });
  return renderMermaid(topology).split("\n");
}

test("the reference", () => {
  const topology = loadTopology(path.join(__dirname, "..", "..", "..", "topology.yaml"));
  expect(renderMermaid(topology)).toBe(`\
flowchart LR
  subgraph c1["rancher-manager (manager)"]
    c1m1["rancher-manager-1<br/>401 on pve1<br/>192.168.1.100"]
    c1m2["rancher-manager-2<br/>402 on pve1<br/>192.168.1.101"]
    c1m3["rancher-manager-3<br/>403 on pve1<br/>192.168.1.102"]
    c1gate{{"ready"}}
    c1m1 & c1m2 & c1m3 --> c1gate
  end
  subgraph c2["nprd-apps (apps)"]
    c2m1["nprd-apps-1<br/>404 on pve1<br/>192.168.1.110"]
    c2m2["nprd-apps-2<br/>405 on pve1<br/>192.168.1.111"]
    c2m3["nprd-apps-3<br/>406 on pve1<br/>192.168.1.112"]
    c2gate{{"ready"}}
    c2m1 & c2m2 & c2m3 --> c2gate
  end
  c1gate --> c2
`);
});

test("both addresses of a VM, and the words for those that are found", () => {
  expect(renderMermaid(sampleTopology())).toContain(`\
    c1m3["lab-workers-1<br/>511 on pve2<br/>10.0.0.21<br/>2001:db8::21"]
    c1m4["lab-workers-2<br/>512 on pve1<br/>DHCP<br/>SLAAC"]
`);
});

test("of 200 VMs each pool is a box with its ends and hosts", () => {
  const lines = rendered(10, 20);
  expect(lines.filter((line) => line.includes("subgraph"))).toHaveLength(10);
  expect(lines[2]).toBe(
    '    c1m1["20 servers<br/>1000 to 1019<br/>10.1.0.10 to 10.1.0.29<br/>pve1: 10, pve2: 10"]',
  );
  expect(lines).toContain("  c1gate --> c10");
});

test("of hundreds of clusters each is a box, within what Mermaid takes", () => {
  const lines = rendered(400, 25);
  expect(lines[1]).toBe('  c1["c-0 (apps)<br/>25 VMs"]');
  expect(lines).toContain("  c1 --> c400");
  expect(lines.join("\n").length).toBeLessThan(50_000);
  expect(lines.filter((line) => line.includes("-->")).length).toBeLessThan(500);
});

test("a pool on more than four hosts says on how many", () => {
  const label = (nodes: number): string | undefined =>
    renderMermaid(buildTopology({ nodes, clusters: [{ name: "lab", pools: [{ count: 60 }] }] })).split(
      "\n",
    )[2];
  expect(label(4)).toContain("<br/>pve1: 15, pve2: 15, pve3: 15, pve4: 15");
  expect(label(5)).toContain("<br/>5 hosts");
});

test("boxes of pools that are longer than Mermaid takes give way to those of clusters", () => {
  const chart = (name: string): string =>
    renderMermaid(
      buildTopology({
        clusters: Array.from({ length: 20 }, (_, index) => ({
          name: `c-${index}`,
          pools: Array.from({ length: 5 }, () => ({ name, count: 1 })),
        })),
      }),
    );
  const [fits, tooLong] = [chart("workers"), chart("w".repeat(500))];
  expect(fits.split("\n")[2]).toContain('c1m1["workers<br/>');
  expect(tooLong.split("\n")[1]).toBe('  c1["c-0 (apps)<br/>5 VMs"]');
});

test("a box names no id and no address that no member has", () => {
  const topology = resolveTopology({
    proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
    network: { cidr: "10.0.0.0/16", domain: "lab.example" },
    checks: { "servers-on-one-host": "off" },
    clusters: {
      web: {
        role: "apps",
        members: 50,
        without: [20],
        overrides: { 1: { address: "10.0.9.9", vmId: 900 } },
        firstVmId: 401,
        firstAddress: "10.0.0.11",
        ...SIZES,
      },
    },
  });
  expect(renderMermaid(topology)).toContain(
    "402 to 419, 421 to 450, 900<br/>10.0.0.12 to 10.0.0.29, 10.0.0.31 to 10.0.0.60, 10.0.9.9<br/>pve1: 49",
  );
});
