import fs from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { CommandFailure } from "../sandbox/run-command";
import type { Figure } from "./figure";
import { describeMachine, formatReport, type Report } from "./report";

/** A command that measures. */
export interface Benchmark {
  /** Its name among npm's scripts: `bench:deploy`. */
  readonly script: string;
  /** What it measures, in a sentence. */
  readonly description: string;
  /** What it measures by name; each is told how often. */
  readonly measures: Readonly<Record<string, (runs: number) => Promise<Figure[]>>>;
  /** How often each is measured where nobody says. */
  readonly runs: number;
}

interface Flags {
  readonly only: readonly string[];
  readonly runs: number;
  readonly json?: string;
}

/** Parses the command line, measures, and reports; sets the exit code of the process. */
export async function runBenchmark(benchmark: Benchmark): Promise<void> {
  const { only, runs, json } = parseFlags(benchmark);
  try {
    const machine = describeMachine();
    const date = new Date().toISOString();
    const figures: Figure[] = [];
    for (const [name, measure] of Object.entries(benchmark.measures)) {
      if (!only.includes(name)) continue;
      console.error(`▶ ${name}`);
      figures.push(...(await measure(runs)));
    }
    const args = process.argv.slice(2);
    const command = [`npm run ${benchmark.script}`, ...(args.length > 0 ? ["--", ...args] : [])].join(" ");
    const report: Report = { date, command, machine, figures };
    console.error(`\n${formatReport(report)}`);
    const document = `${JSON.stringify(report, null, 2)}\n`;
    if (json === undefined) process.stdout.write(document);
    else fs.writeFileSync(json, document);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    console.error(`\nThe benchmark failed: ${error.message}`);
    process.exitCode = 1;
  }
}

function parseFlags({ script, description, measures, runs }: Benchmark): Flags {
  const all = Object.keys(measures);
  return new Command(`npm run ${script} --`)
    .description(`${description} Prints a table on standard error and one JSON document on standard output.`)
    .option("--only <measures>", `some of ${all.join(",")}`, (text) => parseOnly(text, all), all)
    .option("--runs <number>", "how often to measure each", parseRuns, runs)
    .option("--json <file>", "write the JSON document there, not on standard output")
    .allowExcessArguments(false)
    .showHelpAfterError("(--help lists the options)")
    .parse()
    .opts<Flags>();
}

function parseRuns(text: string): number {
  const runs = Number(text);
  if (!(Number.isInteger(runs) && runs >= 1 && runs <= 100)) {
    throw new InvalidArgumentError("Allowed is a whole number from 1 to 100.");
  }
  return runs;
}

function parseOnly(text: string, all: readonly string[]): string[] {
  const names = text.split(",");
  if (names.some((name) => !all.includes(name))) {
    throw new InvalidArgumentError(`Allowed are ${all.join(", ")}.`);
  }
  return names;
}
