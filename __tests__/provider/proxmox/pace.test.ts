import { pauseMs } from "../../../provider/proxmox/pace";

test("what is waited for alone is looked at several times a second, and seldom late by more than a hundredth", () => {
  expect(pauseMs(0, 1)).toBe(60);
  expect(pauseMs(14_000, 3)).toBe(140);
  expect(pauseMs(60_000, 3)).toBe(600);
  expect(pauseMs(3_600_000, 3)).toBe(2000);
});

test("however many waits there are, together they look four hundred times a second at most", () => {
  for (const waits of [40, 100, 1000]) expect(waits / pauseMs(0, waits)).toBeLessThanOrEqual(0.4);
});
