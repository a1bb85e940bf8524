import { planTrial, type TroubledRun } from "../../../scripts/faults/trial-plan";
import { checkRules } from "../../../simulator/faults/check-rules";

const SEEDS = Array.from({ length: 300 }, (_, index) => index);
const runs = SEEDS.flatMap((seed) => planTrial(seed)).flatMap((phase) => phase.runs);
const rulesOf = ({ faults, kill }: TroubledRun) => [...faults, ...(kill === undefined ? [] : [kill.rule])];

test("the same seed gives the same trial, another one another", () => {
  expect(planTrial(7)).toEqual(planTrial(7));
  expect(new Set(SEEDS.map((seed) => JSON.stringify(planTrial(seed)))).size).toBe(SEEDS.length);
});

test("a trial applies, updates and destroys, and something befalls each run", () => {
  for (const seed of SEEDS) {
    expect(planTrial(seed).map(({ name }) => name)).toEqual(["apply", "update", "destroy"]);
  }
  expect(runs.filter((run) => rulesOf(run).length === 0)).toEqual([]);
});

test("about half of the trials let changes reboot VMs", () => {
  const rebooting = SEEDS.filter((seed) => planTrial(seed)[0]?.change?.rebootOnChange === true);
  expect(rebooting.length / SEEDS.length).toBeCloseTo(0.5, 1);
});

test("the simulator takes all rules", () => {
  expect(runs.flatMap((run) => ("faults" in checkRules(rulesOf(run), "faults") ? [run] : []))).toEqual([]);
});

test("every kind of fault and every victim has its turn", () => {
  const kinds = new Set(runs.flatMap(({ faults }) => faults.map(({ action }) => action.kind)));
  expect([...kinds].sort()).toEqual(
    [
      "agent-late",
      "answer",
      "change-vm",
      "delay",
      "die",
      "drop",
      "fail",
      "half-answer",
      "hang",
      "node-offline",
      "remove-vm",
      "stop-vm",
      "storage-full",
      "storage-lock-file",
      "vm-lock",
      "vm-lock-file",
      "warn",
    ].sort(),
  );
  expect(new Set(runs.flatMap(({ kill }) => kill?.victim ?? []))).toEqual(
    new Set(["terraform", "provider", "both"]),
  );
});
