import fs from "node:fs";
import path from "node:path";
import { mustSucceed, runCommand } from "../../sandbox/run-command";

/** What a command took. */
export interface Usage {
  /** From its start to its end. */
  readonly wallMs: number;
  /** Processor time, user and system, of all its Node processes together. */
  readonly cpuMs: number;
  /** The largest resident size that one of its Node processes came to. */
  readonly peakMiB: number;
  readonly stdout: string;
}

/** How to run a command. */
export interface MeasuredOptions {
  readonly cwd: string;
  /** Beside the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder for what is noted. */
  readonly scratch: string;
}

/** Runs in every Node process before anything else: what the kernel has counted is known only to the process itself. */
const NOTE_USAGE = `
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require("node:fs").appendFileSync(
    process.env.BENCH_USAGE_FILE,
    JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMiB: maxRSS / 1024 }) + "\\n",
  );
});
`;

/**
 * Runs a shell command, as cdktf does with the `app` of cdktf.json.
 *
 * @throws CommandFailure where it fails
 */
export async function runMeasured(command: string, { cwd, env, scratch }: MeasuredOptions): Promise<Usage> {
  const preload = path.join(scratch, "note-usage.cjs");
  const usageFile = path.join(scratch, "usage.jsonl");
  fs.writeFileSync(preload, NOTE_USAGE);
  fs.writeFileSync(usageFile, "");
  const started = performance.now();
  const result = await runCommand("sh", ["-c", command], {
    cwd,
    env: {
      ...process.env,
      ...env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --require "${preload}"`.trim(),
      BENCH_USAGE_FILE: usageFile,
    },
  });
  const wallMs = performance.now() - started;
  mustSucceed(command, result);
  const lines = fs.readFileSync(usageFile, "utf8").trimEnd().split("\n");
  const usages = lines.map((line) => JSON.parse(line) as Pick<Usage, "cpuMs" | "peakMiB">);
  return {
    wallMs,
    cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakMiB: Math.max(...usages.map(({ peakMiB }) => peakMiB)),
    stdout: result.stdout,
  };
}
