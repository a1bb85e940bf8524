import fs from "node:fs";
import path from "node:path";
import { recordPlacement, type Topology } from "../../lib";
import { mustSucceed } from "../sandbox/run-command";
import { Sandbox } from "../sandbox/sandbox";
import { simulateFor } from "../sandbox/simulated-host";
import { claimFolder } from "./claim-folder";
import { keepEnvironment, untilAborted } from "./kept-sandbox";
import { watchVms } from "./live-view";
import { DemoFailure, Phases } from "./phases";
import { formatTable, formatVms, listVms } from "./vm-table";

/** What a demo is run with. */
export interface DemoOptions {
  /** Folder that the demo owns: emptied first. */
  readonly folder: string;
  /** How many times faster than the timing profile of a real Proxmox. */
  readonly speed: number;
  /** What is deployed. */
  readonly topology: Topology;
  /** The file that it was read from. */
  readonly topologyFile: string;
  /** Stop after apply and leave the simulator running until `interrupt`. */
  readonly keep: boolean;
  /** Aborted on Ctrl-C. */
  readonly interrupt: AbortSignal;
  readonly stream: NodeJS.WriteStream;
}

/**
 * The whole life of a topology's clusters, with the real Terraform and a simulated Proxmox VE.
 *
 * @throws DemoFailure where something is not as promised, CommandFailure where Terraform fails
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { folder, speed, topology, topologyFile, keep, interrupt, stream } = options;
  claimFolder(folder);
  const vmIds = topology.clusters.flatMap(({ vms }) => vms.map(({ vmId }) => vmId)).sort((a, b) => a - b);
  const phases = new Phases(stream, interrupt);
  phases.write(
    `Deploying ${topology.clusters.map(({ name }) => name).join(" and ")} (${vmIds.length} VMs) to a simulated ` +
      `Proxmox VE, ${speed} times as fast as a real one.`,
  );
  const sandbox = await phases.run("Start the simulator and build the provider", () =>
    Sandbox.open({ folder, simulator: { ...simulateFor(topology), speed } }),
  );
  try {
    phases.write(`  simulated Proxmox VE at ${sandbox.simulator.url}`);
    keepPlacement(topology, sandbox);
    const run = { interrupt, logFile: path.join(sandbox.folder, "terraform.log") };
    await deploy(sandbox, phases, run, stream, vmIds);
    if (keep) {
      phases.write("", ...keepEnvironment(sandbox, topologyFile));
      await untilAborted(interrupt);
      return;
    }
    await checkSecondPlan(sandbox, phases, run);
    await destroy(sandbox, phases, run, stream, vmIds);
    const rows = phases.times.map(({ name, seconds }) => [name, seconds.toFixed(1).padStart(7)]);
    phases.write("", ...formatTable(["phase", "seconds"], rows), "");
    phases.write(
      `All of it held: ${vmIds.length} VMs made, nothing to change on the second plan, nothing left after destroy.`,
    );
  } finally {
    await sandbox.close();
  }
}

/** Has the app place the VMs on the hosts that were simulated for them: those that the user's deployment has them on. */
function keepPlacement(topology: Topology, { environment }: Sandbox): void {
  fs.rmSync(environment.PLACEMENT_RECORD, { force: true });
  const problem = recordPlacement(environment.PLACEMENT_RECORD, topology);
  if (problem !== undefined) throw new DemoFailure(problem);
}

interface Run {
  readonly interrupt: AbortSignal;
  readonly logFile: string;
}

async function deploy(
  sandbox: Sandbox,
  phases: Phases,
  run: Run,
  stream: NodeJS.WriteStream,
  vmIds: readonly number[],
): Promise<void> {
  await phases.run("Synthesize Terraform JSON from the topology", async () => {
    mustSucceed("synth", await sandbox.synth(run));
    phases.write(`  ${path.relative(process.cwd(), path.join(sandbox.stackFolder, "cdk.tf.json"))}`);
  });
  await phases.run("terraform init", async () => {
    mustSucceed("terraform init", await sandbox.terraform(["init", "-no-color"], run));
  });
  await phases.run("terraform plan", async () => {
    const result = await sandbox.terraform(["plan", "-no-color", "-out=plan"], run);
    mustSucceed("terraform plan", result);
    phases.write(...matchingLines(result.stdout, /^Plan:/));
  });
  await phases.run("terraform apply", async () => {
    const stdout = await watchTerraform(sandbox, run, stream, ["apply", "-no-color", "plan"]);
    phases.write(...matchingLines(stdout, /^Apply complete/));
    const running = listVms(sandbox.simulator).filter((vm) => vm.status === "running");
    requireThat(
      running.map(({ vmid }) => vmid).join() === vmIds.join(),
      `not all of the ${vmIds.length} VMs are there and running`,
    );
  });
  const outputs = await sandbox.terraform(["output", "-no-color"], { interrupt: run.interrupt });
  mustSucceed("terraform output", outputs);
  phases.write("", "Outputs:", ...indent(outputs.stdout.trimEnd().split("\n")));
  phases.write("", "What the simulated Proxmox VE now holds:", ...indent(formatVms(sandbox.simulator)));
}

async function checkSecondPlan(sandbox: Sandbox, phases: Phases, run: Run): Promise<void> {
  await phases.run("terraform plan again: nothing is to change", async () => {
    const result = await sandbox.terraform(["plan", "-no-color", "-detailed-exitcode"], run);
    mustSucceed("terraform plan", result, [0, 2]);
    requireThat(result.exitCode === 0, `the second plan would change something:\n${result.stdout}`);
    phases.write(...matchingLines(result.stdout, /^No changes/));
  });
}

async function destroy(
  sandbox: Sandbox,
  phases: Phases,
  run: Run,
  stream: NodeJS.WriteStream,
  vmIds: readonly number[],
): Promise<void> {
  await phases.run("terraform destroy", async () => {
    const stdout = await watchTerraform(sandbox, run, stream, ["destroy", "-no-color", "-auto-approve"]);
    phases.write(...matchingLines(stdout, /^Destroy complete/));
    requireThat(listVms(sandbox.simulator).length === 0, "VMs are left after destroy");
    const left = sandbox.simulator.volumes().filter(({ vmid }) => vmIds.includes(vmid));
    requireThat(left.length === 0, `disks are left: ${left.map(({ volumeId }) => volumeId).join(", ")}`);
    phases.write("  nothing is left: no VM, no disk");
  });
}

/** Runs Terraform while the VMs are shown; answers its standard output. */
async function watchTerraform(
  sandbox: Sandbox,
  run: Run,
  stream: NodeJS.WriteStream,
  args: readonly string[],
): Promise<string> {
  const stopWatching = watchVms(sandbox.simulator, stream, run.interrupt);
  const result = await sandbox.terraform(args, run).finally(stopWatching);
  mustSucceed(`terraform ${args[0] ?? ""}`, result);
  return result.stdout;
}

function requireThat(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new DemoFailure(otherwise);
}

function matchingLines(text: string, pattern: RegExp): string[] {
  return indent(text.split("\n").filter((line) => pattern.test(line)));
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
