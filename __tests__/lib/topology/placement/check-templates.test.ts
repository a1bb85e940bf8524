import { formatFault } from "../../../../lib/topology/fault";
import { FaultCollector } from "../../../../lib/topology/fault-collector";
import { checkTemplates } from "../../../../lib/topology/placement/check-templates";
import type { KnownNodes } from "../../../../lib/topology/placement/template-entries";
import type { TemplateUser } from "../../../../lib/topology/placement/template-user";

function user(settings: Partial<TemplateUser>): TemplateUser {
  return {
    name: "web",
    nodes: ["pve1", "pve2"],
    nodesPath: ["proxmox", "nodes"],
    templateId: 400,
    templateIdPath: ["proxmox", "templateId"],
    templateStorage: settings.storages?.[0] ?? "local-zfs",
    storages: ["local-zfs"],
    ...settings,
  };
}

/** What is told of pools on pve1 to pve3; ceph and nfs are shared. */
function told(...users: readonly Partial<TemplateUser>[]): string[] {
  return toldOn({}, ...users);
}

function toldOn(nodes: Partial<KnownNodes>, ...users: readonly Partial<TemplateUser>[]): string[] {
  const faults = new FaultCollector();
  const storages = [{ name: "ceph", shared: true }, { name: "nfs", shared: true }, { name: "local-zfs" }];
  const declared = new Set(["pve1", "pve2", "pve3"]);
  checkTemplates(users.map(user), { names: declared, declared, areAll: true, ...nodes }, storages, faults);
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

  test("is not taken for misspelt where not all nodes are known, or another entry is as near", () => {
    const missing = [
      "proxmox.templateId.pve2: is missing, and members of web may be on pve2; add the VM id of the template there",
    ];
    expect(toldOn({ areAll: false }, { templateId: { pve1: 400, pve22: 401 } })).toEqual(missing);
    expect(told({ templateId: { pve1: 400, pve3: 402, pve7: 401, pve8: 403 } })).toEqual(missing);
  });

  test("may be declared for a host that is out of nodes", () => {
    const templateId = { pve1: 400, pve2: 401, pve3: 402, pve4: 403 };
    expect(told({ templateId })).toEqual([]);
    const one = new Set(["pve1"]);
    expect(toldOn({ names: one, declared: one }, { nodes: ["pve1"], templateId })).toEqual([]);
  });

  test("is asked for where a pool misspells a node", () => {
    const pool = { nodes: ["pve1", "pve12"], nodesPath: ["clusters", "db", "proxmox", "nodes"] };
    const templateId = { pve1: 400, pve2: 401, pve3: 402 };
    const slip = [
      'clusters.db.proxmox.nodes[1]: got "pve12", for which proxmox.templateId has no entry; did you mean pve2? Else add the VM id of its template there',
    ];
    const names = new Set(["pve1", "pve2", "pve3", "pve12"]);
    expect(toldOn({ names }, { ...pool, templateId })).toEqual(slip);
    const declared = new Set(["pve1"]);
    expect(toldOn({ names: new Set(["pve1", "pve12"]), declared }, { ...pool, templateId })).toEqual(slip);
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
