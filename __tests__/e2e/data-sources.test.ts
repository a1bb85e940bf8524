import os from "node:os";
import { createProvider } from "../../provider/pve-provider";
import { type Simulator, startSimulator } from "../../simulator";
import { type ReattachedProvider, serveReattached } from "../support/reattach";
import { describeTerraform, TerraformFolder } from "../support/terraform-runner";

const CONFIGURATION = `
terraform {
  required_providers {
    pve = { source = "dataknife/pve" }
  }
}
data "pve_version" "this" {}
data "pve_nodes" "all" {}
data "pve_storages" "images" {
  node    = "pve1"
  content = "images"
}
data "pve_vms" "templates" {
  template = true
}
data "pve_vms" "none" {
  node = "pve2"
  tag  = "absent"
}
output "release" { value = data.pve_version.this.release }
output "nodes" { value = data.pve_nodes.all.nodes[*].name }
output "storages" { value = data.pve_storages.images.storages }
output "templates" { value = data.pve_vms.templates.vms }
output "none" { value = data.pve_vms.none.vms }
`;

describeTerraform("data sources", () => {
  let simulator: Simulator;
  let provider: ReattachedProvider;
  let work: TerraformFolder;

  beforeAll(async () => {
    simulator = await startSimulator({
      nodes: ["pve2", "pve1"],
      storages: [
        { id: "local", type: "dir", sizeGiB: 100, content: ["iso", "backup"] },
        { id: "ceph", type: "rbd", sizeGiB: 1000 },
      ],
      templates: [
        { vmid: 9000, name: "debian", storage: "ceph", node: "pve1" },
        { vmid: 400, name: "ubuntu", storage: "ceph", node: "pve2", config: { tags: "lts;golden" } },
      ],
    });
    work = new TerraformFolder(() => ({
      TF_REATTACH_PROVIDERS: provider.reattach,
      TF_CLI_CONFIG_FILE: os.devNull,
    }));
    work.write("main.tf", CONFIGURATION);
    work.write("ca.pem", simulator.caCertificatePem);
    const environment = {
      PROXMOX_ENDPOINT: simulator.url,
      PROXMOX_API_USER: simulator.token.user,
      PROXMOX_API_TOKEN_ID: simulator.token.tokenId,
      PROXMOX_API_TOKEN_SECRET: simulator.token.secret,
      PROXMOX_CA_FILE: `${work.path}/ca.pem`,
    };
    provider = await serveReattached(createProvider(environment), "registry.terraform.io/dataknife/pve");
  });

  afterAll(async () => {
    provider.close();
    work.remove();
    await simulator.close();
  });

  test("read versions, nodes, storages and VMs, and keep plans quiet", async () => {
    expect((await work.run("apply", "-auto-approve")).output).toContain("Apply complete");
    const outputs = JSON.parse((await work.run("output", "-json")).output) as Record<
      string,
      { value: unknown }
    >;
    const { release, nodes, storages, templates, none } = outputs;
    expect(release?.value).toBe("9.2");
    expect(nodes?.value).toEqual(["pve1", "pve2"]);
    expect(storages?.value).toEqual([
      {
        id: "ceph",
        type: "rbd",
        content: ["images", "rootdir"],
        shared: true,
        active: true,
        total_gib: 1000,
        available_gib: expect.any(Number) as number,
      },
    ]);
    const template = { status: "stopped", template: true, pool: null };
    expect(templates?.value).toEqual([
      { ...template, vmid: 400, name: "ubuntu", node: "pve2", tags: ["golden", "lts"] },
      { ...template, vmid: 9000, name: "debian", node: "pve1", tags: [] },
    ]);
    expect(none?.value).toEqual([]);
    expect(await work.run("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
  }, 30_000);

  test("refuse what they cannot look for, at its line", async () => {
    work.write("bad.tf", 'data "pve_storages" "bad" {\n  node = "pve 1"\n  content = "disks"\n}\n');
    const { output } = await work.run("validate");
    expect(output).toMatch(/line 2[^]*node = "pve 1"[^]*Got "pve 1"; allowed is the name of a Proxmox node/);
    expect(output).toMatch(/line 3[^]*content = "disks"[^]*Got "disks"; allowed is "images" or/);
  });
});
