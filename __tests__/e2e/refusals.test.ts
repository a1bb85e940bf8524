import fs from "node:fs";
import path from "node:path";
import { describeTerraform } from "../support/terraform-runner";
import { Deployment } from "../support/deployment";
import { managerTopology } from "../support/topologies";

describeTerraform("what cannot be deployed", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.open();
  });
  afterEach(async () => {
    await deployment.close();
  });

  /** What a failing apply says, with the line breaks that Terraform puts in taken out. */
  async function failingApply(environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const { sandbox } = deployment;
    const args = ["apply", "-auto-approve", "-input=false", "-no-color"];
    const { exitCode, stderr } = await sandbox.terraform(args, { env: environment });
    expect(exitCode).toBe(1);
    return stderr.replace(/\s+/g, " ");
  }

  test("an id that is taken: who holds it, and how to take it over", async () => {
    await deployment.synth(managerTopology());
    await deployment.callProxmox("POST", "/nodes/pve1/qemu/400/clone?newid=401&name=someone-else&full=1");
    const before = deployment.vm(401);
    const said = await failingApply();
    expect(said).toContain('VM id 401 belongs to VM "someone-else" on node pve1');
    expect(said).toContain("terraform import ADDRESS pve1/401");
    expect(deployment.vm(401)).toEqual(before);
  }, 60_000);

  test("a template that is not there", async () => {
    await deployment.synth(managerTopology().replace("templateId: 400", "templateId: 9000"));
    expect(await failingApply()).toContain("there is no template 9000");
    expect(deployment.vmIds()).toEqual([]);
  }, 60_000);

  test("a storage that is full: the failed clone leaves nothing, and the next apply converges", async () => {
    await deployment.close();
    deployment = await Deployment.open({ storages: [{ id: "local-vm-zfs", type: "zfspool", sizeGiB: 3 }] });
    await deployment.synth(managerTopology());
    expect(await failingApply()).toContain("Unable to clone template 400 to VM 401 (rancher-manager-1)");
    expect(deployment.vmIds()).toEqual([]);
    expect(await deployment.plan()).toMatchObject({ "pve_qemu.rancher-manager-1": "create" });
  }, 60_000);

  test("a wrong token secret: told once, and without showing it, however much is logged", async () => {
    await deployment.synth();
    const secret = "00000000-0000-4000-8000-000000000000";
    const log = path.join(deployment.sandbox.folder, "trace.log");
    const said = await failingApply({
      TF_VAR_proxmox_api_token_secret: secret,
      TF_LOG: "trace",
      TF_LOG_PATH: log,
      PROXMOX_LOG_LEVEL: "debug",
    });
    expect(said.match(/Proxmox said \(401\)/g)).toHaveLength(1);
    const traced = fs.readFileSync(log, "utf8");
    expect(traced).toContain("Proxmox API call failed");
    expect([said, traced].filter((text) => text.includes(secret))).toEqual([]);
  }, 60_000);

  test("no SSH key: told once, with the two ways to give one", async () => {
    await deployment.synth();
    const said = await failingApply({ TF_VAR_ssh_public_keys: "[]", TF_VAR_ssh_private_key: "/nowhere/key" });
    expect(said.match(/Error:/g)).toHaveLength(1);
    expect(said).toMatch(/ssh_public_keys/);
    expect(said).toMatch(/ssh_private_key/);
    expect(deployment.vmIds()).toEqual([]);
  }, 60_000);

  test("a smaller disk: refused in the plan, and the advised way to have it works", async () => {
    await deployment.synth(managerTopology());
    await deployment.apply();
    const state = fs.readFileSync(path.join(deployment.sandbox.folder, "terraform.tfstate"), "utf8");
    expect(state.includes(deployment.sandbox.simulator.token.secret)).toBe(false);
    await deployment.synth(managerTopology({ diskGiB: 10 }));
    const said = await failingApply();
    expect(said).toContain("cannot shrink");
    expect(said).toContain("terraform taint ADDRESS, then apply");
    expect(deployment.vm(401).disks[0]?.sizeBytes).toBe(20 * 2 ** 30);

    await deployment.terraform("taint", "pve_qemu.rancher-manager-1");
    await deployment.apply();
    expect(deployment.vm(401)).toMatchObject({ isAgentUp: true, disks: [{ sizeBytes: 10 * 2 ** 30 }] });
  }, 60_000);
});
