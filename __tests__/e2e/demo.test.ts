import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describeTerraform } from "../support/terraform-runner";
import { managerTopology } from "../support/topologies";

const PROJECT_FOLDER = path.join(__dirname, "..", "..");

/** A demo under way. */
interface RunningDemo {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Resolves as soon as the output matches. */
  printed(pattern: RegExp): Promise<void>;
  readonly exitCode: Promise<number | null>;
}

/** Those of the test that runs: one that fails leaves none behind. */
const started: ChildProcess[] = [];

function startDemo(...args: string[]): RunningDemo {
  return startDemoOf({}, ...args);
}

function startDemoOf(environment: Record<string, string>, ...args: string[]): RunningDemo {
  const child = spawn(
    process.execPath,
    ["--require", "./scripts/register-typescript.cjs", path.join("scripts", "demo", "main.ts"), ...args],
    { cwd: PROJECT_FOLDER, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] },
  );
  started.push(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  }
  const exitCode = new Promise<number | null>((resolve) => child.on("close", resolve));
  return {
    process: child,
    output: () => text,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(text)) resolve();
        };
        look();
        child.stdout.on("data", look);
        void exitCode.then(() => {
          reject(new Error(`the demo ended without printing ${String(pattern)}:\n${text}`));
        });
      }),
    exitCode,
  };
}

describeTerraform("the demo", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "demo-"));
  });
  afterEach(() => {
    for (const child of started.splice(0)) child.kill("SIGTERM");
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test("shows the whole deployment and how long each phase took", async () => {
    const demo = startDemo("--dir", folder, "--speed", "100");
    expect({ exitCode: await demo.exitCode, output: demo.output() }).toMatchObject({ exitCode: 0 });
    const output = demo.output();
    for (const vmid of [401, 402, 403, 404, 405, 406]) {
      expect(output).toMatch(new RegExp(`s  ${vmid}  \\S+ +ready`));
      expect(output).toMatch(new RegExp(`^  ${vmid} .*running .*20G local-vm-zfs`, "m"));
      expect(output).toMatch(new RegExp(`s  ${vmid}  \\S+ +gone`));
    }
    expect(output).toContain("No changes.");
    expect(output).toContain("nothing is left: no VM, no disk");
    expect(output).toMatch(/^terraform apply +\d+\.\d$/m);
  }, 90_000);

  test("places VMs as the user's record has them, and leaves it as it is", async () => {
    const work = path.join(folder, "work");
    const topology = path.join(folder, "lab.yaml");
    fs.writeFileSync(
      topology,
      managerTopology().replace("[pve1]", "[pve1, pve2]").replace("400", "{ pve1: 400, pve2: 410 }"),
    );
    const record = path.join(folder, "lab.lock.json");
    const recorded = '{ "version": 1, "placement": { "rancher-manager-1": "pve2", "gone-1": "pve1" } }';
    fs.writeFileSync(record, recorded);
    const demo = startDemoOf({ TOPOLOGY: topology }, "--dir", work, "--speed", "100");
    expect({ exitCode: await demo.exitCode, output: demo.output() }).toMatchObject({ exitCode: 0 });
    expect(demo.output()).toMatch(/^ {2}401 +rancher-manager-1 +pve2 +running/m);
    expect(fs.readFileSync(record, "utf8")).toBe(recorded);
    expect(fs.readdirSync(folder).sort()).toEqual(["lab.lock.json", "lab.yaml", "work"]);
  }, 90_000);

  test("ends cleanly when it is interrupted while VMs are being made", async () => {
    const demo = startDemo("--dir", folder, "--speed", "2");
    await demo.printed(/ cloning/);
    demo.process.kill("SIGINT");
    expect(await demo.exitCode).toBe(130);
    expect(demo.output()).toContain("Nothing is left running.");
    const url = /https:\/\/127\.0\.0\.1:\d+/.exec(demo.output())?.[0] ?? "";
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  }, 90_000);

  test("keeps the simulator on demand, and prints an environment that turns Terraform to it", async () => {
    const work = path.join(folder, "work");
    const topology = path.join(folder, "lab.yaml");
    fs.writeFileSync(topology, managerTopology());
    const relative = path.relative(PROJECT_FOLDER, topology);
    const demo = startDemoOf({ TOPOLOGY: relative }, "--dir", work, "--speed", "100", "--keep");
    await demo.printed(/Ctrl-C here ends the simulator/);
    expect(demo.output()).toContain(`export TOPOLOGY='${topology}'\n`);
    const names = [...demo.output().matchAll(/^export (\w+)='/gm)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        "TF_VAR_proxmox_api_url",
        "TF_CLI_CONFIG_FILE",
        "TERRAFORM_STATE",
        "PLACEMENT_RECORD",
      ]),
    );
    const synthAndPlan = [
      `. "${work}/environment.sh"`,
      `CDKTF_OUTDIR="${work}/cdktf.out" "${process.execPath}" --require ./scripts/register-typescript.cjs main.ts`,
      `terraform -chdir="${work}/cdktf.out/stacks/rancher-proxmox" plan -detailed-exitcode -no-color`,
    ].join(" && ");
    const plan = spawn("sh", ["-c", synthAndPlan], { cwd: PROJECT_FOLDER, stdio: "ignore" });
    expect(await new Promise((resolve) => plan.on("close", resolve))).toBe(0);
    demo.process.kill("SIGTERM");
    expect(await demo.exitCode).toBe(0);
  }, 90_000);

  test("empties no folder that it did not make", async () => {
    fs.writeFileSync(path.join(folder, "precious"), "");
    const demo = startDemo("--dir", folder);
    expect(await demo.exitCode).toBe(1);
    expect(demo.output()).toContain("holds files that no demo made");
    expect(demo.output()).not.toContain("    at ");
    expect(fs.readdirSync(folder)).toEqual(["precious"]);
  }, 30_000);
});
