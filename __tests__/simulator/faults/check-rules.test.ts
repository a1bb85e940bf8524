import { InvalidOptions, startSimulator, type FaultRule } from "../../../simulator";

async function complaints(faults: unknown): Promise<readonly string[]> {
  try {
    await startSimulator({ faults: faults as FaultRule[] });
  } catch (error) {
    if (error instanceof InvalidOptions) return error.faults;
    throw error;
  }
  throw new Error("the faults were taken");
}

test("all that is wrong with faults is told at once, each with its place", async () => {
  const action = { kind: "drop" };
  expect(
    await complaints([
      { call: {}, action, often: true },
      { call: { vmid: 99, path: "nodes" }, nth: 0, action },
      { action },
      { task: {}, action },
      { call: {}, action: { kind: "hang" } },
      { call: {}, task: {}, action: { kind: "note" } },
      { call: {}, action: { kind: "explode" } },
      { call: {}, action: { kind: "answer", status: 200 } },
      { id: "a", call: {}, action },
      { id: "a", call: {}, action },
    ]),
  ).toEqual([
    "faults[0]: unknown key 'often'; docs/SIMULATOR.md lists all",
    "faults[1].call.path: must start with '/' and have no query, like /nodes/{node}/qemu/{vmid}/clone; got \"nodes\"",
    "faults[1].call.vmid: Too small: expected number to be >=100; got 99",
    "faults[1].nth: Too small: expected number to be >=1; got 0",
    "faults[2]: 'drop' befalls calls only: say which with 'call' ({} for all)",
    "faults[3]: 'drop' befalls calls only: say which with 'call' ({} for all)",
    "faults[4]: 'hang' befalls tasks only: say which with 'task' ({} for all)",
    "faults[5]: must be for a 'call' or for a 'task', not for both",
    expect.stringMatching(/^faults\[6\]\.action\.kind: Invalid .*; got "explode"$/),
    "faults[7].action.status: Too small: expected number to be >=400; got 200",
    'faults[9].id: is used twice; got "a"',
  ]);
  expect(await complaints(Array.from({ length: 1001 }, () => ({ call: {}, action })))).toEqual([
    "faults: must be 1000 faults at most; got 1001",
  ]);
  expect(await complaints({})).toEqual(["faults: must be a list of faults"]);
});

test("there is an end to the faults that can be added", async () => {
  const { control, close } = await startSimulator();
  const rules = Array.from({ length: 1000 }, (): FaultRule => ({ call: {}, action: { kind: "drop" } }));
  for (let turn = 0; turn < 10; turn += 1) control.add(rules);
  expect(() => control.add(rules.slice(0, 1))).toThrow("there must be 10000 at most");
  control.clear();
  expect(control.add(rules)).toHaveLength(1000);
  await close();
});
