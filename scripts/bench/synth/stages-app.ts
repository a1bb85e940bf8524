/**
 * Does what `main.ts` does, with a clock: checks a topology that is in memory, makes the constructs, synthesizes. One
 * process does it once, as the app's own does, so that nothing has run warm. Prints {@link Stages} as JSON.
 */
import { App } from "cdktf";
import { RancherStack, resolveTopology } from "../../../lib";
import { benchTopology } from "./bench-topology";

/** How long each stage took, in milliseconds. */
export interface Stages {
  readonly checksMs: number;
  /** Processor time of the checks, that of the compiler's threads included. */
  readonly checksCpuMs: number;
  readonly constructsMs: number;
  readonly synthMs: number;
}

const input = benchTopology(Number(process.env.BENCH_VM_COUNT));
const cpuBefore = process.cpuUsage();
const beforeChecks = performance.now();
const topology = resolveTopology(input);
const { user, system } = process.cpuUsage(cpuBefore);
const beforeConstructs = performance.now();
const app = new App();
new RancherStack(app, "rancher-proxmox", { topology });
const beforeSynth = performance.now();
app.synth();
const stages: Stages = {
  checksMs: beforeConstructs - beforeChecks,
  checksCpuMs: (user + system) / 1000,
  constructsMs: beforeSynth - beforeConstructs,
  synthMs: performance.now() - beforeSynth,
};
console.log(JSON.stringify(stages));
