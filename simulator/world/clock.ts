interface Alarm {
  readonly dueSeconds: number;
  readonly ring: () => void;
}

/** Thrown by whatever waits for a task that is told to stop. */
export class Interrupted extends Error {
  constructor() {
    super("received interrupt");
    this.name = "Interrupted";
  }
}

/** Thrown by whatever waits for a task whose process is killed. Who catches it must leave everything as it is. */
export class WorkerKilled extends Error {
  constructor() {
    // What is said of a task whose log ends without a verdict.
    super("unexpected status");
    this.name = "WorkerKilled";
  }
}

/** What a wait throws when its signal is aborted. */
export function interruption(signal: AbortSignal): Interrupted | WorkerKilled {
  return signal.reason instanceof WorkerKilled ? signal.reason : new Interrupted();
}

/**
 * Simulated time: runs `speed` times as fast as the wall clock, or stands still until it is moved by hand.
 *
 * All alarms share one queue and ring in the order of their simulated due time, each seeing its own due time as "now";
 * and time stands still while the process works on one thing. A busy machine therefore makes the simulation late, but
 * never changes what happens first: a lock that is held for 2 simulated seconds never runs into another caller's
 * 10 second limit, however fast the clock runs.
 */
export class Clock {
  readonly #startedMs = performance.now();
  readonly #alarms: Alarm[] = [];
  readonly #frozen = new WeakSet<AbortSignal>();
  #timer: NodeJS.Timeout | undefined;
  #draining: NodeJS.Immediate | undefined;
  #thawing: NodeJS.Immediate | undefined;
  #frozenSeconds: number | undefined;
  #heldSeconds = 0;
  #closed = false;

  /** @param speed simulated seconds per second; 0 for a clock that only {@link step} and {@link advance} move */
  constructor(readonly speed: number) {}

  /** Simulated seconds since the clock was made. */
  now(): number {
    if (this.#frozenSeconds !== undefined) return this.#frozenSeconds;
    this.#thawing = setImmediate(() => {
      this.#frozenSeconds = undefined;
    });
    return (this.#frozenSeconds = this.#realNow());
  }

  /**
   * Waits. After {@link close} it never settles, so that whatever waits is simply forgotten.
   *
   * @param seconds simulated seconds
   * @param signal ends the wait early
   * @throws Interrupted, or WorkerKilled, when the signal is aborted
   */
  sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(interruption(signal));
        return;
      }
      const cancel = this.after(seconds, () => {
        if (signal !== undefined && this.#frozen.has(signal)) return;
        signal?.removeEventListener("abort", interrupt);
        resolve();
      });
      const interrupt = (): void => {
        cancel();
        if (signal !== undefined) reject(interruption(signal));
      };
      signal?.addEventListener("abort", interrupt, { once: true });
    });
  }

  /** From now on whoever sleeps with this signal sleeps until it is aborted. */
  freeze(signal: AbortSignal): void {
    this.#frozen.add(signal);
  }

  /**
   * Rings once.
   *
   * @param seconds simulated seconds from now
   * @returns cancels the alarm
   */
  after(seconds: number, ring: () => void): () => void {
    const alarm: Alarm = { dueSeconds: this.now() + seconds, ring };
    const later = this.#alarms.findIndex((other) => other.dueSeconds > alarm.dueSeconds);
    this.#alarms.splice(later === -1 ? this.#alarms.length : later, 0, alarm);
    this.#arm();
    return () => {
      const index = this.#alarms.indexOf(alarm);
      if (index !== -1) this.#alarms.splice(index, 1);
      this.#arm();
    };
  }

  /**
   * Moves a clock that stands still to its next alarm and rings it.
   *
   * @returns whether there was one
   */
  async step(): Promise<boolean> {
    const next = this.#alarms.shift();
    if (next === undefined) return false;
    this.#heldSeconds = Math.max(this.#heldSeconds, next.dueSeconds);
    this.#frozenSeconds = undefined;
    next.ring();
    // Whatever waited for this alarm goes on before the next one rings.
    await new Promise((resolve) => setImmediate(resolve));
    return true;
  }

  /**
   * Moves a clock that stands still, ringing what falls due meanwhile.
   *
   * @param seconds simulated seconds
   */
  async advance(seconds: number): Promise<void> {
    const endSeconds = this.now() + seconds;
    while ((this.#alarms[0]?.dueSeconds ?? Infinity) <= endSeconds) await this.step();
    this.#heldSeconds = endSeconds;
    this.#frozenSeconds = undefined;
  }

  /** Cancels every alarm, for good. */
  close(): void {
    this.#closed = true;
    this.#alarms.length = 0;
    clearTimeout(this.#timer);
    clearImmediate(this.#draining);
    clearImmediate(this.#thawing);
  }

  #realNow(): number {
    if (this.speed === 0) return this.#heldSeconds;
    return ((performance.now() - this.#startedMs) / 1000) * this.speed;
  }

  #arm(): void {
    if (this.#closed || this.#draining !== undefined || this.speed === 0) return;
    clearTimeout(this.#timer);
    const next = this.#alarms[0];
    if (next === undefined) return;
    const delayMs = ((next.dueSeconds - this.#realNow()) * 1000) / this.speed;
    this.#timer = setTimeout(
      () => {
        this.#drain();
      },
      // A longer delay than this overflows a timer; it is armed again when it fires early.
      Math.min(Math.max(delayMs, 0), 2 ** 31 - 1),
    );
  }

  #drain(): void {
    this.#draining = undefined;
    this.#frozenSeconds = undefined;
    const next = this.#alarms[0];
    if (next === undefined || next.dueSeconds > this.#realNow()) {
      this.#arm();
      return;
    }
    this.#alarms.shift();
    this.#frozenSeconds = next.dueSeconds;
    // The next alarm waits for everything that this one sets off: promises settle before an immediate runs.
    this.#draining = setImmediate(() => {
      this.#drain();
    });
    next.ring();
  }
}
