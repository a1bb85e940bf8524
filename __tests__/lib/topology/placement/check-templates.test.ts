import { formatFault } from "../../../../lib/topology/fault";
import { FaultCollector } from "../../../../lib/topology/fault-collector";
import { checkTemplates } from "../../../../lib/topology/placement/check-templates";
import type { TemplateUser } from "../../../../lib/topology/placement/check-templates";

function user(settings: Partial<TemplateUser>): TemplateUser {
  return {
    name: "web",
    nodes: ["pve1", "pve2"],
    templateId: 400,
    templateIdPath: ["proxmox", "templateId"],
    templateStorage: settings.storages?.[0] ?? "local-zfs",
    storages: ["local-zfs"],
    ...settings,
  };
}

/** What is told of pools on pve1 to pve3; ceph and nfs are shared. */
function told(...users: readonly Partial<TemplateUser>[]): string[] {
  const faults = new FaultCollector();
  const storages = [{ name: "ceph", shared: true }, { name: "nfs", shared: true }, { name: "local-zfs" }];
  checkTemplates(users.map(user), new Set(["pve1", "pve2", "pve3"]), storages, faults);
  return faults.all().map((fault) => formatFault(fault));
}

describe("one template for several nodes", () => {
  test("is fine on shared storage", () => {
    expect(told({ storages: ["ceph"] })).toEqual([]);
    expect(told({ storages: ["ceph"], templateStorage: "nfs" })).toEqual([]);
  });

  test("is refused on local storage, once for all pools that share the setting", () => {
    expect(told({}, { name: "db" })).toEqual([
      "proxmox.templateId: got 400 for VMs on pve1, pve2, which Proxmox cannot clone to all of them: local-zfs is not declared shared; if it is, declare it (proxmox.storages: { local-zfs: { shared: true } }), else name a template on each node (templateId: { pve1: 400, pve2: … })",
    ]);
  });

  test("is refused where only one of the two storages is shared", () => {
    expect(told({ storages: ["ceph"], templateStorage: "local-zfs" })).toHaveLength(1);
    expect(told({ storages: ["local-zfs"], templateStorage: "ceph" })).toHaveLength(1);
    expect(told({ storages: ["ceph", "local-zfs"], templateStorage: "ceph" })).toHaveLength(1);
  });

  test("is refused although each pool has one node", () => {
    expect(told({ nodes: ["pve1"] }, { name: "db", nodes: ["pve2"] })).toHaveLength(1);
  });

  test("may make VMs on local storage of its own node, if its own disks are shared", () => {
    const local = { nodes: ["pve1"], templateStorage: "ceph" };
    expect(told(local, { name: "db", nodes: ["pve2"], storages: ["ceph"] })).toEqual([]);
    expect(told(local, { name: "db", nodes: ["pve2"], templateStorage: "ceph" })).toHaveLength(1);
  });

  test("is on the node that another pool's templates say", () => {
    const map = { name: "db", templateId: { pve1: 400, pve2: 401 }, templateIdPath: ["clusters", "db", "x"] };
    expect(told(map, { nodes: ["pve1"] })).toEqual([]);
    expect(told(map, { nodes: ["pve2"] })).toHaveLength(1);
    expect(told(map, { nodes: ["pve2"], storages: ["ceph"] })).toEqual([]);
  });
});

describe("one template for one node", () => {
  test("is fine wherever its disks are", () => {
    expect(told({ nodes: ["pve2"] }, { name: "db", nodes: ["pve2"] })).toEqual([]);
  });
});

describe("a template on each node", () => {
  test("is fine on local storage", () => {
    expect(told({ templateId: { pve1: 400, pve2: 401 } })).toEqual([]);
  });

  test("is refused where a node has none, once", () => {
    const templateId = { pve1: 400 };
    expect(told({ templateId }, { name: "db", templateId })).toEqual([
      "proxmox.templateId.pve2: is missing, and members of web may be on pve2; add the VM id of the template there",
    ]);
  });

  test("is refused where a node is misspelt, as the one that has none", () => {
    expect(told({ templateId: { pve1: 400, pve22: 401 } })).toEqual([
      "proxmox.templateId.pve22: there is no such node; did you mean pve2?",
    ]);
    expect(told({ nodes: ["pve1", "pve3"], templateId: { pve1: 400, pve4: 401 } })).toEqual([
      "proxmox.templateId.pve4: there is no such node; did you mean pve3?",
    ]);
  });

  test("is refused on a node that there is not, once", () => {
    const templateId = { pve1: 400, pve2: 401, pve3: 402, pve4: 403 };
    expect(told({ templateId }, { name: "db", nodes: ["pve1"], templateId })).toEqual([
      "proxmox.templateId.pve4: there is no such node; the nodes are pve1, pve2, pve3: take this out, or add it to proxmox.nodes",
    ]);
  });

  test("may be declared for nodes that nobody uses", () => {
    expect(told({ nodes: ["pve1"], templateId: { pve1: 400, pve2: 401 } })).toEqual([]);
  });

  test("has an id of its own", () => {
    const inDb = { name: "db", templateIdPath: ["clusters", "db", "proxmox", "templateId"] };
    expect(
      told({ templateId: { pve1: 400, pve2: 401 } }, { ...inDb, templateId: { pve1: 401, pve2: 402 } }),
    ).toEqual([
      "clusters.db.proxmox.templateId.pve1: got 401, which is the template on pve2 (proxmox.templateId.pve2); ids are unique in a Proxmox cluster: name the template that is on this node",
    ]);
    expect(told({ templateId: { pve1: 400, pve2: 400 } })).toHaveLength(1);
  });
});
