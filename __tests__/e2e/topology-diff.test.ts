import fs from "node:fs";
import path from "node:path";
import { runCommand } from "../../lib/command/run";
import { Deployment } from "../support/deployment";
import { describeTerraform } from "../support/terraform-runner";

const DEPLOYED = `
proxmox: { nodes: [pve1], templateId: 400, storage: local-vm-zfs }
network: { cidr: 192.168.1.0/24, vlanId: 14, dnsServers: [192.168.1.1, 192.168.1.2], domain: example.com }
clusters:
  rancher: { role: manager, members: 1, firstVmId: 401, firstAddress: 192.168.1.100, cores: 4, memoryMiB: 8192, diskGiB: 20 }
  web: { role: apps, waitsFor: [rancher], members: 2, firstVmId: 411, firstAddress: 192.168.1.110, cores: 2, memoryMiB: 4096, diskGiB: 20 }
`;

/** Edits of the topology that is deployed, each a text and what comes in its place. */
const EDITS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "nothing but the order": [["waitsFor: [rancher], ", ""]],
  "other sizes, a larger disk, another VLAN and other resolvers": [
    ["cores: 2, memoryMiB: 4096, diskGiB: 20", "cores: 3, memoryMiB: 6144, diskGiB: 30"],
    ["vlanId: 14", "vlanId: 15"],
    ["[192.168.1.1, 192.168.1.2]", "[192.168.1.2]"],
  ],
  "no VLAN": [["vlanId: 14, ", ""]],
  "one member more, and another address": [
    ["members: 2", "members: 3"],
    ["192.168.1.100", "192.168.1.105"],
  ],
  "one member less": [["members: 2", "members: 1"]],
  "other VM ids": [["firstVmId: 411", "firstVmId: 421"]],
  "another storage, and a smaller disk with it": [
    ["storage: local-vm-zfs", "storage: local-lvm"],
    ["memoryMiB: 4096, diskGiB: 20", "memoryMiB: 4096, diskGiB: 19"],
  ],
  "another template": [["templateId: 400", "templateId: 399"]],
  "a cluster of another name": [["  web:", "  portal:"]],
};

/** What the command foretells of the topology that was synthesized last, in the words of a plan. */
function foretold(deployment: Deployment, other = "state"): Record<string, string> {
  const words: Record<string, string> = {
    add: "create",
    change: "update",
    replace: "delete+create",
    destroy: "delete",
  };
  const { resources } = JSON.parse(diff(deployment, "--diff", other, "--format", "json")) as {
    resources: { address: string; action: string }[];
  };
  const changed = resources.filter(({ action }) => action !== "keep");
  return Object.fromEntries(changed.map(({ address, action }) => [address, words[action] ?? action]));
}

function diff({ sandbox }: Deployment, ...flags: string[]): string {
  const written = { out: "", error: "" };
  const code = runCommand({
    command: "npm run topology --",
    argv: [path.join(sandbox.folder, "topology.yaml"), ...flags],
    environment: sandbox.environment,
    out: { write: (text) => (written.out += text) },
    error: { write: (text) => (written.error += text) },
  });
  if (code !== 0) throw new Error(written.error);
  return written.out;
}

/** A topology with some of its texts in the place of others. */
function edited(topology: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((text, [old, other]) => {
    expect(text).toContain(old);
    return text.replace(old, other);
  }, topology);
}

describeTerraform("--diff state", () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.open();
    await deployment.synth(DEPLOYED);
    await deployment.apply();
  }, 120_000);
  afterAll(async () => {
    await deployment.close();
  });

  test.each(Object.entries(EDITS))(
    "foretells the plan of %s",
    async (_, replacements) => {
      await deployment.synth(edited(DEPLOYED, replacements));
      const planned = await deployment.plan();
      expect(foretold(deployment)).toEqual(planned);
      const totals = /Plan: .*|No changes\./.exec(await deployment.terraform("show", "plan"))?.[0] ?? "";
      const told = totals
        .replace("Plan:", "Terraform would plan:")
        .replace("No changes.", "No changes to VMs");
      expect(diff(deployment, "--diff", "state")).toContain(told);
    },
    60_000,
  );

  test("claims nothing of outputs, which change with the role of a cluster", async () => {
    await deployment.synth(
      edited(DEPLOYED, [
        ["web: { role: apps", "web: { role: manager"],
        ["rancher: { role: manager", "rancher: { role: apps"],
      ]),
    );
    const { exitCode, stdout } = await deployment.tryTerraform("plan", "-detailed-exitcode", "-input=false");
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining("Changes to Outputs") as string,
    });
    expect(foretold(deployment)).toEqual({});
    expect(diff(deployment, "--diff", "state")).toContain("Outputs are not compared.");
  }, 60_000);

  test("foretells what the constructs set for all VMs, where it was changed in Proxmox", async () => {
    await deployment.synth(DEPLOYED);
    await deployment.callProxmox("PUT", "/nodes/pve1/qemu/411/config?agent=0");
    await deployment.callProxmox("POST", "/nodes/pve1/qemu/411/status/stop");
    await deployment.callProxmox("PUT", "/nodes/pve1/qemu/412/config?sockets=2");
    await deployment.terraform("apply", "-refresh-only", "-auto-approve", "-input=false");
    expect(foretold(deployment)).toEqual({ "pve_qemu.web-1": "update", "pve_qemu.web-2": "update" });
    expect(foretold(deployment)).toEqual(await deployment.plan());
    await deployment.apply();
    expect(foretold(deployment)).toEqual({});
  }, 60_000);

  test("advises a command by which VMs of a renamed cluster are kept", async () => {
    await deployment.synth(edited(DEPLOYED, [["  web:", "  portal:"]]));
    const advised = /terraform state mv '(\S+)' '(\S+)'/g;
    const moves = [...diff(deployment, "--diff", "state").matchAll(advised)].map(([, from = "", to = ""]) => [
      from,
      to,
    ]);
    expect(moves).toEqual([
      ["pve_qemu.web-1", "pve_qemu.portal-1"],
      ["pve_qemu.web-2", "pve_qemu.portal-2"],
    ]);
    for (const move of moves) await deployment.terraform("state", "mv", ...move);
    try {
      const planned = await deployment.plan();
      expect(planned).toEqual({
        "pve_qemu.portal-1": "update",
        "pve_qemu.portal-2": "update",
        "null_resource.portal-ready": "create",
        "null_resource.web-ready": "delete",
      });
      expect(foretold(deployment)).toEqual(planned);
    } finally {
      for (const move of moves) await deployment.terraform("state", "mv", ...[...move].reverse());
    }
  }, 60_000);

  test("foretells that a smaller disk is refused", async () => {
    await deployment.synth(DEPLOYED.replace("memoryMiB: 8192, diskGiB: 20", "memoryMiB: 8192, diskGiB: 19"));
    const { exitCode, stderr } = await deployment.tryTerraform("plan", "-input=false");
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("cannot shrink") as string,
    });
    expect(foretold(deployment)).toEqual({ "pve_qemu.rancher-1": "refused" });
  }, 60_000);

  test("reads what Terraform prints of its state", async () => {
    await deployment.synth(DEPLOYED.replace("members: 2", "members: 3"));
    const expected = foretold(deployment);
    expect(Object.keys(expected)).toEqual(["pve_qemu.web-3", "null_resource.web-ready"]);
    for (const command of [
      ["state", "pull"],
      ["show", "-json"],
    ]) {
      const file = path.join(deployment.sandbox.folder, "printed.json");
      fs.writeFileSync(file, await deployment.terraform(...command));
      expect(foretold(deployment, file)).toEqual(expected);
    }
  }, 60_000);
});

const POOLS = `
proxmox: { nodes: [pve1, pve2], templateId: 400, storage: ceph, storages: { ceph: { shared: true } } }
network: { cidr: 192.168.1.0/24, vlanId: 14, domain: example.com }
networks: { storage: { bridge: vmbr1, vlanId: 20, cidr: 10.20.0.0/24 } }
checks: { servers-on-one-host: "off" }
clusters:
  web:
    role: apps
    pools:
      db:
        role: server
        count: 3
        vmIds: 411-419
        addresses: 192.168.1.111-192.168.1.119
        placement: pin
        proxmox: { nodes: [pve1] }
        networks: { storage: { addresses: 10.20.0.11-10.20.0.19 } }
        cores: 2
        memoryMiB: 4096
        diskGiB: 20
        extraDisks: { scsi1: { sizeGiB: 5 } }
        tags: [db]
`;

describeTerraform("--diff state of pools with further disks and networks", () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.open({
      nodes: ["pve1", "pve2"],
      bridges: ["vmbr0", "vmbr1"],
      storages: [
        { id: "ceph", type: "rbd", sizeGiB: 1000, shared: true },
        { id: "nfs", type: "nfs", sizeGiB: 1000, shared: true },
      ],
      templates: [{ vmid: 400, name: "ubuntu", storage: "ceph" }],
    });
    await deployment.synth(POOLS);
    await deployment.apply();
  }, 120_000);
  afterAll(async () => {
    await deployment.close();
  });

  test("foretells that what is left out stays", async () => {
    await deployment.synth(
      edited(POOLS, [
        ["        networks: { storage: { addresses: 10.20.0.11-10.20.0.19 } }\n", ""],
        ["        extraDisks: { scsi1: { sizeGiB: 5 } }\n", ""],
        ["        tags: [db]\n", ""],
      ]),
    );
    expect(await deployment.plan()).toEqual({});
    expect(foretold(deployment)).toEqual({});
    expect(diff(deployment, "--diff", "state")).toContain(
      "stays as the VMs have it: net1 (3 VMs), scsi1 (3 VMs), tags (3 VMs)",
    );
  }, 60_000);

  test("foretells what becomes of single members", async () => {
    const overrides =
      "overrides: { 1: { node: pve2 }, 2: { extraDisks: { scsi1: { sizeGiB: 6 }, scsi2: { sizeGiB: 1 } } } }";
    await deployment.synth(edited(POOLS, [["tags: [db]", overrides]]));
    const planned = await deployment.plan();
    expect(planned).toEqual({
      "pve_qemu.web-db-1": "delete+create",
      "pve_qemu.web-db-2": "update",
      "null_resource.web-ready": "delete+create",
    });
    expect(foretold(deployment)).toEqual(planned);
  }, 60_000);

  test("foretells that a data disk does not move", async () => {
    await deployment.synth(edited(POOLS, [["{ sizeGiB: 5 }", "{ sizeGiB: 5, storage: nfs }"]]));
    expect((await deployment.tryTerraform("plan", "-input=false")).stderr).toContain("is on another storage");
    const all = ["pve_qemu.web-db-1", "pve_qemu.web-db-2", "pve_qemu.web-db-3"];
    expect(foretold(deployment)).toEqual(Object.fromEntries(all.map((address) => [address, "refused"])));
  }, 60_000);

  test("foretells that a VM which Proxmox has moved is followed, wherever it is asked for", async () => {
    await deployment.synth(POOLS);
    await deployment.callProxmox("POST", "/nodes/pve1/qemu/413/migrate?target=pve2&online=1");
    await deployment.terraform("apply", "-refresh-only", "-auto-approve", "-input=false");
    const gate = { "null_resource.web-ready": "delete+create" };
    expect(await deployment.plan()).toEqual(gate);
    expect(foretold(deployment)).toEqual(gate);
    await deployment.synth(edited(POOLS, [["tags: [db]", "overrides: { 3: { node: pve2 } }"]]));
    const planned = await deployment.plan();
    expect(planned).toEqual({ ...gate, "pve_qemu.web-db-3": "update" });
    expect(foretold(deployment)).toEqual(planned);
  }, 60_000);
});

const TEMPLATES = `
proxmox: { nodes: [pve1, pve2], templateId: { pve1: 400, pve2: 401 }, storage: local-zfs }
network: { cidr: 192.168.1.0/24, domain: example.com }
clusters:
  web: { role: apps, members: 1, firstVmId: 411, firstAddress: 192.168.1.111, cores: 2, memoryMiB: 4096, diskGiB: 20 }
`;

describeTerraform("--diff state with a template on each node", () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.open({
      nodes: ["pve1", "pve2"],
      storages: [{ id: "local-zfs", type: "zfspool", sizeGiB: 1000 }],
      templates: [
        { vmid: 400, name: "ubuntu", storage: "local-zfs", node: "pve1" },
        { vmid: 401, name: "ubuntu", storage: "local-zfs", node: "pve2" },
      ],
    });
    await deployment.synth(TEMPLATES);
    await deployment.apply();
  }, 120_000);
  afterAll(async () => {
    await deployment.close();
  });

  test("foretells that a VM is kept as it advises, when it is migrated first", async () => {
    await deployment.synth(`${TEMPLATES.trimEnd().slice(0, -2)}, overrides: { 1: { node: pve2 } } }`);
    const gate = { "null_resource.web-ready": "delete+create" };
    const replaced = { "pve_qemu.web-1": "delete+create", ...gate };
    expect(await deployment.plan()).toEqual(replaced);
    expect(foretold(deployment)).toEqual(replaced);
    expect(diff(deployment, "--diff", "state")).toContain("migrate it in Proxmox first");

    await deployment.callProxmox(
      "POST",
      "/nodes/pve1/qemu/411/migrate?target=pve2&online=1&with-local-disks=1",
    );
    await deployment.terraform("apply", "-refresh-only", "-auto-approve", "-input=false");
    const kept = { "pve_qemu.web-1": "update", ...gate };
    expect(await deployment.plan()).toEqual(kept);
    expect(foretold(deployment)).toEqual(kept);
  }, 60_000);
});
