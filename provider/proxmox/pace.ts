/** Asking costs Proxmox some milliseconds, and what is noticed late keeps everything waiting that comes after it. */
const SHORTEST_PAUSE_MS = 60;
const LONGEST_PAUSE_MS = 2000;

/** A long wait is noticed late by so much of itself at most. */
const LATENESS = 0.01;

/** Looks that are not shared, of all waits together, in a second: VMs made by the dozen are not to keep a host busy answering. */
const LOOKS_PER_SECOND = 400;

/** How long to pause between two looks at something: `waitedMs` it has been waited for, `nowMs` is the time as `Date.now()` counts. */
export type Pace = (waitedMs: number, nowMs: number) => number;

function ownPauseMs(waitedMs: number): number {
  return Math.min(Math.max(waitedMs * LATENESS, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
}

/**
 * The pause where each wait makes calls of its own. Jitter keeps many that began together from asking in step.
 *
 * @param waits how many such waits are under way, this one among them
 */
export function unsharedPauseMs(waitedMs: number, waits: number): number {
  const paceMs = Math.max(ownPauseMs(waitedMs), (waits * 1000) / LOOKS_PER_SECOND);
  return paceMs * (0.9 + 0.2 * Math.random());
}

/** The pause where waits share an answer: all look in step, so that however many there are they make one call together. */
export const sharedPace: Pace = (waitedMs, nowMs) => {
  const steps = Math.ceil((nowMs + ownPauseMs(waitedMs / 2)) / SHORTEST_PAUSE_MS);
  return steps * SHORTEST_PAUSE_MS - nowMs;
};

/** How long to pause after a look that did not get through. */
export const PAUSE_AFTER_FAILURE_MS = LONGEST_PAUSE_MS;
