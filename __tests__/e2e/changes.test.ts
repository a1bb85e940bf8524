import { describeTerraform } from "../support/terraform-runner";
import { Deployment } from "../support/deployment";
import { managerTopology } from "../support/topologies";

const VM_401 = "pve_qemu.rancher-manager-1";

describeTerraform("a deployed cluster", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.open();
  });
  afterEach(async () => {
    await deployment.close();
  });

  async function deploy(topology: string): Promise<void> {
    await deployment.synth(topology);
    await deployment.apply();
  }

  test("gets more memory and a larger disk in place, and is told that it needs a reboot", async () => {
    await deploy(managerTopology());
    const before = deployment.vm(401);
    await deployment.synth(managerTopology({ memoryMiB: 16384, diskGiB: 40 }));
    expect(await deployment.plan()).toEqual({ [VM_401]: "update" });
    expect(await deployment.apply()).toContain("needs a reboot to take up a change");

    const vm = deployment.vm(401);
    expect(vm.pending).toMatchObject({ memory: "16384" });
    expect(vm.disks).toMatchObject([{ volumeId: before.disks[0]?.volumeId, sizeBytes: 40 * 2 ** 30 }]);
    expect(vm.config["net0"]).toBe(before.config["net0"]);
    expect(await deployment.isSettled()).toBe(true);
  }, 60_000);

  test("gets a fourth member without a touch to the others", async () => {
    await deploy(managerTopology({ members: 3 }));
    const digests = [401, 402, 403].map((vmid) => JSON.stringify(deployment.vm(vmid)));
    const tasksBefore = deployment.sandbox.simulator.tasks().length;
    await deployment.synth(managerTopology({ members: 4 }));
    expect(await deployment.plan()).toEqual({
      "pve_qemu.rancher-manager-4": "create",
      "null_resource.rancher-manager-ready": expect.stringContaining("create") as string,
    });
    await deployment.apply();
    expect(deployment.vmIds()).toEqual([401, 402, 403, 404]);
    expect([401, 402, 403].map((vmid) => JSON.stringify(deployment.vm(vmid)))).toEqual(digests);
    const tasks = deployment.sandbox.simulator.tasks().slice(tasksBefore);
    expect(tasks.map(({ type, vmid }) => `${type} ${vmid}`)).toEqual([
      "qmclone 400",
      "qmconfig 404",
      "resize 404",
      "qmstart 404",
    ]);
    expect(await deployment.isSettled()).toBe(true);
  }, 60_000);

  test("is put right where someone changed or stopped a VM", async () => {
    await deploy(managerTopology({ members: 2 }));
    await deployment.callProxmox("PUT", "/nodes/pve1/qemu/401/config?cores=2&tags=stray&nameserver=8.8.8.8");
    await deployment.callProxmox("POST", "/nodes/pve1/qemu/402/status/stop");
    expect(await deployment.plan()).toEqual({ [VM_401]: "update", "pve_qemu.rancher-manager-2": "update" });
    await deployment.apply();
    expect(deployment.vm(401)).toMatchObject({
      config: { cores: "4", nameserver: "192.168.1.1 192.168.1.2" },
    });
    expect(deployment.vm(402)).toMatchObject({ status: "running", isAgentUp: true });
    expect(await deployment.isSettled()).toBe(true);
  }, 60_000);

  test("gets a VM back that was removed", async () => {
    await deploy(managerTopology({ members: 2 }));
    await deployment.callProxmox("POST", "/nodes/pve1/qemu/401/status/stop");
    await deployment.callProxmox("DELETE", "/nodes/pve1/qemu/401");
    expect(await deployment.plan()).toMatchObject({ [VM_401]: "create" });
    await deployment.apply();
    expect(deployment.vm(401)).toMatchObject({
      name: "rancher-manager-1",
      status: "running",
      isAgentUp: true,
    });
    expect(await deployment.isSettled()).toBe(true);
  }, 60_000);
});
