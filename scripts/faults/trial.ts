import path from "node:path";
import type { FaultStrike, Simulator, SimulatorOptions } from "../../simulator";
import { Sandbox } from "../sandbox/sandbox";
import { Baseline, Identities, settledViolations } from "./invariants";
import { asSomebodyElse, tasksEnded } from "./proxmox-operator";
import { StackFile } from "./stack-file";
import { TerraformProcess, type TerraformRun } from "./terraform-process";
import { readState } from "./terraform-state";
import { KILL_ID, type PhasePlan, planTrial, type TroubledRun } from "./trial-plan";

/** Simulated seconds per second. */
const SPEED = 60;

/** How many runs without trouble may be needed until nothing is to change: one that puts right, one that finds nothing, and two more. */
const MAX_CALM_RUNS = 4;

/** How long a task that hangs is left alone before somebody stops it, in simulated seconds. */
const PATIENCE_SECONDS = 30;

/** VMs that are none of Terraform's business; one has the name of one of its own. */
const FOREIGN: NonNullable<SimulatorOptions["vms"]> = [
  foreignVm(300, "rancher-manager-1"),
  foreignVm(407, "database"),
];

/** What came of a trial. */
export interface TrialResult {
  readonly seed: number;
  readonly seconds: number;
  /** What was done to it: one line each. */
  readonly story: readonly string[];
  /** What must not be; empty where all went well. */
  readonly violations: readonly string[];
  /** The runs of the phase that ended badly, or of the last. */
  readonly runs: readonly TerraformRun[];
}

/** Runs the trial of a seed in a folder of its own. */
export async function runTrial(workshop: Sandbox, folder: string, seed: number): Promise<TrialResult> {
  const startedMs = performance.now();
  let strike: (what: FaultStrike) => void = () => undefined;
  const sandbox = await Sandbox.open({
    folder,
    like: workshop,
    simulator: {
      speed: SPEED,
      vms: FOREIGN,
      onFault: (what) => {
        strike(what);
      },
    },
  });
  try {
    const trial = new Trial(sandbox, (listener) => (strike = listener));
    try {
      await trial.prepare();
      for (const phase of planTrial(seed)) {
        await trial.run(phase);
        if (trial.violations.length > 0) break;
      }
    } catch (error) {
      // Such as a state that cannot be read: what came before it belongs into the report.
      trial.violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const { story, violations, runs } = trial;
    return { seed, seconds: (performance.now() - startedMs) / 1000, story, violations, runs };
  } finally {
    await sandbox.close();
  }
}

class Trial {
  readonly story: string[] = [];
  readonly violations: string[] = [];
  runs: TerraformRun[] = [];
  readonly #simulator: Simulator;
  readonly #stack: StackFile;
  readonly #identities = new Identities();
  /** VMs that somebody else removed, until a run without trouble could make them anew. */
  readonly #removed = new Set<number>();
  #baseline: Baseline;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly onStrike: (listener: (strike: FaultStrike) => void) => void,
  ) {
    this.#simulator = sandbox.simulator;
    this.#stack = new StackFile(sandbox);
    this.#baseline = new Baseline(this.#simulator);
  }

  /** Starts one of the VMs that are not ours. */
  async prepare(): Promise<void> {
    await asSomebodyElse(this.#simulator, "POST", "/nodes/pve1/qemu/407/status/start");
    await tasksEnded(this.#simulator);
    this.#baseline = new Baseline(this.#simulator);
  }

  async run(phase: PhasePlan): Promise<void> {
    this.runs = [];
    if (phase.change !== undefined) {
      this.#stack.change(phase.change);
      this.story.push(`${phase.name}: change ${JSON.stringify(phase.change)}`);
    }
    for (const run of phase.runs) await this.#troubledRun(phase, run);
    await this.#settle(phase);
    if (this.violations.length > 0) return;
    const wanted = phase.name === "destroy" ? [] : this.#stack.vms;
    this.violations.push(...settledViolations(this.#simulator, this.#baseline, wanted));
  }

  async #troubledRun(
    phase: PhasePlan,
    { faults, kill, waitsForTasks, isPlanned }: TroubledRun,
  ): Promise<void> {
    const { control } = this.#simulator;
    control.add([...faults, ...(kill === undefined ? [] : [kill.rule])]);
    const terraform = this.#start(phase);
    const over: Promise<void>[] = [];
    this.onStrike(({ id, kind, subject, problem }) => {
      const outcome = problem === undefined ? "" : ` (came to nothing: ${problem})`;
      this.story.push(`${phase.name}: ${id} ${kind} at ${subject.replace(/UPID[^/]*/, "UPID")}${outcome}`);
      const { action } = faults.find((fault) => fault.id === id) ?? {};
      if (action?.kind === "hang") over.push(this.#stopTasks());
      if (action?.kind === "remove-vm") this.#removed.add(action.vmid);
      if (action !== undefined && "seconds" in action) over.push(pass(action.seconds ?? 0));
      if (kill === undefined || id !== KILL_ID) return;
      this.story.push(`${phase.name}: kill -9 ${kill.victim}`);
      terraform.kill(kill.victim);
    });
    await this.#ended(phase, terraform);
    await Promise.all(over);
    control.clear();
    if (waitsForTasks) await tasksEnded(this.#simulator);
    if (!isPlanned) return;
    this.story.push(`${phase.name}: plan`);
    await this.#ended(phase, this.#terraform(["plan", ...(phase.name === "destroy" ? ["-destroy"] : [])]));
  }

  /** Somebody loses patience with what hangs. */
  async #stopTasks(): Promise<void> {
    await pass(PATIENCE_SECONDS);
    for (const { upid, node, exitStatus } of this.#simulator.tasks()) {
      if (exitStatus !== undefined) continue;
      await asSomebodyElse(this.#simulator, "DELETE", `/nodes/${node}/tasks/${encodeURIComponent(upid)}`);
    }
  }

  async #settle(phase: PhasePlan): Promise<void> {
    this.#removed.clear();
    for (let turn = 1; turn <= MAX_CALM_RUNS; turn += 1) {
      const { exitCode, output } = await this.#ended(phase, this.#start(phase));
      if (exitCode !== 0) {
        this.violations.push(
          `${phase.name}: run ${turn} without any trouble ended with exit code ${exitCode}`,
        );
        return;
      }
      if (phase.name === "destroy" ? this.#state().resourceCount === 0 : /^No changes\./m.test(output))
        return;
    }
    this.violations.push(`${phase.name}: ${MAX_CALM_RUNS} runs without any trouble did not come to rest`);
  }

  #start({ name }: PhasePlan): TerraformProcess {
    return this.#terraform([name === "destroy" ? "destroy" : "apply", "-auto-approve"]);
  }

  #terraform(command: readonly string[]): TerraformProcess {
    const args = [...command, "-input=false", "-no-color"];
    return new TerraformProcess(args, this.sandbox.stackFolder, this.sandbox.processEnvironment());
  }

  async #ended(phase: PhasePlan, terraform: TerraformProcess): Promise<TerraformRun> {
    const run = await terraform.ended;
    this.runs.push(run);
    if (phase.name !== "destroy") {
      const inState = this.#state().vms.filter(({ vmid }) => !this.#removed.has(vmid));
      for (const vmid of this.#removed) this.#identities.forget(vmid);
      this.violations.push(...this.#identities.violations(this.#simulator, inState));
    }
    return run;
  }

  #state(): ReturnType<typeof readState> {
    return readState(path.join(this.sandbox.stackFolder, "terraform.tfstate"));
  }
}

/** Resolves when so many simulated seconds have passed. */
function pass(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, (seconds / SPEED) * 1000));
}

function foreignVm(vmid: number, name: string): NonNullable<SimulatorOptions["vms"]>[number] {
  return {
    vmid,
    config: {
      name,
      cores: "2",
      memory: "2048",
      boot: "order=scsi0",
      scsi0: `local-vm-zfs:vm-${vmid}-disk-0,size=8G`,
      net0: `virtio=BC:24:11:00:00:${(vmid % 100).toString(16).padStart(2, "0").toUpperCase()},bridge=vmbr0,tag=14`,
      tags: "somebody-else",
    },
  };
}
