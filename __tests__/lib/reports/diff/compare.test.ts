import {
  compareResources,
  declaredResources,
  type Change,
  type Resources,
  type TopologyDiff,
} from "../../../../lib/reports";
import type { Topology, Vm } from "../../../../lib/topology";
import { sampleTopology } from "../sample-topology";

const before = sampleTopology();
const VM = "lab-servers-1";

/** The sample with other settings for some VMs. */
function withVms(change: (vm: Vm) => Vm | undefined, topology = before): Topology {
  const clusters = topology.clusters.map((cluster) => ({
    ...cluster,
    vms: cluster.vms.flatMap((vm) => change(vm) ?? []),
  }));
  return { ...topology, clusters };
}

function diff(prior: Topology, planned: Topology): TopologyDiff {
  return compareResources(declaredResources(prior), declaredResources(planned));
}

/** What becomes of each resource that does not stay as it is. */
function actions({ resources }: TopologyDiff): Record<string, string> {
  const changed = resources.filter(({ action }) => action !== "keep");
  return Object.fromEntries(changed.map(({ address, action }) => [address, action]));
}

/** What becomes of one VM whose settings change so. */
function changed(settings: Partial<Vm>, key = VM): { action: string; changes: readonly Change[] } {
  const planned = withVms((vm) => (vm.key === key ? { ...vm, ...settings } : vm));
  const found = diff(before, planned).resources.find(({ address }) => address === `pve_qemu.${key}`);
  if (!found) throw new Error(`there is no ${key}`);
  return found;
}

const net0 = before.clusters[0]?.vms[0]?.interfaces[0];
if (!net0) throw new Error("the sample has no net0");

test("the same topology changes nothing", () => {
  expect(actions(diff(before, sampleTopology()))).toEqual({});
});

test.each<[Partial<Vm>, Partial<Change>]>([
  [{ cores: 3 }, { setting: "cores", from: 2, to: 3, effect: "restart" }],
  [{ memoryMiB: 8192 }, { setting: "memoryMiB", from: 4096, to: 8192, effect: "restart" }],
  [{ cpu: "host" }, { setting: "cpu", to: "host", effect: "restart" }],
  [{ name: "other" }, { setting: "name", from: VM, to: "other", effect: "restart" }],
  [{ user: "admin" }, { setting: "user", from: "ubuntu", to: "admin", effect: "restart" }],
  [{ domain: "b.example" }, { setting: "domain", effect: "restart" }],
  [{ dnsServers: ["9.9.9.9", "1.1.1.1"] }, { setting: "dnsServers", to: "9.9.9.9 1.1.1.1" }],
  [{ tags: ["a", "b"] }, { setting: "tags", to: "a b", effect: "live" }],
  [{ diskGiB: 21 }, { setting: "scsi0.sizeGiB", from: 20, to: 21, effect: "live" }],
  [{ interfaces: [{ ...net0, vlanId: 14 }] }, { setting: "net0.vlanId", to: 14, effect: "live" }],
  [{ interfaces: [{ ...net0, ipv4: "dhcp" }] }, { setting: "net0.ipv4", to: "dhcp", effect: "restart" }],
  [
    { extraDisks: [{ device: "scsi1", storage: "ceph", sizeGiB: 5 }] },
    { setting: "scsi1.storage", to: "ceph", effect: "live" },
  ],
])("%j is changed in place", (settings, change) => {
  const { action, changes } = changed(settings);
  expect(action).toBe("change");
  expect(changes).toContainEqual(expect.objectContaining(change));
});

test("VMs are counted apart from the gates that are made anew for them, each once", () => {
  const grown = diff(
    withVms((vm) => (vm.key === VM ? undefined : vm)),
    before,
  );
  expect(grown.totals).toMatchObject({ add: 2, destroy: 1 });
  expect(grown.vms).toEqual({ add: 1, change: 0, replace: 0, destroy: 0, refused: 0 });
  const moved = withVms((vm) => (vm.key === VM ? { ...vm, vmId: 599 } : undefined));
  expect(diff(before, moved).vms).toMatchObject({ replace: 1, destroy: 3, add: 0 });
});

test.each<[Partial<Vm>, string, RegExp]>([
  [{ vmId: 502 }, "vmId", /another id/],
  [{ templateId: 401 }, "templateId", /leave templateId as it was/],
  [{ node: "pve2" }, "node", /migrate it in Proxmox first/],
  [{ storage: "ceph" }, "scsi0.storage", /move the disk in Proxmox first/],
])("%j replaces the VM", (settings, setting, advice) => {
  const { action, changes } = changed(settings);
  expect(action).toBe("replace");
  expect(changes).toEqual([
    expect.objectContaining({
      setting,
      effect: "replace",
      advice: expect.stringMatching(advice) as string,
    }) as Change,
  ]);
});

test("another template that comes with another node says how the VM is kept", () => {
  expect(changed({ node: "pve2", templateId: 402 })).toMatchObject({
    action: "replace",
    changes: [
      { setting: "node", advice: expect.stringContaining("migrate it in Proxmox first") as string },
      { setting: "templateId", advice: expect.stringContaining("once the VM is migrated") as string },
    ],
  });
});

test("a VM that is replaced gets a smaller disk, too", () => {
  expect(changed({ node: "pve2", diskGiB: 10 })).toMatchObject({
    action: "replace",
    changes: [{ setting: "node" }, { setting: "scsi0.sizeGiB", effect: "anew" }],
  });
});

test.each<[string, Partial<Vm>]>([
  ["scsi0.sizeGiB", { diskGiB: 39 }],
  ["scsi1.sizeGiB", { extraDisks: [{ device: "scsi1", storage: "ceph", sizeGiB: 199 }] }],
  ["scsi1.storage", { extraDisks: [{ device: "scsi1", storage: "local-zfs", sizeGiB: 200 }] }],
])("%s that cannot be makes the plan fail", (setting, settings) => {
  const { action, changes } = changed(settings, "lab-workers-1");
  expect(action).toBe("refused");
  expect(changes).toContainEqual(expect.objectContaining({ setting, effect: "refused" }));
});

test("what is left out stays, and is no change", () => {
  const [first] = before.clusters[0]?.vms[2]?.interfaces ?? [];
  if (!first) throw new Error("the sample has no worker");
  const { action, changes } = changed(
    { extraDisks: [], interfaces: [first], tags: [], cpu: undefined },
    "lab-workers-1",
  );
  expect(action).toBe("keep");
  expect(new Set(changes.map(({ effect }) => effect))).toEqual(new Set(["stays"]));
  expect(changes.map(({ setting }) => setting)).toEqual(
    expect.arrayContaining(["scsi1.storage", "net1.bridge", "net1.ipv4", "tags"]),
  );
});

test("a VLAN that is left out of a card that stays is lifted", () => {
  const tagged = withVms((vm) => ({ ...vm, interfaces: [{ ...net0, vlanId: 14 }] }));
  const untagged = withVms((vm) => ({ ...vm, interfaces: [net0] }));
  expect(diff(tagged, untagged).resources[0]).toMatchObject({
    action: "change",
    changes: [{ setting: "net0.vlanId", from: 14, effect: "live" }],
  });
});

test("a member more makes the gate anew, which Terraform counts both ways", () => {
  const less = withVms((vm) => (vm.key === "lab-workers-2" ? undefined : vm));
  const more = diff(less, before);
  expect(actions(more)).toEqual({
    "pve_qemu.lab-workers-2": "add",
    "null_resource.lab-ready": "replace",
  });
  expect(more.totals).toEqual({ add: 2, change: 0, destroy: 1 });
  expect(actions(diff(before, less))).toEqual({
    "pve_qemu.lab-workers-2": "destroy",
    "null_resource.lab-ready": "replace",
  });
});

test("a VM that is replaced makes the gate anew, one that is changed does not", () => {
  const moved = withVms((vm) => (vm.key === VM ? { ...vm, node: "pve3" } : vm));
  expect(actions(diff(before, moved))).toEqual({
    [`pve_qemu.${VM}`]: "replace",
    "null_resource.lab-ready": "replace",
  });
  const larger = withVms((vm) => (vm.key === VM ? { ...vm, cores: 16 } : vm));
  expect(diff(before, larger).totals).toEqual({ add: 0, change: 1, destroy: 0 });
});

/** The sample whose cluster has another name. */
const renamed: Topology = {
  ...before,
  clusters: before.clusters.map((cluster) => ({
    ...cluster,
    name: "home",
    vms: cluster.vms.map((vm) => ({ ...vm, key: vm.key.replace("lab", "home") })),
  })),
};

test("a cluster that was renamed is destroyed and made, and its VMs can be kept", () => {
  const { resources, totals } = diff(before, renamed);
  expect(totals).toEqual({ add: 5, change: 0, destroy: 5 });
  expect(resources[0]).toMatchObject({
    address: "pve_qemu.home-servers-1",
    action: "add",
    reason: expect.stringContaining(
      "terraform state mv 'pve_qemu.lab-servers-1' 'pve_qemu.home-servers-1'",
    ) as string,
  });
});

describe("what is to be done to keep a VM of a cluster that was renamed", () => {
  const reasonFor = (settings: Partial<Vm>): string | undefined =>
    diff(
      before,
      withVms((vm) => ({ ...vm, ...settings }), renamed),
    ).resources[0]?.reason;
  const command = "terraform state mv 'pve_qemu.lab-servers-1' 'pve_qemu.home-servers-1'";

  test.each<[Partial<Vm>, string]>([
    [{ cores: 3 }, `to keep that VM: ${command}`],
    [{ storage: "ceph" }, `leave these as they were, too: scsi0.storage; then ${command}`],
    [{ diskGiB: 10 }, `leave these as they were, too: scsi0.sizeGiB; then ${command}`],
    [{ node: "pve3", templateId: 403 }, `leave these as they were, too: node, templateId; then ${command}`],
    [{ storage: "ceph", diskGiB: 1 }, `too: scsi0.storage, scsi0.sizeGiB; then ${command}`],
  ])("%j", (settings, advice) => {
    expect(reasonFor(settings)).toContain(advice);
  });

  test("is nothing where it is to be made anew anyway", () => {
    const { vms, ...rest } = declaredResources(before);
    const tainted = new Map([...vms].map(([address, vm]) => [address, { ...vm, isTainted: true }]));
    const { resources } = compareResources({ ...rest, vms: tainted }, declaredResources(renamed));
    expect(resources[0]?.reason).toContain("cannot be kept");
    expect(resources[0]?.reason).not.toContain("state mv");
  });
});

describe("names that go from one to the next", () => {
  /** What there is to be told of VMs by their keys, where each had the id of another before. */
  function reasonsFor(
    ids: Readonly<Record<string, readonly [prior?: number, planned?: number]>>,
    tainted = "",
  ) {
    const { vms, ...rest } = declaredResources(before);
    const [sample] = vms.values();
    if (!sample) throw new Error("the sample has no VM");
    const withIds = (index: 0 | 1): Resources => ({
      ...rest,
      vms: new Map(
        Object.entries(ids).flatMap(([key, each]) => {
          const attributes = new Map([...sample.attributes, ["vmid", { vmId: each[index] ?? 0 }]]);
          const vm = { ...sample, attributes, isTainted: index === 0 && key === tainted };
          return each[index] === undefined ? [] : [[key, vm] as const];
        }),
      ),
    });
    const { resources } = compareResources(withIds(0), withIds(1));
    return Object.fromEntries(
      resources.flatMap(({ address, reason }) => (address in ids && reason ? [[address, reason]] : [])),
    );
  }

  test("are told with the order in which the VMs are kept", () => {
    expect(reasonsFor({ web: [401], db: [411, 401], sql: [undefined, 411] })).toEqual({
      db: "its id is that of web, which is destroyed; to keep that VM: move db to sql first, as is told of that; then terraform state mv 'web' 'db'",
      sql: "its id is that of db, which is made anew with another id; to keep that VM: terraform state mv 'db' 'sql'",
    });
  });

  test("are not where two are exchanged, or nothing takes the VM that is in the way", () => {
    expect(reasonsFor({ web: [401, 411], db: [411, 401] })).toEqual({});
    expect(reasonsFor({ web: [401], db: [411, 401] })).toEqual({});
  });

  test("are not beyond a VM that is made anew anyway", () => {
    const { db, sql } = reasonsFor({ web: [401], db: [411, 401], sql: [undefined, 411] }, "db");
    expect(db).toBe("the apply that was to make it did not finish");
    expect(sql).toContain("that VM cannot be kept");
  });
});
