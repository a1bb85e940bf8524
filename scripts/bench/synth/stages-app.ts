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
  readonly constructsMs: number;
  readonly synthMs: number;
}

const input = benchTopology(Number(process.env.BENCH_VM_COUNT));
const beforeChecks = performance.now();
const topology = resolveTopology(input);
const beforeConstructs = performance.now();
const app = new App();
new RancherStack(app, "rancher-proxmox", { topology });
const beforeSynth = performance.now();
app.synth();
const stages: Stages = {
  checksMs: beforeConstructs - beforeChecks,
  constructsMs: beforeSynth - beforeConstructs,
  synthMs: performance.now() - beforeSynth,
};
console.log(JSON.stringify(stages));
