import { spawn } from "node:child_process";
import { describeTerraform } from "../support/terraform-runner";
import { Deployment } from "../support/deployment";
import { managerTopology } from "../support/topologies";

describeTerraform("an apply that is cancelled while a VM is being cloned", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.open({ speed: 10 });
  });
  afterEach(async () => {
    await deployment.close();
  });

  /** Sends the signal to Terraform and its providers alike, as a terminal or a pipeline does. */
  async function applyAndCancel(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<void> {
    const { stackFolder, simulator } = deployment.sandbox;
    const terraform = spawn("terraform", ["apply", "-auto-approve", "-input=false"], {
      cwd: stackFolder,
      env: deployment.sandbox.processEnvironment(),
      detached: true,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => terraform.on("close", resolve));
    while (!simulator.tasks().some(({ type }) => type === "qmclone")) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    process.kill(-(terraform.pid ?? 0), signal);
    await ended;
  }

  test.each(["SIGINT", "SIGTERM"] as const)(
    "by %s: state knows of the VM, and the next apply converges",
    async (signal) => {
      await deployment.synth(managerTopology());
      await applyAndCancel(signal);
      expect(await deployment.terraform("state", "list")).toContain("pve_qemu.rancher-manager-1");
      while (deployment.sandbox.simulator.tasks().some(({ exitStatus }) => exitStatus === undefined)) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      await deployment.apply();
      expect(deployment.vm(401)).toMatchObject({ status: "running", isAgentUp: true });
      expect(deployment.vmIds()).toEqual([401]);
    },
    60_000,
  );

  test("by SIGKILL: the plan says that the VM is finished, and the next apply takes its clone up", async () => {
    await deployment.synth(managerTopology());
    await applyAndCancel("SIGKILL");
    expect(await deployment.terraform("plan", "-input=false")).toContain(
      "was left half made: apply finishes it",
    );
    await deployment.apply();
    const { simulator } = deployment.sandbox;
    expect(simulator.tasks().filter(({ type }) => type === "qmclone")).toHaveLength(1);
    expect(deployment.vm(401)).toMatchObject({ status: "running", isAgentUp: true });
    expect(deployment.vm(401).config).not.toHaveProperty("description");
  }, 60_000);
});
