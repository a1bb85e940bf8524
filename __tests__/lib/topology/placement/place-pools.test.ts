import { TopologyError, resolveTopology } from "../../../../lib/topology";
import type {
  ClusterInput,
  ProxmoxInput,
  ProxmoxOverrideInput,
  TopologyInput,
} from "../../../../lib/topology";

const network = { cidr: "10.1.0.0/16", domain: "lab.example" };
const sizes = { cores: 2, memoryMiB: 4096, diskGiB: 20 };
const three = { firstVmId: 401, firstAddress: "10.1.0.10", ...sizes };
const twoNodes = { nodes: ["pve1", "pve2"], templateId: 400, storages: { ceph: { shared: true } } };

/** What is told of a topology with one cluster. */
function told(proxmox: ProxmoxInput, web: ClusterInput): string {
  return toldOf({ proxmox, network, clusters: { web } });
}

function toldOf(input: unknown): string {
  try {
    resolveTopology(input as TopologyInput);
    return "nothing";
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
}

test("no node that only a pool with another fault names is said not to be there", () => {
  const input = {
    proxmox: { nodes: ["pve1", "pve3"], templateId: { pve1: 301, pve2: 302 }, storage: "local-lvm" },
    network,
    clusters: {
      a: { role: "apps", members: 1, ...three },
      b: {
        role: "apps",
        members: 1,
        ...three,
        firstVmId: 501,
        firstAddress: "10.1.0.20",
        proxmox: { nodes: ["pve2"] },
        overrides: { 1: { storag: "x" } },
      },
    },
  };
  expect(toldOf(input)).toBe(
    [
      "clusters.b.overrides.1.storag: no such key; did you mean storage?",
      "proxmox.templateId.pve3: is missing, and members of a may be on pve3; add the VM id of the template there",
    ].join("\n"),
  );
});

/** Three servers of a pool, with settings of their cluster and their own. */
function poolOf(ofCluster?: ProxmoxOverrideInput, ofPool?: ProxmoxOverrideInput): ClusterInput {
  const servers = { role: "server", count: 3, ...three, ...(ofPool && { proxmox: ofPool }) } as const;
  return { role: "apps", ...(ofCluster && { proxmox: ofCluster }), pools: { servers } };
}

describe("a template is taken to be beside the VMs of the level that sets its id", () => {
  const local: ProxmoxInput = { ...twoNodes, storage: "local-lvm" };
  const ceph: ProxmoxInput = { ...twoNodes, storage: "ceph" };
  const onCeph = { templateId: 9001, storage: "ceph" };
  const onLocal = { templateId: 9001, storage: "local-lvm" };
  const toCeph = { storage: "ceph" };

  test.each([
    ["of a cluster", poolOf(onCeph)],
    ["of a cluster in its short form", { role: "apps", members: 3, ...three, proxmox: onCeph } as const],
    ["of a pool", poolOf(undefined, onCeph)],
    ["of a pool, on the storage of its cluster", poolOf(toCeph, { templateId: 9001 })],
  ])("%s: shared storage there is enough", (_level, web) => {
    expect(told(local, web)).toBe("nothing");
  });

  test.each([
    ["a cluster", poolOf(onLocal, toCeph), "clusters.web.proxmox"],
    ["a pool", poolOf(undefined, onLocal), "clusters.web.pools.servers.proxmox"],
  ])("of %s: local storage there is refused, wherever the VMs are", (_level, web, path) => {
    expect(told(ceph, web)).toContain(`${path}.templateId: got 9001 for VMs on pve1, pve2`);
  });

  test("of the topology: a cluster or a pool with other storage does not move it", () => {
    const refused = "proxmox.templateId: got 400 for VMs on pve1, pve2";
    expect(told(local, poolOf(toCeph))).toContain(refused);
    expect(told(local, poolOf(undefined, toCeph))).toContain(refused);
  });

  test("unless templateStorage says where it is", () => {
    expect(told({ ...local, templateStorage: "ceph" }, poolOf(toCeph))).toBe("nothing");
    expect(told(ceph, poolOf({ ...onLocal, templateStorage: "ceph" }, toCeph))).toBe("nothing");
  });
});

test("room that a node declares on a shared storage is told once, and holds nobody off", () => {
  const nodes = { pve1: { storageGiB: { ceph: 5 } } };
  const proxmox = { nodes, templateId: 400, storage: "ceph", storages: { ceph: { shared: true } } };
  expect(told(proxmox, poolOf())).toBe(
    "proxmox.nodes.pve1.storageGiB.ceph: got 5, but ceph is declared shared, so no node has its own; give its room once, as proxmox.storages.ceph.capacityGiB",
  );
});
