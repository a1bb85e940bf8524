import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { declared, invalid, reference, run, scratchFolder } from "./command-run";

const folder = scratchFolder();

describe("--diff", () => {
  function write(name: string, text: string): string {
    const file = path.join(folder(), name);
    fs.writeFileSync(file, text);
    return file;
  }

  test("tells what another topology would become", () => {
    const other = write("other.yaml", declared.replace("memoryMiB: 8192", "memoryMiB: 4096"));
    expect(run([reference, "--diff", other])).toEqual({
      code: 0,
      error: "",
      out: `\
What there is in ${other}, and what ${reference} would make of it

  ~ pve_qemu.rancher-manager-1 is changed in place (VM 401 on pve1)
      memoryMiB: 4096 -> 8192, at its next start
  ~ pve_qemu.rancher-manager-2 is changed in place (VM 402 on pve1)
      memoryMiB: 4096 -> 8192, at its next start
  ~ pve_qemu.rancher-manager-3 is changed in place (VM 403 on pve1)
      memoryMiB: 4096 -> 8192, at its next start

Terraform would plan: 0 to add, 3 to change, 0 to destroy.
`,
    });
  });

  test("tells it as data", () => {
    const other = write("other.yaml", declared.replace("members: 3", "members: 1"));
    const json = JSON.parse(run([reference, "--diff", other, "--format", "json"]).out) as object;
    expect(json).toMatchObject({
      schemaVersion: 1,
      prior: other,
      planned: reference,
      isState: false,
      totals: { add: 3, change: 0, destroy: 1 },
      vms: { add: 2, change: 0, replace: 0, destroy: 0, refused: 0 },
      isRefused: false,
      resources: [
        { address: "pve_qemu.rancher-manager-2", action: "add", vmId: 402, node: "pve1" },
        { address: "pve_qemu.rancher-manager-3", action: "add" },
        { address: "null_resource.rancher-manager-ready", action: "replace" },
      ],
    });
    expect(parse(run([reference, "--diff", other, "--format", "yaml"]).out)).toEqual(json);
  });

  test("takes the placement of the file from the record that PLACEMENT_RECORD names", () => {
    const file = path.join(folder(), "two-hosts.yaml");
    const sizes = "cores: 2, memoryMiB: 4096, diskGiB: 20";
    fs.writeFileSync(
      file,
      `proxmox: { nodes: [pve1, pve2], templateId: { pve1: 400, pve2: 401 }, storage: local-zfs }
network: { cidr: 10.1.0.0/24, domain: lab.example }
clusters: { web: { role: apps, members: 1, firstVmId: 411, firstAddress: 10.1.0.10, ${sizes} } }
`,
    );
    const record = path.join(folder(), "try-out.lock.json");
    fs.writeFileSync(record, '{ "version": 1, "placement": { "web-1": "pve2" } }');
    const { out } = run([file, "--diff", file], { PLACEMENT_RECORD: record });
    expect(out).toMatch(/node: pve1 -> pve2,/);
  });

  test("takes the word state for the file of TERRAFORM_STATE, and an empty one for no state at all", () => {
    const state = write("new.tfstate", "");
    const { code, out } = run([reference, "--diff", "state"], { TERRAFORM_STATE: state });
    expect(code).toBe(0);
    expect(out).toContain("Terraform would plan: 8 to add, 0 to change, 0 to destroy.");
    expect(out).toContain("Proxmox was not asked");
    expect(run([reference, "--diff", state]).out).toBe(out);
  });

  test("says what is wrong with the other file", () => {
    const none = path.join(folder(), "none.tfstate");
    expect(run([reference, "--diff", "state"], { TERRAFORM_STATE: none })).toMatchObject({
      code: 1,
      error: expect.stringMatching(/none.tfstate: there is no such file; nothing was applied from/) as string,
    });
    expect(run([reference, "--diff", none]).error).toMatch(
      /no such file; name a topology or Terraform state/,
    );
    const plan = write("plan.json", '{ "format_version": "1.2", "planned_values": {} }');
    expect(run([reference, "--diff", plan]).error).toMatch(/plan.json: is a plan that Terraform has shown/);
    const cut = write("terraform.tfstate.backup", '"version": 4');
    expect(run([reference, "--diff", cut])).toMatchObject({
      code: 1,
      error: expect.stringMatching(
        /backup: is no Terraform state, or one that is cut off or damaged/,
      ) as string,
    });
    const damaged = write(
      "pulled.json",
      '{ "version": 4, "terraform_version": "1.11.4", "resources": null }',
    );
    expect(run([reference, "--diff", damaged])).toMatchObject({
      code: 1,
      error: expect.stringMatching(
        /pulled.json: is Terraform state that is damaged: got null at res/,
      ) as string,
    });
    expect(run([reference, "--diff", `${invalid}.yaml`]).error).toContain("merge-key.yaml:");
  });
});
