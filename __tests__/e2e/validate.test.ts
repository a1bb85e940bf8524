import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { App } from "cdktf";
import fc from "fast-check";
import { RancherStack, TopologyError, loadTopology, resolveTopology } from "../../lib";
import type { Topology } from "../../lib";
import { Sandbox } from "../../scripts/sandbox/sandbox";
import { anyTopology } from "../lib/topology/any-topology";
import { describeTerraform } from "../support/terraform-runner";

const EXAMPLES = path.join(__dirname, "..", "..", "examples");

describeTerraform("what Terraform says of a synthesized topology", () => {
  let sandbox: Sandbox;
  let stack: string;

  beforeAll(async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "validate-"));
    sandbox = await Sandbox.open({ folder });
    stack = path.join(folder, "stack");
    fs.mkdirSync(stack);
    // All stacks need the same providers, so one init is good for all.
    synthesize(loadTopology(path.join(EXAMPLES, "single-host.yaml")));
    const { exitCode, stderr } = await sandbox.terraform(["init", "-input=false"], { cwd: stack });
    if (exitCode !== 0) throw new Error(stderr);
  }, 60_000);
  afterAll(async () => {
    await sandbox.close();
    fs.rmSync(sandbox.folder, { recursive: true });
  });

  /** Puts the stack of a topology in the place of the one before. */
  function synthesize(topology: Topology): void {
    const outdir = path.join(sandbox.folder, "cdktf.out");
    const app = new App({ outdir });
    new RancherStack(app, "rancher-proxmox", { topology });
    app.synth();
    const file = path.join(outdir, "stacks", "rancher-proxmox", "cdk.tf.json");
    fs.copyFileSync(file, path.join(stack, "cdk.tf.json"));
  }

  async function validate(topology: Topology): Promise<unknown> {
    synthesize(topology);
    const { stdout } = await sandbox.terraform(["validate", "-json"], { cwd: stack });
    const { valid, diagnostics } = JSON.parse(stdout) as { valid: boolean; diagnostics: unknown[] };
    return { valid, diagnostics };
  }

  const sound = { valid: true, diagnostics: [] };

  test.each(fs.readdirSync(EXAMPLES).filter((name) => name.endsWith(".yaml")))(
    "the example %s is valid",
    async (name) => {
      expect(await validate(loadTopology(path.join(EXAMPLES, name)))).toEqual(sound);
    },
    60_000,
  );

  test("any topology that is accepted is valid", async () => {
    await fc.assert(
      fc.asyncProperty(anyTopology(true), async ({ input }) => {
        let topology: Topology | undefined;
        try {
          topology = resolveTopology(input);
        } catch (error) {
          if (!(error instanceof TopologyError)) throw error;
        }
        fc.pre(topology !== undefined);
        expect(await validate(topology)).toEqual(sound);
      }),
      // A smaller topology that fails as well is not worth the time that Terraform takes to find it.
      { numRuns: 5, endOnFailure: true },
    );
  }, 120_000);
});
