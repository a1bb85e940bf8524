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

  /** Runs the command on the topology that was synthesized last. */
  function diff(...flags: string[]): string {
    let out = "";
    const code = runCommand({
      argv: [path.join(deployment.sandbox.folder, "topology.yaml"), ...flags],
      environment: deployment.sandbox.environment,
      out: { write: (text) => (out += text) },
      error: process.stderr,
    });
    expect(code).toBe(0);
    return out;
  }

  /** What the command foretells, in the words of a plan. */
  function foretold(...flags: string[]): Record<string, string> {
    const words: Record<string, string> = {
      add: "create",
      change: "update",
      replace: "delete+create",
      destroy: "delete",
    };
    const { resources } = JSON.parse(diff(...flags, "--format", "json")) as {
      resources: { address: string; action: string }[];
    };
    const changed = resources.filter(({ action }) => action !== "keep");
    return Object.fromEntries(changed.map(({ address, action }) => [address, words[action] ?? action]));
  }

  test.each(Object.entries(EDITS))(
    "foretells the plan of %s",
    async (_, replacements) => {
      let topology = DEPLOYED;
      for (const [text, other] of replacements) {
        expect(topology).toContain(text);
        topology = topology.replace(text, other);
      }
      await deployment.synth(topology);
      const planned = await deployment.plan();
      expect(foretold("--diff", "state")).toEqual(planned);
      const totals = /Plan: .*|No changes\./.exec(await deployment.terraform("show", "plan"))?.[0] ?? "";
      expect(diff("--diff", "state")).toContain(totals.replace("Plan:", "Terraform would plan:"));
    },
    60_000,
  );

  test("foretells that a smaller disk is refused", async () => {
    await deployment.synth(DEPLOYED.replace("memoryMiB: 8192, diskGiB: 20", "memoryMiB: 8192, diskGiB: 19"));
    const { exitCode, stderr } = await deployment.tryTerraform("plan", "-input=false");
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("cannot shrink") as string,
    });
    expect(foretold("--diff", "state")).toEqual({ "pve_qemu.rancher-1": "refused" });
  }, 60_000);

  test("reads what Terraform prints of its state", async () => {
    await deployment.synth(DEPLOYED.replace("members: 2", "members: 3"));
    const expected = foretold("--diff", "state");
    expect(Object.keys(expected)).toEqual(["pve_qemu.web-3", "null_resource.web-ready"]);
    for (const command of [
      ["state", "pull"],
      ["show", "-json"],
    ]) {
      const file = path.join(deployment.sandbox.folder, "printed.json");
      fs.writeFileSync(file, await deployment.terraform(...command));
      expect(foretold("--diff", file)).toEqual(expected);
    }
  }, 60_000);
});
