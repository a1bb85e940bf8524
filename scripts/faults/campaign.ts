import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runTrial, type TrialResult } from "./trial";
import { openWorkshop } from "./workshop";

/** How a campaign is run. */
export interface CampaignOptions {
  readonly trials: number;
  /** Of the first trial; the next ones have the numbers after it. */
  readonly seed: number;
  /** How many trials run side by side. */
  readonly jobs: number;
  /** Whether the folders of trials that fail stay. @default false */
  readonly keep?: boolean;
  /** No further trial begins once it is aborted. @default - all trials are run */
  readonly stop?: AbortSignal;
  /** Told of every trial as it ends. */
  readonly onResult: (result: TrialResult, folder: string) => void;
}

/** Runs trials of the reference under faults and kills; answers those that failed. */
export async function runCampaign(options: CampaignOptions): Promise<TrialResult[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "faults-"));
  const failed: TrialResult[] = [];
  try {
    const workshop = await openWorkshop(folder);
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < options.trials && options.stop?.aborted !== true) {
        const seed = options.seed + next;
        next += 1;
        const trialFolder = path.join(folder, String(seed));
        const result = await runTrial(workshop, trialFolder, seed);
        options.onResult(result, trialFolder);
        if (result.violations.length > 0) failed.push(result);
        if (result.violations.length === 0 || options.keep !== true) {
          fs.rmSync(trialFolder, { recursive: true, force: true });
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: options.jobs }, work));
    } finally {
      await workshop.close();
    }
  } finally {
    if (failed.length === 0 || options.keep !== true) fs.rmSync(folder, { recursive: true, force: true });
  }
  return failed;
}

/** A trial that failed, with all that is needed to understand and repeat it. */
export function printFailure({ seed, story, violations, runs }: TrialResult): string {
  const outputs = runs.map(
    ({ args, exitCode, output }) =>
      `--- terraform ${args.join(" ")}: exit code ${exitCode}\n${output.trim().split("\n").slice(-40).join("\n")}`,
  );
  return [
    `Seed ${seed} failed.`,
    "What befell it:",
    ...story.map((line) => `  ${line}`),
    "What must not be:",
    ...violations.map((line) => `  ${line}`),
    "The last runs:",
    ...outputs,
    `To repeat it: npm run test:faults -- --trials 1 --seed ${seed}`,
  ].join("\n");
}
