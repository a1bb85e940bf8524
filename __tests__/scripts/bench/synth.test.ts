import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { resolveTopology } from "../../../lib";
import { benchTopology } from "../../../scripts/bench/synth/bench-topology";
import { runMeasured } from "../../../scripts/bench/synth/measured-process";
import { makeTemplateProject } from "../../../scripts/bench/synth/template-project";

let scratch: string;
beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
});
afterEach(() => {
  fs.rmSync(scratch, { recursive: true });
});

test("CDKTF's template is as cdktf init makes it, and synthesizes", async () => {
  const project = path.join(scratch, "template");
  fs.mkdirSync(project);
  const app = makeTemplateProject(project);
  expect(app).toBe("npx ts-node main.ts");
  await runMeasured(app, { cwd: project, scratch, env: {} });
  expect(fs.existsSync(path.join(project, "cdktf.out", "stacks", "template", "cdk.tf.json"))).toBe(true);
}, 60_000);

test("a measured command counts what all of its Node processes did", async () => {
  const busy = "const end = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < end);";
  const hold = "global.held = Buffer.alloc(128 * 2 ** 20, 1);";
  const command = `node -e '${busy}' && node -e '${hold} console.log("done")'`;
  const usage = await runMeasured(command, { cwd: scratch, scratch, env: {} });
  expect(usage.stdout).toBe("done\n");
  expect(usage.cpuMs).toBeGreaterThan(100);
  expect(usage.peakMiB).toBeGreaterThan(128);
});

test.each([10, 100, 1000])("%d VMs are what is synthesized, without warnings", (count) => {
  const { clusters, warnings } = resolveTopology(benchTopology(count));
  expect(clusters.flatMap(({ vms }) => vms)).toHaveLength(count);
  expect(warnings.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
});
