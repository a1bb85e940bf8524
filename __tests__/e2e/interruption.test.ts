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

  test.each(["SIGINT", "SIGTERM"] as const)(
    "by %s: state knows of the VM, and the next apply converges",
    async (signal) => {
      await deployment.synth(managerTopology());
      await deployment.applyAndCancel(signal, "qmclone");
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
    await deployment.applyAndCancel("SIGKILL", "qmclone");
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
