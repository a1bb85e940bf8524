import { randomInt } from "node:crypto";
import { Command, InvalidArgumentError } from "commander";
import { printFailure, runCampaign } from "./campaign";

interface Flags {
  readonly trials: number;
  readonly seed: number;
  readonly jobs: number;
  readonly keep: boolean;
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Allowed is a whole number from ${min} to ${max}.`);
  };
}

async function main(): Promise<number> {
  const command = new Command("npm run test:faults --")
    .description(
      "Deploys, changes and removes the reference clusters on a simulated Proxmox VE with the real Terraform, under " +
        "random faults and kill -9, and checks that runs without trouble put everything right.",
    )
    .option("--trials <number>", "how many trials", wholeNumber(1, 100_000), 10)
    .option(
      "--seed <number>",
      "of the first trial; others count on from it (default: a random one)",
      wholeNumber(0, 2 ** 31),
    )
    .option("--jobs <number>", "how many trials run side by side", wholeNumber(1, 64), 2)
    .option("--keep", "keep the folders of trials that fail", false)
    .allowExcessArguments(false)
    .showHelpAfterError("(--help lists the options)")
    .parse();
  const {
    trials,
    seed = randomInt(2 ** 31),
    jobs,
    keep,
  } = command.opts<Partial<Flags> & Omit<Flags, "seed">>();

  console.log(`${trials} trials from seed ${seed} on, ${jobs} side by side`);
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!stop.signal.aborted) console.log("Stopping when the trials under way have ended …");
      stop.abort();
    });
  }
  const startedMs = performance.now();
  let count = 0;
  const failed = await runCampaign({
    trials,
    seed,
    jobs,
    keep,
    stop: stop.signal,
    onResult: (result, folder) => {
      count += 1;
      const isGood = result.violations.length === 0;
      console.log(
        `${count}/${trials} seed ${result.seed} ${isGood ? "ok" : "FAILED"} ${result.seconds.toFixed(1)} s: ` +
          (result.story.join(" · ") || "nothing struck"),
      );
      if (!isGood) console.log(`\n${printFailure(result)}\n${keep ? `Its folder: ${folder}\n` : ""}`);
    },
  });
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(`${count - failed.length} of ${count} trials went well, in ${seconds.toFixed(0)} s.`);
  if (failed.length > 0) console.log(`Failed seeds: ${failed.map((result) => result.seed).join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
