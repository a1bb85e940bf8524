import fs from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { CommandFailure } from "../sandbox/run-command";
import { measureDeployment } from "./deployment";
import type { Figure } from "./figure";
import { measureProviderStart } from "./provider-start";
import { measureRefresh } from "./refresh";
import { describeMachine, formatReport, type Report } from "./report";

const PROJECT_FOLDER = path.join(__dirname, "..", "..");

/** So much longer than Proxmox itself a deployment may take. */
const RATIO_AT_MOST = 1.05;

const SPAWNS = 10;

const MEASURES = {
  reference: (runs: number) =>
    measureDeployment({
      measure: "reference",
      topology: fs.readFileSync(path.join(PROJECT_FOLDER, "topology.yaml"), "utf8"),
      parallelism: 10,
      runs,
      ratioAtMost: RATIO_AT_MOST,
    }),
  "vms-60": (runs: number) =>
    measureDeployment({
      measure: "vms-60",
      topology: oneCluster(60),
      parallelism: 30,
      runs,
      ratioAtMost: RATIO_AT_MOST,
    }),
  "refresh-500": (runs: number) => measureRefresh({ measure: "refresh-500", vmCount: 500, runs }),
  provider: () => measureProviderStart("provider", SPAWNS),
} satisfies Record<string, (runs: number) => Promise<Figure[]>>;

type MeasureName = keyof typeof MEASURES;

const ALL = Object.keys(MEASURES) as MeasureName[];

interface Flags {
  readonly only: readonly MeasureName[];
  readonly runs: number;
  readonly json?: string;
}

/** A cluster of the reference's VMs. */
function oneCluster(members: number): string {
  return `
proxmox: { nodes: [pve1], templateId: 400, storage: local-vm-zfs }
network: { cidr: 192.168.1.0/24, vlanId: 14, domain: example.com }
clusters:
  nodes: { role: apps, members: ${members}, firstVmId: 401, firstAddress: 192.168.1.100, cores: 4, memoryMiB: 8192, diskGiB: 20 }
`;
}

function parseRuns(text: string): number {
  const runs = Number(text);
  if (!(Number.isInteger(runs) && runs >= 1 && runs <= 100)) {
    throw new InvalidArgumentError("Allowed is a whole number from 1 to 100.");
  }
  return runs;
}

function parseOnly(text: string): MeasureName[] {
  return text.split(",").map((name) => {
    const measure = ALL.find((each) => each === name);
    if (measure === undefined) throw new InvalidArgumentError(`Allowed are ${ALL.join(", ")}.`);
    return measure;
  });
}

async function main(): Promise<number> {
  const command = new Command("npm run bench:deploy --")
    .description(
      "Measures deployments, refreshes and the provider against a simulated Proxmox VE that takes as long as a real " +
        "one. Prints a table on standard error and one JSON document on standard output.",
    )
    .option("--only <measures>", `some of ${ALL.join(",")}`, parseOnly, ALL)
    .option("--runs <number>", "how often to deploy, and to refresh", parseRuns, 3)
    .option("--json <file>", "write the JSON document there, not on standard output")
    .allowExcessArguments(false)
    .showHelpAfterError("(--help lists the options)")
    .parse();
  const { only, runs, json } = command.opts<Flags>();
  try {
    const machine = describeMachine();
    const date = new Date().toISOString();
    const figures: Figure[] = [];
    for (const name of only) {
      console.error(`▶ ${name}`);
      figures.push(...(await MEASURES[name](runs)));
    }
    const typed = [
      "npm run bench:deploy",
      ...(process.argv.length > 2 ? ["--", ...process.argv.slice(2)] : []),
    ];
    const report: Report = { date, command: typed.join(" "), machine, figures };
    console.error(`\n${formatReport(report)}`);
    const document = `${JSON.stringify(report, null, 2)}\n`;
    if (json === undefined) process.stdout.write(document);
    else fs.writeFileSync(json, document);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    console.error(`\nThe benchmark failed: ${error.message}`);
    return 1;
  }
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
