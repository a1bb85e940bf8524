import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { cliConfig } from "../../../provider/mirror/cli-config";
import { installProviders } from "../../../provider/mirror/mirror";
import { NULL_PACKAGE } from "../../../provider/mirror/provider-package";
import { describeTerraform, TerraformFolder } from "../../support/terraform-runner";

const CONFIGURATION = `
terraform {
  required_providers {
    null = {
      source  = "hashicorp/null"
      version = "~> 3.0"
    }
  }
}
variable "trigger" {
  default = "1"
}
resource "null_resource" "gate" {
  triggers = { ids = var.trigger }
}
resource "null_resource" "next" {
  triggers = { gate = null_resource.gate.id }
}
resource "null_resource" "bare" {
}
`;

describeTerraform("the stand-in for hashicorp/null", () => {
  let mirror: string;
  let work: TerraformFolder;

  beforeAll(async () => {
    mirror = fs.mkdtempSync(path.join(os.tmpdir(), "null-test-"));
    await installProviders(mirror, [NULL_PACKAGE]);
    const file = path.join(mirror, "cli.tfrc");
    fs.writeFileSync(file, cliConfig({ folder: mirror, packages: [NULL_PACKAGE], offline: true }));
    work = new TerraformFolder(() => ({ TF_CLI_CONFIG_FILE: file }));
    work.write("main.tf", CONFIGURATION);
  });

  afterAll(() => {
    work.remove();
    fs.rmSync(mirror, { recursive: true, force: true });
  });

  test("installs, applies, replaces what a changed trigger touches and no more, and destroys", async () => {
    expect((await work.run("init")).output).toContain(`hashicorp/null v${NULL_PACKAGE.version}`);
    const first = await work.run("apply", "-auto-approve");
    expect(first.output).toContain("3 added");
    expect(first.output).toMatch(/null_resource\.bare: Creation complete after 0s \[id=\d+\]/);
    expect((await work.run("plan", "-detailed-exitcode")).code).toBe(0);
    const changed = await work.run("apply", "-auto-approve", "-var", "trigger=2");
    expect(changed.output).toContain("2 added, 0 changed, 2 destroyed");
    expect((await work.run("destroy", "-auto-approve")).output).toContain("3 destroyed");
  }, 60_000);
});
