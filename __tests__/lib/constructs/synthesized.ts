import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { TerraformStack, Testing } from "cdktf";
import type { App } from "cdktf";

/** A Terraform JSON document, as far as the tests look into it. */
export interface Synthesized {
  readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
  readonly output?: Record<string, Record<string, unknown>>;
  readonly variable?: Record<string, Record<string, unknown>>;
  readonly provider?: Record<string, Record<string, unknown>[]>;
  readonly terraform?: Record<string, unknown>;
}

/** Runs `use` with an app whose output folder is gone afterwards. */
export function withApp<T>(use: (app: App) => T): T {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "synthesized-"));
  try {
    return use(Testing.app({ outdir }));
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

/** The text of the document that a stack synthesizes to: sorted, without metadata. */
export function synthesizedText(makeStack: (app: App) => TerraformStack): string {
  return withApp((app) => Testing.synth(makeStack(app)));
}

/** The document that a stack synthesizes to, whose constructs `build` makes. */
export function synthesize(build: (stack: TerraformStack) => void): Synthesized {
  const text = synthesizedText((app) => {
    const stack = new TerraformStack(app, "stack");
    build(stack);
    return stack;
  });
  return JSON.parse(text) as Synthesized;
}
