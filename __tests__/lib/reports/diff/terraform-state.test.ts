import { compareResources, declaredResources, StateError, stateResources } from "../../../../lib/reports";
import type { Resources } from "../../../../lib/reports";
import { sampleTopology, sampleVm } from "../sample-topology";

const WORKER = sampleVm("lab-workers-1");

/** What state holds of `lab-workers-1` when it is as the sample has it: in the provider's and Proxmox's own writing. */
const VALUES = {
  id: "pve2/511",
  vmid: 511,
  name: "lab-workers-1",
  node: "pve2",
  clone: 400,
  cores: 8,
  sockets: 1,
  cpu: "cputype=host",
  memory: 16384,
  net0: "virtio=BC:24:11:AA:BB:CC,bridge=vmbr0,firewall=0",
  net1: "virtio=BC:24:11:AA:BB:CD,bridge=vmbr1,mtu=9000,tag=5",
  scsi0: "local-zfs:40",
  scsi1: "ceph:200",
  ciuser: "ubuntu",
  sshkeys: "ssh-ed25519 AAAA someone",
  ipconfig0: "gw=10.0.0.1,ip=10.0.0.21/24,ip6=2001:db8::21/64",
  ipconfig1: "ip=10.5.0.21/24",
  nameserver: "10.0.0.1",
  searchdomain: "lab.example",
  agent: true,
  startup: true,
  wait_for: "agent",
  tags: ["K3s", "db"],
  pool: null,
  description: "",
};

function stateFile(values: object = VALUES, instance: object = {}): string {
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 3,
    lineage: "x",
    outputs: {},
    resources: [
      { mode: "data", type: "pve_vms", name: "template", instances: [{ attributes: {} }] },
      {
        mode: "managed",
        type: "pve_qemu",
        name: "lab-workers-1",
        instances: [{ attributes: values, ...instance }],
      },
      {
        mode: "managed",
        type: "null_resource",
        name: "lab-ready",
        instances: [{ attributes: { id: "1", triggers: { "lab-workers-1": "pve2/511" } } }],
      },
      { mode: "managed", type: "dns_a_record_set", name: "api", instances: [{ attributes: {} }] },
    ],
  });
}

function shown(values: object = VALUES, resource: object = {}): string {
  return JSON.stringify({
    format_version: "1.0",
    terraform_version: "1.11.4",
    values: {
      root_module: {
        resources: [
          { address: "data.pve_vms.template", mode: "data", type: "pve_vms", values: {} },
          {
            address: "pve_qemu.lab-workers-1",
            mode: "managed",
            type: "pve_qemu",
            values,
            ...resource,
          },
        ],
        child_modules: [
          {
            resources: [
              {
                address: "module.dns.dns_a_record_set.api",
                mode: "managed",
                type: "dns_a_record_set",
                values: {},
              },
              {
                address: "null_resource.lab-ready",
                mode: "managed",
                type: "null_resource",
                values: { triggers: { "lab-workers-1": "pve2/511" } },
              },
            ],
          },
        ],
      },
    },
  });
}

/** The sample with this one VM alone. */
const planned = declaredResources({
  ...sampleTopology(),
  clusters: sampleTopology().clusters.map((cluster) => ({ ...cluster, vms: [WORKER] })),
});

function read(text: string): Resources {
  const resources = stateResources(text);
  if (!resources) throw new Error("not recognised");
  return resources;
}

function told(text: string): unknown[] {
  const { resources } = compareResources(read(text), planned);
  return resources.filter(({ action, changes }) => action !== "keep" || changes.length > 0);
}

describe.each([
  ["a state file", stateFile],
  ["terraform show -json", shown],
])("%s", (_, print) => {
  test("means what the topology says, however it is written", () => {
    expect(told(print())).toEqual([]);
    expect(read(print()).others).toBe(1);
  });

  test("shows what differs by the topology's words", () => {
    const values = { ...VALUES, cores: 4, net1: "e1000=BC:24:11:AA:BB:CD,bridge=vmbr1,firewall=1" };
    expect(told(print(values))).toMatchObject([
      {
        address: "pve_qemu.lab-workers-1",
        action: "change",
        vmId: 511,
        changes: [
          { setting: "cores", from: 4, to: 8 },
          { setting: "net1.model", from: "e1000", to: "virtio" },
          { setting: "net1.firewall", from: "1" },
          { setting: "net1.vlanId", to: 5 },
          { setting: "net1.mtu", to: 9000 },
        ],
      },
    ]);
  });
});

test("a VM that Proxmox has moved to another node is followed: its gate alone is made anew", () => {
  const moved = { ...VALUES, id: "pve3/511" };
  expect(told(stateFile(moved))).toMatchObject([{ address: "null_resource.lab-ready", action: "replace" }]);
});

test("a VM that Proxmox has moved to the node that is asked for stays there", () => {
  const moved = { ...VALUES, node: "pve1" };
  expect(told(stateFile(moved))).toMatchObject([
    { action: "change", changes: [{ setting: "node", from: "pve1", to: "pve2", effect: "state" }] },
  ]);
});

test("a VM that was migrated to the node that is asked for keeps its disks though each node has a template", () => {
  const moved = { ...VALUES, node: "pve1", clone: 399 };
  expect(told(stateFile(moved))).toMatchObject([
    {
      action: "change",
      changes: [{ setting: "node" }, { setting: "templateId", from: 399, to: 400, effect: "state" }],
    },
  ]);
  expect(told(stateFile({ ...moved, id: "pve1/511" }))).toMatchObject([
    { action: "replace", changes: [{ setting: "node" }, { setting: "templateId", effect: "replace" }] },
    { action: "replace" },
  ]);
});

test.each([
  [{ sockets: 2 }, { setting: "sockets", from: 2, to: 1, effect: "restart" }],
  [{ agent: false }, { setting: "agent", from: false, to: true, effect: "restart" }],
  [{ startup: false }, { setting: "started", from: false, to: true, effect: "live" }],
  [{ wait_for: "none" }, { setting: "waitFor", from: "none", to: "agent", effect: "state" }],
])("%j, which only the constructs decide, is told as well", (values, change) => {
  expect(told(stateFile({ ...VALUES, ...values }))).toMatchObject([{ action: "change", changes: [change] }]);
});

test("an imported VM has no template, and takes the topology's", () => {
  expect(told(stateFile({ ...VALUES, clone: null }))).toMatchObject([
    { action: "change", changes: [{ setting: "templateId", to: 400, effect: "state" }] },
  ]);
});

test("a VM that an apply did not finish is made anew", () => {
  const vm = { address: "pve_qemu.lab-workers-1", action: "replace" };
  const gate = { address: "null_resource.lab-ready", action: "replace" };
  expect(told(stateFile(VALUES, { status: "tainted" }))).toMatchObject([vm, gate]);
  expect(told(shown(VALUES, { tainted: true }))).toMatchObject([vm, gate]);
});

test("a VM whose place another has taken is destroyed, and not taken for that", () => {
  const old = { ...VALUES, id: "pve2/599", vmid: 599, name: "old" };
  const deposed = {
    address: "pve_qemu.lab-workers-1 (deposed object 1a2b3c4d)",
    action: "destroy",
    vmId: 599,
  };
  const file = JSON.parse(stateFile()) as { resources: { instances: object[] }[] };
  file.resources[1]?.instances.push({ deposed: "1a2b3c4d", attributes: old });
  expect(told(JSON.stringify(file))).toMatchObject([deposed]);
  const listed = JSON.parse(shown()) as { values: { root_module: { resources: object[] } } };
  const { resources } = listed.values.root_module;
  resources.push({ ...resources[1], deposed_key: "1a2b3c4d", values: old });
  expect(told(JSON.stringify(listed))).toMatchObject([deposed]);
});

test("a VM whose place another was to take cannot be kept", () => {
  expect(told(stateFile(VALUES, { deposed: "1a2b3c4d" }))).toMatchObject([
    {
      action: "add",
      reason:
        "its id is that of pve_qemu.lab-workers-1 (deposed object 1a2b3c4d), which is destroyed; that VM cannot be kept: another was to take its place",
    },
    { address: "null_resource.lab-ready", action: "replace" },
    { action: "destroy" },
  ]);
});

test("VMs of modules and with keys have their addresses", () => {
  const text = JSON.stringify({
    version: 4,
    terraform_version: "1.5.0",
    resources: [
      {
        module: 'module.rancher["a"]',
        mode: "managed",
        type: "pve_qemu",
        name: "vm",
        instances: [{ index_key: "m-1", attributes: VALUES }],
      },
    ],
  });
  expect([...read(text).vms.keys()]).toEqual(['module.rancher["a"].pve_qemu.vm["m-1"]']);
});

test("state of nothing is empty", () => {
  const nothing = { vms: new Map(), gates: new Map(), others: 0 };
  expect(stateResources('{ "format_version": "1.0" }')).toEqual(nothing);
  expect(stateResources('{ "version": 4, "terraform_version": "1.11.4", "resources": [] }')).toEqual(nothing);
});

test("a topology is none, in JSON either", () => {
  for (const text of ["proxmox: {}\n", '{ "proxmox": {} }', "{ proxmox: {} }", ""])
    expect(stateResources(text)).toBeUndefined();
});

test("a plan and an old state are told from it", () => {
  const plan = '{ "format_version": "1.2", "planned_values": {} }';
  expect(() => stateResources(plan)).toThrow("is a plan that Terraform has shown, and no state");
  expect(() => stateResources('{ "version": 3, "terraform_version": "0.11.0" }')).toThrow("version 3");
});

test.each([
  [
    "validate -json",
    '{ "format_version": "1.0", "terraform_version": "1.5", "valid": true, "diagnostics": [] }',
  ],
  ["providers schema -json", '{ "format_version": "1.0", "provider_schemas": {} }'],
  ["version -json", '{ "terraform_version": "1.11.4", "platform": "linux_amd64" }'],
])("what terraform %s prints is no state, and no empty one either", (_, text) => {
  expect(() => stateResources(text)).toThrow(StateError);
  expect(() => stateResources(text)).toThrow("and no state; give the state");
});

describe("state that is damaged", () => {
  const whole = JSON.parse(stateFile()) as { resources: object[] };
  const resource = { mode: "managed", type: "pve_qemu", name: "a", instances: [{ attributes: VALUES }] };
  const withResource = (changes: object): object => ({ ...whole, resources: [{ ...resource, ...changes }] });
  const root = (rootModule: unknown): object => ({
    format_version: "1.0",
    values: { root_module: rootModule },
  });

  test.each<[string, object]>([
    ["got null at resources,", { ...whole, resources: null }],
    ["got nothing at resources,", { ...whole, resources: undefined }],
    ["got null at resources[0],", { ...whole, resources: [null] }],
    ["got nothing at resources[0].instances,", withResource({ instances: undefined })],
    ["got null at resources[0].name,", withResource({ name: null })],
    ["at resources[0].type,", withResource({ type: 1 })],
    [
      "got a text at resources[0].instances[0].attributes,",
      withResource({ instances: [{ attributes: "x" }] }),
    ],
    ["got nothing at the vmid of pve_qemu.a,", withResource({ instances: [{}] })],
    ["got null at values.root_module,", root(null)],
    ["got an object at values.root_module.resources,", root({ resources: {} })],
    ["got null at values.root_module.child_modules[0],", root({ child_modules: [null] })],
  ])("%s is told", (told, document) => {
    expect(() => stateResources(JSON.stringify(document))).toThrow(StateError);
    expect(() => stateResources(JSON.stringify(document))).toThrow(told);
  });

  test("is told where it is cut off", () => {
    for (const text of [stateFile(), shown()])
      expect(() => stateResources(text.slice(0, -20))).toThrow("is Terraform's, but cut off or damaged");
  });

  test("of attributes that a VM cannot have is read as if they were not set", () => {
    const odd = { ...VALUES, tags: "x", cores: {}, net0: 1 };
    const vm = read(stateFile(odd)).vms.get("pve_qemu.lab-workers-1");
    const names = [...(vm?.attributes.keys() ?? [])];
    expect(names).toContain("memory");
    expect(names.filter((name) => name in { tags: 1, cores: 1, net0: 1 })).toEqual([]);
  });
});
