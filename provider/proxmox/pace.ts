/** Asking costs Proxmox some milliseconds, and what is noticed late keeps everything waiting that comes after it. */
const SHORTEST_PAUSE_MS = 60;
const LONGEST_PAUSE_MS = 2000;

/** A long wait is noticed late by so much of itself at most. */
const LATENESS = 0.01;

/**
 * Looks that all waits together may take in a second. Those at tasks share their calls; those at guest agents do not, and
 * VMs made by the dozen are not to keep a host busy answering.
 */
const LOOKS_PER_SECOND = 400;

/**
 * How long to pause between two looks at something that is waited for.
 *
 * @param waitedMs how long it has been waited for
 * @param waits how many waits are under way, this one among them
 */
export function pauseMs(waitedMs: number, waits: number): number {
  const ownMs = Math.min(Math.max(waitedMs * LATENESS, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
  return Math.max(ownMs, (waits * 1000) / LOOKS_PER_SECOND);
}

/** How long to pause after a look that did not get through. */
export const PAUSE_AFTER_FAILURE_MS = LONGEST_PAUSE_MS;
