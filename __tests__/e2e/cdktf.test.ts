import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runCommand, type CommandResult } from "../../scripts/sandbox/run-command";
import { describeTerraform } from "../support/terraform-runner";
import { Deployment } from "../support/deployment";
import { managerTopology } from "../support/topologies";

const PROJECT_FOLDER = path.join(__dirname, "..", "..");
const CDKTF = path.join(PROJECT_FOLDER, "node_modules", ".bin", "cdktf");

/** Runs the cdktf command as a pipeline does: without a terminal. */
async function cdktf(deployment: Deployment, ...args: string[]): Promise<CommandResult> {
  const { folder, environment } = deployment.sandbox;
  const topology = path.join(folder, "topology.yaml");
  fs.writeFileSync(topology, managerTopology());
  return await runCommand(CDKTF, [...args, "--output", path.join(folder, "cdktf.out")], {
    cwd: PROJECT_FOLDER,
    env: { ...process.env, ...environment, TOPOLOGY: topology, CI: "true" },
  });
}

describeTerraform("the cdktf command", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.open();
  });
  afterEach(async () => {
    await deployment.close();
  });

  test("deploys, shows no difference, and destroys, without a terminal", async () => {
    const deployed = await cdktf(deployment, "deploy", "--auto-approve");
    expect(deployed).toMatchObject({ exitCode: 0 });
    expect(deployed.stdout).toContain("192.168.1.100");
    expect(deployment.vmIds()).toEqual([401]);
    expect((await cdktf(deployment, "diff")).stdout).toContain("No changes.");
    expect(await cdktf(deployment, "destroy", "--auto-approve")).toMatchObject({ exitCode: 0 });
    expect(deployment.vmIds()).toEqual([]);
  }, 90_000);
});

test("cdktf synth needs neither Terraform nor network nor credentials", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "synth-"));
  try {
    const { exitCode, stdout } = await runCommand(process.execPath, [CDKTF, "synth", "--output", folder], {
      cwd: PROJECT_FOLDER,
      env: {
        PATH: path.join(PROJECT_FOLDER, "node_modules", ".bin") + ":" + nodeOnlyPath(folder),
        HOME: folder,
        PLACEMENT_RECORD: path.join(folder, "topology.lock.json"),
      },
    });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    const stack = fs.readFileSync(path.join(folder, "stacks", "rancher-proxmox", "cdk.tf.json"), "utf8");
    expect(
      Object.keys((JSON.parse(stack) as { resource: { pve_qemu: object } }).resource.pve_qemu),
    ).toHaveLength(6);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

/** A folder with what a shell and Node need and no Terraform. */
function nodeOnlyPath(folder: string): string {
  const bin = path.join(folder, "bin");
  fs.mkdirSync(bin);
  for (const command of ["node", "npx", "sh", "env"]) {
    const found = (process.env.PATH ?? "").split(":").find((each) => fs.existsSync(path.join(each, command)));
    if (found !== undefined) fs.symlinkSync(path.join(found, command), path.join(bin, command));
  }
  return bin;
}
