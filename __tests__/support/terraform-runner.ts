import type { ChildProcess } from "node:child_process";
import { execFile, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const hasTerraform = spawnSync("terraform", ["version"], { stdio: "ignore" }).status === 0;

/**
 * `describe` for tests that need Terraform. Where it is missing they are skipped, as one line says before all tests;
 * with `CI=true` they fail.
 */
export function describeTerraform(name: string, tests: () => void): void {
  if (hasTerraform) {
    describe(name, tests);
  } else if (process.env.TESTS_ALL_RUN === "true") {
    test(`${name}: needs terraform on the PATH`, () => {
      throw new Error("terraform is not on the PATH, and CI=true allows no skipped test");
    });
  } else {
    describe.skip(name, tests);
  }
}

/** What a Terraform command did. */
export interface Run {
  readonly code: number;
  /** Standard output and error together. */
  readonly output: string;
}

/** A Terraform configuration in a folder of its own. */
export class TerraformFolder {
  readonly path = fs.mkdtempSync(path.join(os.tmpdir(), "plugin-test-"));

  #running: ChildProcess | undefined;

  /** @param environment What Terraform sees beside the test's own environment. */
  constructor(readonly environment: () => Record<string, string>) {}

  write(name: string, contents: string): void {
    fs.writeFileSync(path.join(this.path, name), contents);
  }

  run(...args: string[]): Promise<Run> {
    const environment = {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      ...this.environment(),
    };
    return new Promise((resolve) => {
      this.#running = execFile(
        "terraform",
        [...args, "-no-color"],
        { cwd: this.path, env: environment },
        (error, stdout, stderr) => {
          resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
        },
      );
    });
  }

  /** What Ctrl-C does to the command that runs. */
  interrupt(): void {
    this.#running?.kill("SIGINT");
  }

  remove(): void {
    fs.rmSync(this.path, { recursive: true, force: true });
  }
}
