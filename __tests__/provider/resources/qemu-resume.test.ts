import type { ObjectValue } from "../../../provider/plugin/value";
import { QEMU } from "../../../provider/resources/qemu";
import {
  applied,
  apply,
  applyIn,
  configure,
  context,
  GOLDEN,
  meanwhile,
  planResult,
  simulator,
  tasksSince,
  tellRequests,
  traces,
  vmOf,
} from "../../support/simulated-qemu";

/** Makes a VM in a process that is killed before Terraform has written its state. */
async function makeAndLose(config: ObjectValue): Promise<void> {
  const { state, diagnostics } = await applyIn(context(), null, config);
  expect([state === null, diagnostics]).toEqual([false, []]);
}

/** What makes a VM this one and no other. */
function identity(vmid: number): unknown {
  const { config, disks } = vmOf(vmid);
  return [config["smbios1"], config["net0"], disks.map(({ volumeId }) => volumeId)];
}

test("a VM whose making was reported to nobody is finished by the next run, and not made anew", async () => {
  const config = configure(600, { cores: 4, scsi0: "local-vm-zfs:5", description: "mine" });
  await makeAndLose(config);
  expect(vmOf(600).config["description"]).toMatch(/^mine\n\n\[Made by Terraform, not in its state yet: /);
  const before = simulator.tasks().length;
  const made = identity(600);

  const { diagnostics } = await planResult(null, config, context());
  expect(diagnostics).toMatchObject([{ severity: "warning", attribute: ["vmid"] }]);
  await applied(null, config);
  expect(tasksSince(before)).toEqual([]);
  expect(identity(600)).toEqual(made);
  expect(vmOf(600).config["description"]).toBe("mine");
});

test("a VM that was left half-way gets what is still missing", async () => {
  await makeAndLose(configure(601));
  const config = configure(601, { memory: 4096, scsi0: "local-vm-zfs:6", startup: true, wait_for: "none" });
  const before = simulator.tasks().length;
  await applied(null, config);
  expect(tasksSince(before)).toEqual([
    ["resize", "OK"],
    ["qmstart", "OK"],
  ]);
  expect(vmOf(601)).toMatchObject({ status: "running", config: { memory: "4096" } });
});

test("a clone that still runs for a run that was killed is waited for", async () => {
  const stop = new AbortController();
  tellRequests((path) => {
    if (path.includes("/clone")) stop.abort();
  });
  await applyIn(context(stop.signal), null, configure(602));
  const before = simulator.tasks().length;
  const { diagnostics } = await planResult(null, configure(602), context());
  expect(diagnostics).toMatchObject([
    { severity: "warning", summary: expect.stringContaining("finished") as string },
  ]);
  await applied(null, configure(602));
  expect(tasksSince(before)).toEqual([]);
});

test("the mark goes when the VM is read from state, if no run could take it off before", async () => {
  const run = context();
  const { state } = await applyIn(run, null, configure(603));
  expect(vmOf(603).config["description"]).toContain("[Made by Terraform");
  const read = await QEMU.read({ state: state ?? {} }, context());
  expect(read.state).toMatchObject({ description: "of the template" });
  expect(vmOf(603).config["description"]).toBe("of the template");
});

test.each([
  ["of another name", { name: "other" }],
  ["of another template", { clone: 410 }],
])("an unfinished VM %s is not taken over", async (_case, changes) => {
  const vmid = 604;
  if (traces(vmid).length === 0) await makeAndLose(configure(vmid));
  const before = vmOf(vmid);
  const config = { ...configure(vmid), ...changes };
  const { diagnostics: planned } = await planResult(null, config, context());
  const { state, diagnostics } = await apply(null, config);
  for (const said of [planned, diagnostics]) {
    expect(said).toMatchObject([{ severity: "error", attribute: ["vmid"] }]);
    expect(said?.[0]?.detail).toContain("terraform import ADDRESS pve1/604");
  }
  expect([state, vmOf(vmid)]).toEqual([null, before]);
});

test("a mark that somebody else wrote proves nothing", async () => {
  await makeAndLose(configure(605));
  const marked = vmOf(605).config["description"] ?? "";
  await meanwhile("post", `/nodes/pve1/qemu/${GOLDEN}/clone`, {
    newid: 606,
    full: true,
    description: marked,
  });
  const { state, diagnostics } = await apply(null, configure(606));
  expect(diagnostics[0]?.summary).toContain("VM id 606 is taken");
  expect(state).toBeNull();
});

test("two resources that want one id are told so, in the plan and at the latest when the second is made", async () => {
  const run = context();
  expect((await planResult(null, configure(607), run)).diagnostics).toEqual([]);
  const twin = { ...configure(607), name: "twin" };
  expect((await planResult(null, twin, run)).diagnostics).toMatchObject([
    { severity: "error", summary: "Unable to create VM 607 (twin): VM id 607 is wanted twice" },
  ]);
  await applyIn(run, null, configure(607));
  const { state, diagnostics } = await applyIn(run, null, configure(607));
  expect(state).toBeNull();
  expect(diagnostics[0]?.summary).toContain("is wanted twice");
});

test("a VM that is in the state does not stand in the way of its own replacement", async () => {
  const state = await applied(null, configure(608));
  const run = context();
  QEMU.noteState?.(state, run);
  expect((await planResult(null, configure(608), run)).diagnostics).toEqual([]);
});
