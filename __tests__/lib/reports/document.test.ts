import { parse } from "yaml";
import { renderJson, renderYaml, topologyDocument } from "../../../lib/reports";
import { sampleTopology } from "./sample-topology";

const topology = sampleTopology();

test("every VM is there with all there is to know of it, once", () => {
  const { vms, clusters } = topologyDocument(topology);
  expect(vms).toEqual(topology.clusters[0]?.vms);
  expect(clusters[0]?.pools.map(({ members }) => members)).toEqual([
    ["lab-servers-1", "lab-servers-2"],
    ["lab-workers-1", "lab-workers-2"],
  ]);
});

test("JSON and YAML hold the same", () => {
  const json = JSON.parse(renderJson(topology)) as unknown;
  expect(json).toEqual(JSON.parse(JSON.stringify(topologyDocument(topology))));
  expect(parse(renderYaml(topology))).toEqual(json);
  expect(renderYaml(topology)).not.toMatch(/[&*]a\d/);
});

test("the sums are there", () => {
  expect(topologyDocument(topology)).toMatchObject({
    schemaVersion: 1,
    summary: {
      clusters: 1,
      vms: 4,
      servers: 2,
      agents: 2,
      cores: 20,
      memoryMiB: 26076,
      diskGiB: 520,
      warnings: 1,
    },
    capacity: {
      nodes: [
        { node: "pve1", vms: 3, cores: { given: 12, declared: 8, overcommit: 2 } },
        { node: "pve2", vms: 1, cores: { given: 8 } },
        { node: "pve3", vms: 0 },
      ],
      storages: [
        { storage: "local-zfs", node: "pve1", disks: 3, sizeGiB: { given: 80, declared: 100 } },
        { storage: "local-zfs", node: "pve2", disks: 1, sizeGiB: { given: 40 } },
        { storage: "ceph", disks: 2, sizeGiB: { given: 400, declared: 1000 } },
      ],
    },
    allocations: {
      vmIds: [
        { cluster: "lab", pool: "servers", first: "501", last: "503", used: 1, free: 2 },
        { cluster: "lab", pool: "workers", first: "511", last: "519", used: 2, free: 7 },
        { cluster: "lab", pool: "servers", first: "599", last: "599", used: 1, free: 0 },
      ],
    },
  });
});
