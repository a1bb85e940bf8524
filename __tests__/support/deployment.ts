import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Sandbox } from "../../scripts/sandbox/sandbox";
import type { CommandResult } from "../../scripts/sandbox/run-command";
import type { SimulatorOptions } from "../../simulator";

/** Simulated seconds per second, where a test does not say. */
export const SPEED = 100;

/** A sandbox in a folder of its own, for one test; what fails shows what was printed. */
export class Deployment {
  private constructor(readonly sandbox: Sandbox) {}

  static async open(simulator: SimulatorOptions = {}): Promise<Deployment> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "e2e-"));
    return new Deployment(await Sandbox.open({ folder, simulator: { speed: SPEED, ...simulator } }));
  }

  /** Synthesizes a topology (the reference where none is given) and initializes Terraform. */
  async synth(topology?: string): Promise<void> {
    let file: string | undefined;
    if (topology !== undefined) {
      file = path.join(this.sandbox.folder, "topology.yaml");
      fs.writeFileSync(file, topology);
    }
    expectSuccess(await this.sandbox.synth({ topology: file }));
    await this.terraform("init", "-input=false");
  }

  /** Puts an HCL configuration in the place of the synthesized one. */
  async useHcl(folder: string): Promise<void> {
    fs.rmSync(this.sandbox.stackFolder, { recursive: true, force: true });
    fs.cpSync(folder, this.sandbox.stackFolder, { recursive: true });
    await this.terraform("init", "-input=false");
  }

  /** Runs Terraform, which must succeed; answers its standard output. */
  async terraform(...args: string[]): Promise<string> {
    return expectSuccess(await this.tryTerraform(...args)).stdout;
  }

  /** Runs Terraform, whatever comes of it. */
  async tryTerraform(...args: string[]): Promise<CommandResult> {
    return await this.sandbox.terraform([...args, "-no-color"]);
  }

  async apply(): Promise<string> {
    return await this.terraform("apply", "-auto-approve", "-input=false");
  }

  /**
   * Applies, and sends the signal to Terraform and its providers alike, as a terminal or a pipeline does, as soon as a
   * task of that type runs.
   */
  async applyAndCancel(signal: NodeJS.Signals, taskType: string): Promise<void> {
    const { stackFolder, simulator } = this.sandbox;
    const terraform = spawn("terraform", ["apply", "-auto-approve", "-input=false"], {
      cwd: stackFolder,
      env: this.sandbox.processEnvironment(),
      detached: true,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => terraform.on("close", resolve));
    while (terraform.exitCode === null && !simulator.tasks().some(({ type }) => type === taskType)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (terraform.exitCode !== null) throw new Error(`terraform apply ended before it began a ${taskType}`);
    process.kill(-(terraform.pid ?? 0), signal);
    await ended;
  }

  /** Whether a plan finds nothing to change, and nothing that has changed by itself. */
  async isSettled(): Promise<boolean> {
    const plan = ["plan", "-detailed-exitcode", "-input=false"];
    const runs = [await this.tryTerraform(...plan), await this.tryTerraform(...plan, "-refresh-only")];
    for (const { exitCode, stdout, stderr } of runs) if (exitCode === 1) throw new Error(stdout + stderr);
    return runs.every(({ exitCode }) => exitCode === 0);
  }

  /** What would change: resource addresses by what happens to them. */
  async plan(): Promise<Record<string, string>> {
    await this.terraform("plan", "-input=false", "-out=plan");
    const shown = JSON.parse(await this.terraform("show", "-json", "plan")) as {
      resource_changes?: { address: string; change: { actions: string[] } }[];
    };
    const changes = (shown.resource_changes ?? []).map(({ address, change }): [string, string] => [
      address,
      change.actions.join("+"),
    ]);
    return Object.fromEntries(changes.filter(([, actions]) => actions !== "no-op" && actions !== "read"));
  }

  async outputs(): Promise<Record<string, unknown>> {
    const outputs = JSON.parse(await this.terraform("output", "-json")) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Calls the simulated Proxmox as somebody beside Terraform would, and waits for the task it may start. */
  async callProxmox(method: string, pathAndQuery: string): Promise<void> {
    const { simulator } = this.sandbox;
    const upid = await requestProxmox(this.sandbox, method, pathAndQuery);
    if (typeof upid !== "string" || !upid.startsWith("UPID:")) return;
    const status = `/nodes/${upid.split(":")[1] ?? ""}/tasks/${encodeURIComponent(upid)}/status`;
    for (;;) {
      const task = (await requestProxmox(this.sandbox, "GET", status)) as { status: string };
      if (task.status === "stopped") break;
    }
    const task = simulator.tasks().find((each) => each.upid === upid);
    if (task?.exitStatus !== "OK") throw new Error(`${pathAndQuery}: ${task?.exitStatus ?? "no such task"}`);
  }

  /** VM ids that are no templates. */
  vmIds(): number[] {
    return this.sandbox.simulator
      .vms()
      .filter((vm) => !vm.isTemplate)
      .map(({ vmid }) => vmid);
  }

  vm(vmid: number) {
    const vm = this.sandbox.simulator.vms().find((each) => each.vmid === vmid);
    if (vm === undefined) throw new Error(`there is no VM ${vmid}`);
    return vm;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    fs.rmSync(this.sandbox.folder, { recursive: true, force: true });
  }
}

function expectSuccess(result: CommandResult): CommandResult {
  if (result.exitCode !== 0)
    throw new Error(`exit code ${result.exitCode}\n${result.stdout}${result.stderr}`);
  return result;
}

async function requestProxmox(
  { simulator }: Sandbox,
  method: string,
  pathAndQuery: string,
): Promise<unknown> {
  const { request } = await import("node:https");
  return await new Promise((resolve, reject) => {
    const call = request(
      `${simulator.url}/api2/json${pathAndQuery}`,
      { method, ca: simulator.caCertificatePem, headers: { Authorization: simulator.authorization } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => {
          if (response.statusCode === 200) resolve((JSON.parse(text) as { data: unknown }).data);
          else reject(new Error(`${method} ${pathAndQuery}: ${response.statusCode ?? 0} ${text}`));
        });
      },
    );
    call.on("error", reject);
    call.end();
  });
}
