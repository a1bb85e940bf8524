import { median } from "../../../scripts/bench/figure";
import { formatReport, type Report } from "../../../scripts/bench/report";

const REPORT: Report = {
  date: "2026-01-02T03:04:05.000Z",
  command: "npm run bench:deploy",
  machine: {
    cpu: "A processor",
    cores: 2,
    memoryGiB: 8,
    system: "Linux 6",
    node: "v20",
    terraform: "1.11.4",
    provider: "1.0.0",
    loadAverage: 0.5,
  },
  figures: [
    { measure: "m", name: "ratio", unit: "", samples: [1.2, 1.04, 1.03], atMost: 1.05 },
    { measure: "m", name: "calls", unit: "", samples: [2.05], atMost: 1 },
    { measure: "m", name: "time", unit: "ms", samples: [123.456, 100.4] },
    { measure: "m", name: "gain", unit: "", samples: [3, 2.9], atLeast: 3 },
    { measure: "m", name: "more gain", unit: "", samples: [3.5], atLeast: 3 },
  ],
};

test("the median is the middle sample, or the mean of both", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(() => median([])).toThrow(RangeError);
});

test("a report says where it was measured, and which goals the medians met", () => {
  const text = formatReport(REPORT);
  expect(text).toContain("2 × A processor, 8 GiB");
  const rows = text.split("\n").map((line) => line.replaceAll(/ +/g, " "));
  expect(rows).toContain("| m | ratio | 1.04 | 1.03 – 1.2 | 3 | ≤ 1.05: met |");
  expect(rows).toContain("| m | calls | 2.05 | | 1 | ≤ 1: **missed** |");
  expect(rows).toContain("| m | time | 112 ms | 100 – 123 | 2 | |");
  expect(rows).toContain("| m | gain | 2.95 | 2.9 – 3 | 2 | ≥ 3: **missed** |");
  expect(rows).toContain("| m | more gain | 3.5 | | 1 | ≥ 3: met |");
});
