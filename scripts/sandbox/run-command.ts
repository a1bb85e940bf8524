import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";

/** How to run a command. */
export interface RunOptions {
  /** Folder that it runs in. @default - that of this process */
  readonly cwd?: string;
  /** All the environment that it gets. */
  readonly env: NodeJS.ProcessEnv;
  /** File that the output is appended to. @default - nowhere */
  readonly logFile?: string;
  /** Sends SIGINT once when aborted, and goes on waiting. @default - runs to its end */
  readonly interrupt?: AbortSignal;
}

/** What came of a command. */
export interface CommandResult {
  /** 130 where a signal ended it. */
  readonly exitCode: number;
  /** All that it wrote, as UTF-8 text. */
  readonly stdout: string;
  readonly stderr: string;
}

/** A command ended with another exit code than it should have. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}

/**
 * Refuses a command that did not end as it should.
 *
 * @param what the command, as the message is to begin: "terraform apply"
 * @param allowed exit codes that are none of a failure. @default [0]
 * @throws CommandFailure with the end of what the command printed, where it failed
 */
export function mustSucceed(what: string, { exitCode, stdout, stderr }: CommandResult, allowed = [0]): void {
  if (allowed.includes(exitCode)) return;
  const tail = `${stdout}${stderr}`.trimEnd().split("\n").slice(-40).join("\n");
  throw new CommandFailure(`${what} ended with exit code ${exitCode}:\n${tail}`);
}

/**
 * Runs a command to its end, without a terminal and without standard input.
 *
 * It gets a process group of its own: a Ctrl-C reaches it once, through `interrupt`, for Terraform takes a second one
 * as the order to drop everything.
 *
 * @throws Error where the command cannot be started
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, logFile, interrupt }: RunOptions,
): Promise<CommandResult> {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: "a", mode: 0o600 });
  const onAbort = (): void => void child.kill("SIGINT");
  if (interrupt?.aborted === true) onAbort();
  interrupt?.addEventListener("abort", onAbort, { once: true });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
      log?.write(text);
    });
  }
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        resolve(code ?? 130);
      });
    });
    return { exitCode, ...texts };
  } finally {
    interrupt?.removeEventListener("abort", onAbort);
    if (log !== undefined) await finished(log.end());
  }
}
