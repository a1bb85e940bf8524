import type { CommandResult } from "../sandbox/run-command";

/** A part of the demo and how long it took. */
export interface PhaseTime {
  readonly name: string;
  readonly seconds: number;
}

/** Something that the demo promises turned out not to be so. */
export class DemoFailure extends Error {
  override readonly name = "DemoFailure";
}

/** Runs the parts of the demo one after the other and keeps their times. */
export class Phases {
  private readonly done: PhaseTime[] = [];

  constructor(private readonly write: (line: string) => void) {}

  /** Runs one part under a headline. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.write("");
    this.write(`▶ ${name}`);
    const startedMs = performance.now();
    const result = await work();
    this.done.push({ name, seconds: (performance.now() - startedMs) / 1000 });
    return result;
  }

  /** The times of all parts, a line each. */
  get times(): readonly PhaseTime[] {
    return this.done;
  }
}

/**
 * @throws DemoFailure with the end of what the command printed, where it failed
 */
export function mustSucceed(what: string, { exitCode, stdout, stderr }: CommandResult, allowed = [0]): void {
  if (allowed.includes(exitCode)) return;
  const tail = `${stdout}${stderr}`.trimEnd().split("\n").slice(-40).join("\n");
  throw new DemoFailure(`${what} ended with exit code ${exitCode}:\n${tail}`);
}
