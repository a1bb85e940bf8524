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
  /** Writes into the placement record that web-1 is on pve2. */
  function recordMove(deployed: Deployment): void {
    const record = placementFileOf(path.join(deployed.sandbox.folder, "topology.yaml"));
    fs.writeFileSync(record, fs.readFileSync(record, "utf8").replace('"web-1": "pve1"', '"web-1": "pve2"'));
  }
  const nodesOf = (deployed: Deployment): string[] => deployed.vmIds().map((vmid) => deployed.vm(vmid).node);

  test("are cloned from the template of each host, and stay when a host and a member are added", async () => {
    const templateId = { pve1: 401, pve2: 402 };
    const two = { nodes: ["pve1", "pve2"], templateId, storage: "local-zfs" };
    const all = { ...two, nodes: ["pve0", "pve1", "pve2"], templateId: { pve0: 400, ...templateId } };
    const deployed = await open(topology(all, 3));
    await deployed.synth(JSON.stringify(topology(two, 2)));
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
    recordMove(deployed);
    await deployed.synth(JSON.stringify(input));
    expect(await deployed.plan()).toEqual({
      "pve_qemu.web-1": "update",
      "null_resource.web-ready": "delete+create",
    });
    await deployed.apply();
    expect(nodesOf(deployed)).toEqual(["pve2", "pve2"]);
    expect(await deployed.isSettled()).toBe(true);
  }, 90_000);

  test("with a template on each host are kept when they are migrated first, and lost when they are not", async () => {
    const templateId = { pve1: 401, pve2: 402 };
    const nodes = ["pve1", "pve2"];
    const input = topology({ nodes, templateId, storage: "local-zfs" }, 2);
    const deployed = await open(input);
    await deployed.synth(JSON.stringify(input));
    await deployed.apply();
    const before = deployed.vm(501);

    recordMove(deployed);
    await deployed.synth(JSON.stringify(input));
    const { stdout } = await deployed.tryTerraform("plan", "-input=false");
    expect(stdout).toMatch(/node\s+= "pve1" -> "pve2" # forces replacement/);
    expect(stdout.replaceAll(/\s*│?\s+/g, " ")).toContain("To keep it migrate it in Proxmox first");

    await deployed.callProxmox(
      "POST",
      "/nodes/pve1/qemu/501/migrate?target=pve2&online=1&with-local-disks=1",
    );
    expect(await deployed.plan()).toEqual({
      "pve_qemu.web-1": "update",
      "null_resource.web-ready": "delete+create",
    });
    const applied = await deployed.apply();
    expect(applied.replaceAll(/\s*│?\s+/g, " ")).toContain(
      "clone changes from 401 to 402 together with node",
    );
    expect(nodesOf(deployed)).toEqual(["pve2", "pve2"]);
    expect(deployed.vm(501)).toEqual({ ...before, node: "pve2" });
    expect(await deployed.isSettled()).toBe(true);

    const renewed = topology({ nodes, templateId: { pve1: 401, pve2: 403 }, storage: "local-zfs" }, 2);
    await deployed.synth(JSON.stringify(renewed));
    expect(await deployed.plan()).toMatchObject({ "pve_qemu.web-1": "delete+create" });
  }, 90_000);
});
