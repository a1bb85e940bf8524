import fs from "node:fs";
import path from "node:path";
import { loadTopology } from "../../lib";
import { DEFAULT_TIMING_PROFILE, type RequestRecord } from "../../simulator";
import { mustSucceed } from "../sandbox/run-command";
import { Sandbox } from "../sandbox/sandbox";
import { simulateFor } from "../sandbox/simulated-host";
import { criticalPathMs } from "./critical-path";
import type { Figure } from "./figure";
import { inScratchFolder } from "./scratch-folder";

/** What is deployed, and how. */
export interface DeploymentOptions {
  /** Name of the measure in the report. */
  readonly measure: string;
  /** Text of the topology file. */
  readonly topology: string;
  /** How many resources Terraform works on at once. */
  readonly parallelism: number;
  /** How often it is deployed, each time to an empty Proxmox. */
  readonly runs: number;
  /** The goal for wall time over critical path. */
  readonly ratioAtMost: number;
}

/** One deployment. */
interface Sample {
  /** From the start of `terraform apply` to its end. */
  readonly wallMs: number;
  readonly criticalPathMs: number;
  /** From the start of `terraform apply` to the start of the first clone. */
  readonly beforeMs: number;
  /** From the answer to the last call to the end of `terraform apply`. */
  readonly afterMs: number;
  readonly callsPerVm: number;
}

/**
 * Deploys a topology, with the real Terraform, to a simulated Proxmox that takes as long as a real one.
 *
 * @throws CommandFailure where Terraform fails
 */
export async function measureDeployment(options: DeploymentOptions): Promise<Figure[]> {
  const samples: Sample[] = [];
  for (let run = 0; run < options.runs; run += 1) samples.push(await deploy(options));
  const { measure, ratioAtMost } = options;
  const figure = (name: string, unit: Figure["unit"], read: (sample: Sample) => number): Figure => ({
    measure,
    name,
    unit,
    samples: samples.map(read),
  });
  return [
    figure("terraform apply", "s", ({ wallMs }) => wallMs / 1000),
    figure("critical path: Proxmox's tasks and boots", "s", (sample) => sample.criticalPathMs / 1000),
    {
      ...figure("apply over critical path", "", (sample) => sample.wallMs / sample.criticalPathMs),
      atMost: ratioAtMost,
    },
    figure("the same without Terraform's start and plan", "", (sample) => {
      return (sample.wallMs - sample.beforeMs) / sample.criticalPathMs;
    }),
    figure("of apply: start and plan, before the first clone", "s", ({ beforeMs }) => beforeMs / 1000),
    figure("of apply: end, after the last answer", "s", ({ afterMs }) => afterMs / 1000),
    figure("API calls per VM", "", ({ callsPerVm }) => callsPerVm),
  ];
}

function deploy({ topology: text, parallelism }: DeploymentOptions): Promise<Sample> {
  return inScratchFolder(async (folder) => {
    const file = path.join(folder, "topology.yaml");
    fs.writeFileSync(file, text);
    const topology = loadTopology(file);
    let lastAnswerMs = 0;
    const onRequest = ({ status }: RequestRecord): void => {
      // Terraform's end breaks what the provider has under way: that is no answer.
      if (status !== 0) lastAnswerMs = now();
    };
    const simulator = { ...simulateFor(topology), onRequest };
    const sandbox = await Sandbox.open({ folder, simulator });
    try {
      mustSucceed("synth", await sandbox.synth({ topology: file }));
      mustSucceed("terraform init", await sandbox.terraform(["init", "-no-color"]));
      const startMs = now();
      const apply = ["apply", "-auto-approve", "-no-color", `-parallelism=${parallelism}`];
      mustSucceed("terraform apply", await sandbox.terraform(apply));
      const endMs = now();
      const tasks = sandbox.simulator.tasks();
      const bootMs = DEFAULT_TIMING_PROFILE.bootSeconds * 1000;
      const vmCount = topology.clusters.reduce((count, { vms }) => count + vms.length, 0);
      return {
        wallMs: endMs - startMs,
        criticalPathMs: criticalPathMs({ topology, tasks, bootMs, parallelism }),
        beforeMs: Math.min(...tasks.map((task) => task.startMs)) - startMs,
        afterMs: endMs - lastAnswerMs,
        callsPerVm: sandbox.simulator.requestCount() / vmCount,
      };
    } finally {
      await sandbox.close();
    }
  });
}

/** As the simulator's tasks count: milliseconds since the epoch, with fractions, on a clock that never jumps. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
