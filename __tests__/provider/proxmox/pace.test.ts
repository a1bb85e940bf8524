import { sharedPace, unsharedPauseMs } from "../../../provider/proxmox/pace";

const within = (pauseMs: number, aroundMs: number): void => {
  expect(pauseMs).toBeGreaterThanOrEqual(0.9 * aroundMs);
  expect(pauseMs).toBeLessThanOrEqual(1.1 * aroundMs);
};

test("what is waited for alone is looked at often at first, and seldom late by more than a hundredth", () => {
  within(unsharedPauseMs(0, 1), 60);
  within(unsharedPauseMs(14_000, 3), 140);
  within(unsharedPauseMs(60_000, 3), 600);
  within(unsharedPauseMs(3_600_000, 3), 2000);
});

test("however many waits there are that share nothing, together they look some four hundred times a second at most", () => {
  for (const waits of [40, 100, 1000]) within(unsharedPauseMs(0, waits), (waits * 1000) / 400);
});

test("waits that share an answer look in step, whenever they began, and are late by a hundredth at most", () => {
  const nowMs = 1_700_000_000_123;
  const next = (waitedMs: number, atMs: number): number => atMs + sharedPace(waitedMs, atMs);
  for (const waitedMs of [0, 500, 5_000]) {
    for (const laterMs of [0, 7, 21, 33]) {
      const lookMs = next(waitedMs, nowMs + laterMs);
      expect(lookMs % 60).toBe(0);
      expect(lookMs - nowMs - laterMs).toBeLessThanOrEqual(120);
    }
  }
  expect(sharedPace(14_000, nowMs)).toBeLessThanOrEqual(140);
  expect(sharedPace(3_600_000, nowMs)).toBeLessThanOrEqual(2060);
});
