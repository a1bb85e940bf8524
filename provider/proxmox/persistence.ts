import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "../logger";
import { ApiError, ConnectionError, TaskError, WaitError } from "./api-error";
import { isOutcomeUnknown, isTransient, saysLocked } from "./verdict";
import { UNREACHABLE_LIMIT_MS, type Deadline } from "./waiting";

/** How long a read is repeated that does not get through: a plan is not to hang on a host that is down. */
export const READ_LIMIT_SECONDS = 15;

const FIRST_PAUSE_MS = 250;
const PAUSE_GROWTH = 2;
const LAST_PAUSE_MS = 8000;

/** Whether trying again may succeed without anybody doing anything. */
export function isWorthRepeating(error: unknown): boolean {
  return (
    isTransient(error) ||
    isOutcomeUnknown(error) ||
    saysLocked(error) ||
    // Someone else, or an earlier attempt of our own that arrived late, changed the VM after it was read.
    saysChanged(error)
  );
}

function saysChanged(error: unknown): boolean {
  const said = error instanceof ApiError ? error.said : error instanceof TaskError ? error.exitStatus : "";
  return said.includes("checksum mismatch");
}

/** The pauses between attempts at one thing: longer each time, never in step with others, within a deadline. */
export class Patience {
  #pauseMs = FIRST_PAUSE_MS;
  #unreachableSinceMs: number | undefined;

  /**
   * @param what is attempted, to finish "… waiting for"
   * @param isPassing which failures are worth another attempt
   */
  constructor(
    private readonly what: string,
    private readonly deadline: Deadline,
    private readonly logger: Logger,
    private readonly isPassing: (error: unknown) => boolean = isWorthRepeating,
  ) {}

  /** Proxmox has answered: how long it could not be reached counts from anew. */
  answered(): void {
    this.#unreachableSinceMs = undefined;
  }

  /**
   * Pauses before the next attempt.
   *
   * @throws the failure, where it is a verdict or the time is up
   * @throws WaitError where Terraform was asked to stop
   */
  async after(failure: unknown): Promise<void> {
    if (!this.isPassing(failure)) throw failure;
    const message = failure instanceof Error ? failure.message : String(failure);
    this.#assertTimeLeft(failure);
    const now = Date.now();
    if (isUnreachable(failure)) this.#unreachableSinceMs ??= now;
    else this.answered();
    const isGivenUp =
      this.#unreachableSinceMs !== undefined && now - this.#unreachableSinceMs > UNREACHABLE_LIMIT_MS;
    if (isGivenUp) throw failure;
    // Half of the pause is left to chance, so that VMs which failed together do not try again together.
    const pauseMs = Math.min(this.#pauseMs * (0.5 + Math.random()), this.deadline.atMs - now);
    this.#pauseMs = Math.min(this.#pauseMs * PAUSE_GROWTH, LAST_PAUSE_MS);
    this.logger.info("trying again", { what: this.what, error: message, ms: Math.round(pauseMs) });
    await delay(pauseMs, undefined, { signal: this.deadline.stopping }).catch(() => undefined);
    // Nothing new is begun when there is no time left for it.
    this.#assertTimeLeft(failure);
  }

  #assertTimeLeft(failure: unknown): void {
    if (this.deadline.stopping.aborted) {
      const message = failure instanceof Error ? failure.message : String(failure);
      throw new WaitError("stopped", this.what, 0, message);
    }
    if (Date.now() >= this.deadline.atMs) throw failure;
  }
}

function isUnreachable(failure: unknown): boolean {
  return failure instanceof ConnectionError || (failure instanceof ApiError && failure.status > 500);
}

/** Something that is to be so, and the call that makes it so. */
export interface Goal {
  /** What is attempted, to finish "… waiting for". */
  readonly what: string;
  /** Whether it is so. Asked before every attempt: a call whose answer was lost may have been carried out. */
  readonly isReached: () => Promise<boolean>;
  readonly attempt: () => Promise<void>;
  /** It is known not to be so yet, which saves the first look. @default false */
  readonly isNew?: boolean;
  /** Which failures are worth another attempt. @default isWorthRepeating */
  readonly isPassing?: (error: unknown) => boolean;
}

/**
 * Attempts something until it is so, looking before each repetition.
 *
 * @throws what an attempt or a look threw, where that is a verdict or the deadline has passed
 * @throws WaitError where Terraform was asked to stop
 */
export async function reach(goal: Goal, deadline: Deadline, logger: Logger): Promise<void> {
  const patience = new Patience(goal.what, deadline, logger, goal.isPassing);
  for (let isLookedAt = goal.isNew !== true; ; isLookedAt = true) {
    try {
      if (isLookedAt) {
        if (await goal.isReached()) return;
        patience.answered();
      }
      await goal.attempt();
      return;
    } catch (error) {
      await patience.after(error);
    }
  }
}

/**
 * Reads something, again where it did not get through.
 *
 * @throws what reading threw, where that is a verdict or the deadline has passed
 */
export async function readThrough<T>(
  what: string,
  deadline: Deadline,
  logger: Logger,
  read: () => Promise<T>,
): Promise<T> {
  const patience = new Patience(what, deadline, logger, isTransient);
  for (;;) {
    try {
      return await read();
    } catch (error) {
      await patience.after(error);
    }
  }
}
