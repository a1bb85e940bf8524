import fs from "node:fs";
import path from "node:path";
import type { Figure } from "../figure";
import { median } from "../figure";
import { inScratchFolder } from "../scratch-folder";
import { benchTopology } from "./bench-topology";
import { runMeasured, type Usage } from "./measured-process";
import type { Stages } from "./stages-app";
import { appCommand, makeTemplateProject } from "./template-project";

const PROJECT_FOLDER = path.join(__dirname, "..", "..", "..");
/** What the app's process is started with. */
const OWN_APP = appCommand(PROJECT_FOLDER);

/** The command that runs another script as the app is run. */
function ownScript(script: string): string {
  return OWN_APP.replace("main.ts", script);
}

/** So many times faster than the template's the app's own process is to be. */
const FASTER_AT_LEAST = 3;
/** So many times what plain resources take the constructs may take. */
const BARE_AT_MOST = 1.5;
/** So many times what a VM takes among a thousand it may take among ten thousand. */
const GROWTH_AT_MOST = 1.2;
const CHECKS_AT_MOST_MS = 300;

const SIZES = [10, 100, 1_000, 10_000];
const LARGEST = 10_000;

/** The app's process for the reference, in turn with that of CDKTF's own template, which declares nothing. */
export function measureReference(measure: string, runs: number): Promise<Figure[]> {
  return inScratchFolder(async (scratch) => {
    const template = path.join(scratch, "template");
    fs.mkdirSync(template);
    const templateApp = makeTemplateProject(template);
    const runOwn = (command: string): Promise<Usage> =>
      runMeasured(command, { cwd: PROJECT_FOLDER, scratch, env: ownEnvironment(scratch) });
    const { theirs, own, npx } = await inTurn(runs, {
      theirs: () => runMeasured(templateApp, { cwd: template, scratch, env: {} }),
      own: () => runOwn(OWN_APP),
      npx: () => runOwn(templateApp),
    });
    return [
      figure(measure, `the template: ${templateApp}`, "s", theirs.map(seconds)),
      figure(measure, `the app: ${OWN_APP}`, "s", own.map(seconds)),
      {
        ...figure(measure, "the template over the app", "", ratios(theirs, own, "wallMs")),
        atLeast: FASTER_AT_LEAST,
      },
      figure(measure, "the same in processor time", "", ratios(theirs, own, "cpuMs")),
      figure(
        measure,
        `the template over ${templateApp} in the app's folder`,
        "",
        ratios(theirs, npx, "wallMs"),
      ),
      figure(measure, "the app's peak memory", "MiB", own.map(peak)),
    ];
  });
}

/** The app's process for ever more VMs, and at the most of them in turn with a plain app of as many resources. */
export function measureGrowth(measure: string, runs: number): Promise<Figure[]> {
  return inScratchFolder(async (scratch) => {
    const figures: Figure[] = [];
    const cpuMs = new Map<number, number>();
    for (const size of SIZES) {
      const file = path.join(scratch, `${size}.yaml`);
      // JSON is YAML, too.
      fs.writeFileSync(file, JSON.stringify(benchTopology(size)));
      const ofSize = { TOPOLOGY: file, PLACEMENT_RECORD: "", BENCH_VM_COUNT: String(size) };
      const env = { ...ownEnvironment(scratch), ...ofSize };
      const run = (script: string): Promise<Usage> =>
        runMeasured(ownScript(script), { cwd: PROJECT_FOLDER, scratch, env });
      const { own, bare } = await inTurn(runs, {
        own: () => run("main.ts"),
        bare: size === LARGEST ? () => run("scripts/bench/synth/bare-app.ts") : undefined,
      });
      cpuMs.set(size, median(own.map((usage) => usage.cpuMs)));
      figures.push(
        figure(measure, `${size} VMs`, "s", own.map(seconds)),
        figure(measure, `${size} VMs: processor time`, "s", own.map(cpuSeconds)),
        figure(measure, `${size} VMs: peak memory`, "MiB", own.map(peak)),
      );
      if (bare.length === 0) continue;
      mustBeAlike(path.join(scratch, "cdktf.out"));
      figures.push(
        figure(measure, `${size} plain resources`, "s", bare.map(seconds)),
        figure(measure, `${size} plain resources: peak memory`, "MiB", bare.map(peak)),
        {
          ...figure(measure, "VMs over plain resources", "", ratios(own, bare, "wallMs")),
          atMost: BARE_AT_MOST,
        },
        figure(measure, "the same in processor time", "", ratios(own, bare, "cpuMs")),
      );
    }
    return [...figures, growthFigure(measure, cpuMs)];
  });
}

/** The stages of the largest app, each once in a process. */
export function measureStages(measure: string, runs: number): Promise<Figure[]> {
  return inScratchFolder(async (scratch) => {
    const env = { ...ownEnvironment(scratch), BENCH_VM_COUNT: String(LARGEST) };
    const { own } = await inTurn(runs, {
      own: () =>
        runMeasured(ownScript("scripts/bench/synth/stages-app.ts"), {
          cwd: PROJECT_FOLDER,
          scratch,
          env,
        }),
    });
    const stages = own.map(({ stdout }) => JSON.parse(stdout) as Stages);
    const stage = (name: string, read: (stages: Stages) => number): Figure =>
      figure(measure, `${LARGEST} VMs: ${name}`, "ms", stages.map(read));
    return [
      { ...stage("checks", ({ checksMs }) => checksMs), atMost: CHECKS_AT_MOST_MS },
      stage("checks, in processor time", ({ checksCpuMs }) => checksCpuMs),
      stage("constructs", ({ constructsMs }) => constructsMs),
      stage("synth", ({ synthMs }) => synthMs),
    ];
  });
}

/** Runs each command so many times, all of them in turn: what slows the machine down meanwhile slows all of them. */
async function inTurn<Name extends string>(
  runs: number,
  commands: Readonly<Record<Name, (() => Promise<Usage>) | undefined>>,
): Promise<Record<Name, Usage[]>> {
  const entries = Object.entries(commands) as [Name, (() => Promise<Usage>) | undefined][];
  const usages = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<Name, Usage[]>;
  for (let run = 0; run < runs; run += 1) {
    for (const [name, command] of entries) {
      if (command !== undefined) usages[name].push(await command());
    }
  }
  return usages;
}

/** The app's environment: what it writes is nobody's, and the reference is what it synthesizes where no other is named. */
function ownEnvironment(scratch: string): Record<string, string> {
  return {
    CDKTF_OUTDIR: path.join(scratch, "cdktf.out"),
    PLACEMENT_RECORD: path.join(scratch, "reference.lock.json"),
    TOPOLOGY: "",
    TERRAFORM_STATE: "",
  };
}

function figure(measure: string, name: string, unit: Figure["unit"], samples: readonly number[]): Figure {
  return { measure, name, unit, samples };
}

/** Of each two that ran one after the other, what the one took over what the other took. */
function ratios(one: readonly Usage[], other: readonly Usage[], of: "wallMs" | "cpuMs"): number[] {
  return one.map((usage, run) => usage[of] / (other[run]?.[of] ?? NaN));
}

const seconds = ({ wallMs }: Usage): number => wallMs / 1000;
const cpuSeconds = ({ cpuMs }: Usage): number => cpuMs / 1000;
const peak = ({ peakMiB }: Usage): number => peakMiB;

/** What a VM more takes from the second largest number of VMs to the largest, over what it takes up to there. */
function growthFigure(measure: string, cpuMs: ReadonlyMap<number, number>): Figure {
  const msPerVm = (from: number, to: number): number =>
    ((cpuMs.get(to) ?? NaN) - (cpuMs.get(from) ?? NaN)) / (to - from);
  return {
    ...figure(measure, "a VM more: among 10000 over among 1000", "", [
      msPerVm(1_000, 10_000) / msPerVm(100, 1_000),
    ]),
    atMost: GROWTH_AT_MOST,
  };
}

/** @throws Error where the two apps set other attributes: they would not be comparable */
function mustBeAlike(outdir: string): void {
  const [own, bare] = ["rancher-proxmox", "bare"].map((stack) => {
    const text = fs.readFileSync(path.join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");
    const document = JSON.parse(text) as { resource: { pve_qemu: Record<string, Record<string, unknown>> } };
    const vms = Object.values(document.resource.pve_qemu);
    const attributes = new Set(vms.flatMap((vm) => Object.keys(vm)));
    // What a cluster waits for is no attribute of a VM.
    attributes.delete("depends_on");
    return JSON.stringify([vms.length, [...attributes].sort()]);
  });
  if (own !== bare) throw new Error(`the VMs differ from the plain resources: ${own} and ${bare}`);
}
