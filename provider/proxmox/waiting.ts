import { setTimeout as delay } from "node:timers/promises";
import { WaitError } from "./api-error";
import { PAUSE_AFTER_FAILURE_MS, unsharedPauseMs, type Pace } from "./pace";
import { isTransient } from "./verdict";

/** Until when something may be waited for. */
export interface Deadline {
  /** As `Date.now()` counts. */
  readonly atMs: number;
  /** Ends the wait early. */
  readonly stopping: AbortSignal;
}

/** A deadline so many seconds from now. */
export function deadlineIn(seconds: number, stopping: AbortSignal): Deadline {
  return { atMs: Date.now() + seconds * 1000, stopping };
}

/** How long a wait goes on while Proxmox cannot be reached: a node that restarts its API is back by then. */
export const UNREACHABLE_LIMIT_MS = 120_000;

/** How what was last seen begins where the last look did not get through. */
export const UNREACHABLE = "Proxmox could not be asked";

/** Waits under way in this process that make calls of their own. */
let unshared = 0;

const unsharedPace: Pace = (waitedMs) => unsharedPauseMs(waitedMs, unshared);

/**
 * Looks again and again until there is something to return. A look that does not get through is no answer: the next
 * one may.
 *
 * @param awaited what is waited for, to finish "… waiting for"
 * @param look returns `undefined` for "not yet"; `seen` notes what to report if the wait ends in vain
 * @param pace how often to look; left out where each look makes calls of its own
 * @throws what `look` throws, transient failures only when they last two minutes
 * @throws WaitError when the deadline has passed or Terraform was asked to stop
 */
export async function waitFor<T>(
  awaited: string,
  deadline: Deadline,
  look: (seen: (what: string) => void) => Promise<T | undefined>,
  pace?: Pace,
): Promise<T> {
  if (pace !== undefined) return await lookUntilSeen(awaited, deadline, look, pace);
  unshared += 1;
  try {
    return await lookUntilSeen(awaited, deadline, look, unsharedPace);
  } finally {
    unshared -= 1;
  }
}

async function lookUntilSeen<T>(
  awaited: string,
  deadline: Deadline,
  look: (seen: (what: string) => void) => Promise<T | undefined>,
  pace: Pace,
): Promise<T> {
  const startedMs = Date.now();
  let lastSeen: string | undefined;
  let unreachableSinceMs: number | undefined;
  const lookThrough = async (): Promise<T | undefined> => {
    try {
      const result = await look((what) => (lastSeen = what));
      unreachableSinceMs = undefined;
      return result;
    } catch (error) {
      unreachableSinceMs ??= Date.now();
      if (!isTransient(error) || Date.now() - unreachableSinceMs > UNREACHABLE_LIMIT_MS) throw error;
      lastSeen = `${UNREACHABLE}: ${error instanceof Error ? error.message : String(error)}`;
      return undefined;
    }
  };
  for (;;) {
    const result = await lookThrough();
    if (result !== undefined) return result;
    const waitedMs = Date.now() - startedMs;
    const waitedSeconds = Math.round(waitedMs / 1000);
    if (deadline.stopping.aborted) throw new WaitError("stopped", awaited, waitedSeconds, lastSeen);
    const leftMs = deadline.atMs - Date.now();
    if (leftMs <= 0) throw new WaitError("timeout", awaited, waitedSeconds, lastSeen);
    const pauseMs = unreachableSinceMs === undefined ? pace(waitedMs, Date.now()) : PAUSE_AFTER_FAILURE_MS;
    await delay(Math.min(pauseMs, leftMs), undefined, { signal: deadline.stopping }).catch(() => undefined);
  }
}
