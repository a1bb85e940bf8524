import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { cliConfig } from "../../../provider/mirror/cli-config";
import { installProviders } from "../../../provider/mirror/mirror";
import type { ReattachedProvider } from "../../support/reattach";
import { serveReattached } from "../../support/reattach";
import { BOX_PROVIDER } from "./fixture/box-provider";
import type { Run } from "../../support/terraform-runner";
import { describeTerraform, TerraformFolder } from "../../support/terraform-runner";

/** A configuration with one provider and, in `boxes.tf`, what a test writes there. */
const HEAD = `
terraform {
  required_providers {
    box = { source = "example/box" }
  }
}
variable "folder" {}
provider "box" {
  folder = var.folder
}
`;

/** Two boxes that use every kind of value. */
const BOXES = `
resource "box_box" "a" {
  name   = "a"
  weight = 0.1
  label  = "Web"
  tags   = ["x", "y"]
  notes  = { k = "v" }
  sizes  = [{ x = 1, y = 2.5 }, { x = null, y = 3 }]
  secret = "hidden"
  timeouts {
    create = "5m"
  }
  part {
    kind = "lid"
  }
}
resource "box_box" "b" {
  name  = "b"
  notes = { first = box_box.a.id, serial = box_box.a.part[0].serial }
}
`;

let shelf: string;
let work: TerraformFolder;
let environment: Record<string, string>;

beforeEach(() => {
  shelf = fs.mkdtempSync(path.join(os.tmpdir(), "plugin-test-"));
  work = new TerraformFolder(() => ({ TF_VAR_folder: shelf, ...environment }));
  work.write("main.tf", HEAD);
});

afterEach(() => {
  work.remove();
  fs.rmSync(shelf, { recursive: true, force: true });
});

function box(name: string): Record<string, unknown> {
  return JSON.parse(fs.readFileSync(path.join(shelf, `${name}.json`), "utf8")) as Record<string, unknown>;
}

describeTerraform("a provider that Terraform starts", () => {
  let mirror: string;

  beforeAll(async () => {
    mirror = fs.mkdtempSync(path.join(os.tmpdir(), "plugin-test-"));
    const box = {
      source: "example/box",
      version: "1.2.3",
      entry: path.join(__dirname, "fixture", "main.ts"),
    };
    await installProviders(mirror, [box]);
    const configuration = path.join(mirror, "cli.tfrc");
    fs.writeFileSync(configuration, cliConfig({ folder: mirror, packages: [box], offline: true }));
    environment = { TF_CLI_CONFIG_FILE: configuration, TMPDIR: mirror };
  });

  afterAll(() => {
    fs.rmSync(mirror, { recursive: true, force: true });
  });

  test("init, validate, apply, a plan without changes, import, destroy", async () => {
    work.write("boxes.tf", BOXES);
    expect((await work.run("init")).output).toContain("Installed example/box v1.2.3");
    expect((await work.run("validate")).output).toContain("The configuration is valid");
    expect((await work.run("apply", "-auto-approve")).output).toContain("2 added");
    expect(box("a")).toMatchObject({
      weight: 0.1,
      size: 1,
      part: [{ serial: "serial-0" }],
      secret: "hidden",
    });
    expect(box("b")).toMatchObject({ notes: { first: "box/a", serial: "serial-0" }, label: "none" });
    expect((await work.run("plan", "-detailed-exitcode")).code).toBe(0);

    await work.run("state", "rm", "box_box.a");
    expect((await work.run("import", "box_box.a", "box/a")).output).toContain("Import successful");
    expect((await work.run("plan", "-detailed-exitcode")).code).toBe(0);
    expect((await work.run("destroy", "-auto-approve")).output).toContain("2 destroyed");
    expect(fs.readdirSync(shelf)).toEqual([]);
    // Nothing is left of the sockets either.
    expect(fs.readdirSync(mirror).sort()).toEqual(["cli.tfrc", "registry.terraform.io"]);
  }, 60_000);
});

describeTerraform("plans and applies", () => {
  let provider: ReattachedProvider;

  beforeAll(async () => {
    provider = await serveReattached(BOX_PROVIDER, "registry.terraform.io/example/box");
    environment = { TF_REATTACH_PROVIDERS: provider.reattach, TF_CLI_CONFIG_FILE: os.devNull };
  });

  afterAll(() => {
    provider.close();
  });

  /** Writes the boxes' file, each box with the given arguments beside its name. */
  function boxes(configured: Record<string, string>): void {
    const blocks = Object.entries(configured).map(
      ([name, rest]) => `resource "box_box" "${name}" {\n  name = "${name}"\n${rest}\n}\n`,
    );
    work.write("boxes.tf", blocks.join(""));
  }

  function apply(): Promise<Run> {
    return work.run("apply", "-auto-approve");
  }

  test("a change in place, and none for another spelling or order", async () => {
    boxes({ a: 'weight = 1\nlabel = "Web"\ntags = ["x", "y"]', b: "" });
    await apply();
    boxes({ a: 'weight = 2.5\nlabel = "WEB"\ntags = ["y", "x"]', b: "size = 1" });
    const { output } = await apply();
    expect(output).toContain("0 added, 1 changed, 0 destroyed");
    expect(output).not.toContain("label ");
    expect(box("a")).toMatchObject({ weight: 2.5, label: "Web", tags: ["x", "y"] });
  });

  test("drift is repaired, and what is gone is made again", async () => {
    boxes({ a: "size = 4", b: "" });
    await apply();
    fs.writeFileSync(path.join(shelf, "a.json"), JSON.stringify({ ...box("a"), size: 5 }));
    fs.rmSync(path.join(shelf, "b.json"));
    expect((await apply()).output).toContain("1 added, 1 changed, 0 destroyed");
    expect(box("a").size).toBe(4);
  });

  test("what needs a new resource says so; what state did not know needs none", async () => {
    boxes({ a: 'origin = "x"', b: "" });
    await apply();
    await work.run("state", "rm", "box_box.b");
    await work.run("import", "box_box.b", "box/b");
    boxes({ a: 'origin = "y"', b: 'origin = "y"' });
    const { output } = await work.run("plan");
    expect(output).toMatch(/origin += "x" -> "y" # forces replacement/);
    expect(output).toContain("1 to add, 1 to change, 1 to destroy");
  });

  test("a create that fails half-way leaves a resource that the next apply replaces", async () => {
    boxes({ a: 'trouble = "half"' });
    const failed = await apply();
    expect(failed.code).toBe(1);
    expect(failed.output).toMatch(/Half done[^]*with box_box\.a[^]*The box is there but open/);
    boxes({ a: "" });
    expect((await apply()).output).toContain("1 added, 0 changed, 1 destroyed");
  });

  test("a value left unknown is a bug that is told, and the resource is kept", async () => {
    boxes({ a: 'trouble = "unknown"' });
    const { output } = await apply();
    expect(output).toMatch(/Bug in the provider[^]*value of id is still unknown/);
    expect(output).not.toMatch(/crash|produced an (invalid|unexpected)/i);
    expect((await work.run("state", "list")).output).toContain("box_box.a");
  });

  test("all faults of a configuration at once, each with its line", async () => {
    boxes({ a: "size = 0\nweight = 0.12345678901234567890", b: 'label = "bad"\nsecret = "s"' });
    const { output } = await work.run("validate");
    // A number that cannot be read keeps the other values of its resource from being checked.
    expect(output).toMatch(/line 4[^]*weight = 0\.12345678901234567890[^]*cannot be held exactly/);
    expect(output).toMatch(/line 8[^]*label = "bad"[^]*A bad label goes with no secret/);
    boxes({ a: "size = 0" });
    expect((await work.run("validate")).output).toMatch(/line 3[^]*size = 0[^]*must be above 0; got 0/);
  });

  test("Ctrl-C ends the waiting, and what was made by then is in state", async () => {
    boxes({ a: 'trouble = "wait"' });
    const watcher = fs.watch(shelf);
    const waiting = once(watcher, "change");
    const running = apply();
    await waiting;
    watcher.close();
    work.interrupt();
    const { code, output } = await running;
    expect(code).toBe(1);
    expect(output).toContain("Terraform asked to stop");
    expect((await work.run("state", "list")).output).toContain("box_box.a");
  });
});
