import { describeTerraform } from "../support/terraform-runner";
import { Deployment } from "../support/deployment";
import { managerTopology } from "../support/topologies";

const VM_401 = "pve_qemu.rancher-manager-1";

describeTerraform("VMs that are there or elsewhere", () => {
  let deployment: Deployment | undefined;

  afterEach(async () => {
    await deployment?.close();
  });

  test("a VM can be imported, and that changes nothing in Proxmox", async () => {
    const vms = (deployment = await Deployment.open());
    await vms.synth(managerTopology());
    await vms.apply();
    await vms.terraform("state", "rm", VM_401);
    await vms.terraform("import", VM_401, "pve1/401");
    const tasks = vms.sandbox.simulator.tasks().length;
    const before = vms.vm(401);
    expect(await vms.plan()).toMatchObject({ [VM_401]: "update" });
    await vms.apply();
    expect(vms.sandbox.simulator.tasks()).toHaveLength(tasks);
    expect(vms.vm(401)).toEqual(before);
    expect(await vms.isSettled()).toBe(true);
  }, 60_000);

  const SHARED = "storages: { local-vm-zfs: { shared: true } }";

  test("members rotate over nodes, cloned from a template on shared storage", async () => {
    const vms = (deployment = await Deployment.open({
      nodes: ["pve1", "pve2"],
      storages: [{ id: "local-vm-zfs", type: "nfs", sizeGiB: 500 }],
    }));
    await vms.synth(
      managerTopology({ members: 3 }).replace("nodes: [pve1]", `nodes: [pve1, pve2], ${SHARED}`),
    );
    await vms.apply();
    expect([401, 402, 403].map((vmid) => vms.vm(vmid).node)).toEqual(["pve1", "pve2", "pve1"]);
    expect(await vms.isSettled()).toBe(true);
  }, 60_000);
});
