import fs from "node:fs";
import path from "node:path";
import { placementFileOf, resolveTopology } from "../../lib";
import type { TopologyInput } from "../../lib";
import { simulateFor } from "../../scripts/sandbox/simulated-host";
import { Deployment, SPEED } from "../support/deployment";
import { describeTerraform } from "../support/terraform-runner";

function topology(proxmox: TopologyInput["proxmox"], members: number): TopologyInput {
  const sizes = { cores: 2, memoryMiB: 2048, diskGiB: 10 };
  return {
    proxmox,
    network: { cidr: "10.1.0.0/24", domain: "lab.example" },
    clusters: { web: { role: "apps", members, firstVmId: 501, firstAddress: "10.1.0.10", ...sizes } },
  };
}

describeTerraform("VMs on several hosts", () => {
  let deployment: Deployment | undefined;
  afterEach(async () => {
    await deployment?.close();
    deployment = undefined;
  });

  /** A deployment to a simulated Proxmox that has all that a topology asks for. */
  async function open(input: TopologyInput): Promise<Deployment> {
    deployment = await Deployment.open({ ...simulateFor(resolveTopology(input)), speed: SPEED });
    return deployment;
  }
  const nodesOf = (deployed: Deployment): string[] => deployed.vmIds().map((vmid) => deployed.vm(vmid).node);

  test("are cloned from the template of each host, and stay when a host and a member are added", async () => {
    const templateId = { pve0: 400, pve1: 401, pve2: 402 };
    const all = { nodes: ["pve0", "pve1", "pve2"], templateId, storage: "local-zfs" };
    const deployed = await open(topology(all, 3));
    await deployed.synth(JSON.stringify(topology({ ...all, nodes: ["pve1", "pve2"] }, 2)));
    await deployed.apply();
    expect(nodesOf(deployed)).toEqual(["pve1", "pve2"]);
    expect(await deployed.isSettled()).toBe(true);

    await deployed.synth(JSON.stringify(topology(all, 3)));
    expect(await deployed.plan()).toEqual({
      "pve_qemu.web-3": "create",
      "null_resource.web-ready": "delete+create",
    });
    await deployed.apply();
    expect(nodesOf(deployed)).toEqual(["pve1", "pve2", "pve0"]);
  }, 90_000);

  test("are cloned to other hosts over shared storage, and follow a move that Proxmox has made", async () => {
    const storages = { ceph: { shared: true } };
    const input = topology({ nodes: ["pve1", "pve2"], templateId: 400, storage: "ceph", storages }, 2);
    const deployed = await open(input);
    await deployed.synth(JSON.stringify(input));
    await deployed.apply();
    expect(nodesOf(deployed)).toEqual(["pve1", "pve2"]);

    await deployed.callProxmox("POST", "/nodes/pve1/qemu/501/migrate?target=pve2&online=1");
    const record = placementFileOf(path.join(deployed.sandbox.folder, "topology.yaml"));
    fs.writeFileSync(record, fs.readFileSync(record, "utf8").replace('"web-1": "pve1"', '"web-1": "pve2"'));
    await deployed.synth(JSON.stringify(input));
    expect(await deployed.plan()).toEqual({
      "pve_qemu.web-1": "update",
      "null_resource.web-ready": "delete+create",
    });
    await deployed.apply();
    expect(nodesOf(deployed)).toEqual(["pve2", "pve2"]);
    expect(await deployed.isSettled()).toBe(true);
  }, 90_000);
});
