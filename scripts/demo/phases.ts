/** A part of the demo and how long it took. */
export interface PhaseTime {
  readonly name: string;
  readonly seconds: number;
}

/** Something that the demo promises turned out not to be so. */
export class DemoFailure extends Error {
  override readonly name = "DemoFailure";
}

/** Runs the parts of the demo one after the other, under headlines, and keeps their times. */
export class Phases {
  /** The parts that have ended. */
  readonly times: PhaseTime[] = [];

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly interrupt: AbortSignal,
  ) {}

  /** Writes lines. */
  write(...lines: readonly string[]): void {
    for (const line of lines) this.stream.write(`${line}\n`);
  }

  /**
   * Runs one part.
   *
   * @throws DemoFailure where the demo was interrupted before it, and what the part throws
   */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.interrupt.aborted) throw new DemoFailure("interrupted");
    this.write("", `▶ ${name}`);
    const startedMs = performance.now();
    const result = await work();
    this.times.push({ name, seconds: (performance.now() - startedMs) / 1000 });
    return result;
  }
}
