import { spawn, spawnSync } from "node:child_process";
import type { Victim } from "./trial-plan";

/** What came of a run of Terraform. */
export interface TerraformRun {
  readonly args: readonly string[];
  /** -1 where a signal ended it. */
  readonly exitCode: number;
  /** Standard output and error together. */
  readonly output: string;
}

/** How long a run may take, in real milliseconds. */
const LIMIT_MS = 180_000;

/** How the provider's process is recognised among Terraform's children. */
const PROVIDER = "terraform-provider-pve";

/** A run of Terraform that can be killed, and its provider with it. */
export class TerraformProcess {
  readonly #child;
  /** Of providers that were seen when somebody was killed: they may outlive Terraform. */
  readonly #providers = new Set<number>();
  #output = "";
  /** Resolves when it has ended, and with it every provider that was seen. */
  readonly ended: Promise<TerraformRun>;

  constructor(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
    // A group of its own: a Ctrl-C is for the campaign, which lets its trials end.
    this.#child = spawn("terraform", [...args], {
      cwd,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (this.#output += text));
    }
    const limit = setTimeout(() => {
      this.#output += `\n(killed after ${LIMIT_MS / 1000} s)\n`;
      this.kill("both");
    }, LIMIT_MS);
    this.ended = new Promise<number>((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", (code) => {
        resolve(code ?? -1);
      });
    }).then(async (exitCode) => {
      clearTimeout(limit);
      await this.#providersGone();
      return { args, exitCode, output: this.#output };
    });
  }

  /** Sends SIGKILL at once. */
  kill(victim: Victim): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null) return;
    const providers = providersOf(pid);
    for (const provider of providers) this.#providers.add(provider);
    if (victim !== "provider") signal(pid, "SIGKILL");
    if (victim !== "terraform") for (const provider of providers) signal(provider, "SIGKILL");
  }

  async #providersGone(): Promise<void> {
    while ([...this.#providers].some((pid) => signal(pid, 0))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function providersOf(parent: number): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return stdout
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => Number(match?.[2]) === parent && match?.[3]?.includes(PROVIDER) === true)
    .map((match) => Number(match?.[1]));
}

/** Signals a process; answers whether it is there. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
