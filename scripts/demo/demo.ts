import fs from "node:fs";
import path from "node:path";
import { Sandbox, STACK_NAME } from "../sandbox/sandbox";
import { DemoFailure, mustSucceed, Phases } from "./phases";
import { watchVms } from "./live-view";
import { formatTable, formatVms, listVms } from "./vm-table";

/** What a demo is run with. */
export interface DemoOptions {
  /** Folder that the demo owns: emptied first. */
  readonly folder: string;
  /** How many times faster than the timing profile of a real Proxmox. */
  readonly speed: number;
  /** Stop after apply and leave the simulator running until `interrupt`. */
  readonly keep: boolean;
  /** Aborted on Ctrl-C. */
  readonly interrupt: AbortSignal;
  readonly stream: NodeJS.WriteStream;
}

/** The reference topology makes these. */
const EXPECTED_VM_IDS = [401, 402, 403, 404, 405, 406];

/**
 * The whole life of the reference clusters, with the real Terraform and a simulated Proxmox VE.
 *
 * @throws DemoFailure where something is not as promised
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { folder, speed, keep, interrupt, stream } = options;
  const write = (line: string): void => void stream.write(`${line}\n`);
  const phases = new Phases(write);
  const go = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (interrupt.aborted) throw new DemoFailure("interrupted");
    return await phases.run(name, work);
  };
  claimFolder(folder);

  write(`Deploying the reference clusters to a simulated Proxmox VE, ${speed} times as fast as a real one.`);
  const sandbox = await go("Start the simulator and build the provider", () =>
    Sandbox.open({ folder, simulator: { speed } }),
  );
  try {
    write(`  simulated Proxmox VE at ${sandbox.simulator.url}`);
    await deploy(sandbox, go, options);
    if (keep) {
      writeKept(sandbox, write);
      await untilAborted(interrupt);
      return;
    }
    await checkAndDestroy(sandbox, go, options);
    write("");
    formatTable(
      ["phase", "seconds"],
      phases.times.map(({ name, seconds }) => [name, seconds.toFixed(1).padStart(7)]),
    ).forEach(write);
    write("");
    write("All of it held: six VMs made, nothing to change on the second plan, nothing left after destroy.");
  } finally {
    await sandbox.close();
  }
}

/** Tells a folder that a demo made, and so may empty, from one that holds something of the user's. */
const MARKER = "made-by-npm-run-demo";

/** Empties the folder and takes it for this process. */
function claimFolder(folder: string): void {
  const marker = path.join(folder, MARKER);
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
    if (!fs.existsSync(marker))
      throw new DemoFailure(`${folder} holds files that no demo made: choose another --dir`);
    const pid = Number(fs.readFileSync(marker, "utf8"));
    if (isAlive(pid))
      throw new DemoFailure(
        `a demo is running in ${folder} (process ${pid}): end it, or choose another --dir`,
      );
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(marker, String(process.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

type Go = <T>(name: string, work: () => Promise<T>) => Promise<T>;

async function deploy(sandbox: Sandbox, go: Go, { interrupt, stream }: DemoOptions): Promise<void> {
  const write = (line: string): void => void stream.write(`${line}\n`);
  const run = { interrupt, logFile: path.join(sandbox.folder, "terraform.log") };
  await go("Synthesize Terraform JSON from topology.yaml", async () => {
    mustSucceed("synth", await sandbox.synth(run));
    write(`  ${path.relative(process.cwd(), path.join(sandbox.stackFolder, "cdk.tf.json"))}`);
  });
  await go("terraform init", async () => {
    mustSucceed("terraform init", await sandbox.terraform(["init", "-no-color"], run));
  });
  await go("terraform plan", async () => {
    const result = await sandbox.terraform(["plan", "-no-color", "-out=plan"], run);
    mustSucceed("terraform plan", result);
    writeMatching(result.stdout, /^Plan:/, write);
  });
  await go("terraform apply", async () => {
    const stop = watchVms(sandbox.simulator, stream);
    const result = await sandbox.terraform(["apply", "-no-color", "plan"], run).finally(stop);
    mustSucceed("terraform apply", result);
    writeMatching(result.stdout, /^Apply complete/, write);
    requireThat(
      JSON.stringify(listVms(sandbox.simulator).map((vm) => (vm.status === "running" ? vm.vmid : 0))) ===
        JSON.stringify(EXPECTED_VM_IDS),
      "the six VMs are not all there and running",
    );
  });
  const outputs = await sandbox.terraform(["output", "-no-color"], { interrupt });
  mustSucceed("terraform output", outputs);
  write("");
  write("Outputs:");
  outputs.stdout
    .trimEnd()
    .split("\n")
    .forEach((line) => write(`  ${line}`));
  write("");
  write("What the simulated Proxmox VE now holds:");
  formatVms(sandbox.simulator).forEach((line) => write(`  ${line}`));
}

async function checkAndDestroy(sandbox: Sandbox, go: Go, { interrupt, stream }: DemoOptions): Promise<void> {
  const write = (line: string): void => void stream.write(`${line}\n`);
  const run = { interrupt, logFile: path.join(sandbox.folder, "terraform.log") };
  await go("terraform plan again: nothing is to change", async () => {
    const result = await sandbox.terraform(["plan", "-no-color", "-detailed-exitcode"], run);
    mustSucceed("terraform plan", result, [0, 2]);
    requireThat(result.exitCode === 0, `the second plan would change something:\n${result.stdout}`);
    writeMatching(result.stdout, /^No changes/, write);
  });
  await go("terraform destroy", async () => {
    const stop = watchVms(sandbox.simulator, stream);
    const result = await sandbox.terraform(["destroy", "-no-color", "-auto-approve"], run).finally(stop);
    mustSucceed("terraform destroy", result);
    writeMatching(result.stdout, /^Destroy complete/, write);
    requireThat(listVms(sandbox.simulator).length === 0, "VMs are left after destroy");
    const left = sandbox.simulator.volumes().filter((volume) => EXPECTED_VM_IDS.includes(volume.vmid));
    requireThat(
      left.length === 0,
      `disks are left after destroy: ${left.map(({ volumeId }) => volumeId).join(", ")}`,
    );
    write("  nothing is left: no VM, no disk");
  });
}

function requireThat(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new DemoFailure(otherwise);
}

function writeMatching(text: string, pattern: RegExp, write: (line: string) => void): void {
  text
    .split("\n")
    .filter((line) => pattern.test(line))
    .forEach((line) => write(`  ${line}`));
}

/** Prints, and keeps in a file to be sourced, what turns cdktf and terraform to the sandbox. */
function writeKept(sandbox: Sandbox, write: (line: string) => void): void {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = Object.entries(sandbox.environment).map(([name, value]) => `export ${name}=${quote(value)}`);
  const file = path.join(sandbox.folder, "environment.sh");
  fs.writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  write("");
  write("The simulator goes on running. In another terminal, in this folder, set the environment:");
  write("");
  lines.forEach(write);
  write("");
  write(`(or: . ${path.relative(process.cwd(), file)}) and try, for example:`);
  write("");
  write("npx cdktf diff");
  write("npx cdktf deploy --auto-approve");
  write("npx cdktf destroy --auto-approve");
  write(`terraform -chdir=${path.relative(process.cwd(), sandbox.stackFolder)} plan`);
  write("");
  write(`Stack: ${STACK_NAME}. Ctrl-C here ends the simulator.`);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}
