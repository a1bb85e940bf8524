import type { ObjectValue } from "../../../provider/plugin/value";
import type { Parameters } from "../../../provider/proxmox/api-client";
import { QEMU } from "../../../provider/resources/qemu";
import {
  applied,
  apply,
  applyIn,
  configure,
  client,
  context,
  ended,
  GOLDEN,
  meanwhile,
  planResult,
  simulator,
  tasksSince,
  tellRequests,
  traces,
  vmOf,
} from "../../support/simulated-qemu";

afterEach(() => {
  simulator.control.clear();
});

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
    ["qmconfig", "OK"],
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
    { severity: "warning", summary: expect.stringContaining("was left half made") as string },
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

test("the mark stays while the state knows the VM by nothing else, however often it is read", async () => {
  const { state } = await applyIn(context(), null, configure(651));
  const unfinished = { ...state, smbios_uuid: "" };
  // A plan reads the VM and writes no state.
  const first = await QEMU.read({ state: unfinished }, context());
  const second = await QEMU.read({ state: unfinished }, context());
  expect([first.diagnostics, second.diagnostics]).toEqual([[], []]);
  expect(second.state).toMatchObject({ id: "pve1/651", smbios_uuid: state?.["smbios_uuid"] });
  expect(vmOf(651).config["description"]).toContain("[Made by Terraform");
  await QEMU.read({ state: second.state ?? {} }, context());
  expect(vmOf(651).config["description"]).toBe("of the template");
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

test("the mark goes, and what somebody wrote into the VM meanwhile stays", async () => {
  const run = context();
  await applyIn(run, null, configure(649, { description: "mine" }));
  const path = "/nodes/pve1/qemu/649/config";
  const written = String(vmOf(649).config["description"]).replace("mine", "theirs");
  await client.put(path, { description: written, tags: "theirs" });
  await run.client.unconfirmed.confirmAll();
  expect(vmOf(649).config).toMatchObject({ description: "theirs", tags: "theirs" });
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
    {
      severity: "error",
      summary: "Unable to create VM 607 (twin): VM id 607 is wanted twice",
      detail: expect.stringMatching(
        /^Another resource of this configuration, ".+", has vmid 607 too\./,
      ) as string,
    },
  ]);
  await applyIn(run, null, configure(607));
  const { state, diagnostics } = await applyIn(run, null, configure(607));
  expect(state).toBeNull();
  expect(diagnostics[0]).toMatchObject({
    summary: "Unable to create VM 607 (vm-607): VM id 607 is wanted twice",
    detail: "Another resource of this configuration has vmid 607 too. Give each VM an id of its own.",
  });
});

test("a VM that is in the state does not stand in the way of its own replacement", async () => {
  const state = await applied(null, configure(608));
  const run = context();
  QEMU.noteState?.(state, run);
  expect((await planResult(null, configure(608), run)).diagnostics).toEqual([]);
});

describe("another VM that was given the id of one in state", () => {
  test("is neither taken for it, nor changed, nor deleted", async () => {
    const state = await applied(null, configure(610));
    await meanwhile("delete", "/nodes/pve1/qemu/610");
    await meanwhile("post", `/nodes/pve1/qemu/${GOLDEN}/clone`, { newid: 610, full: true, name: "theirs" });
    const theirs = vmOf(610);
    const read = await QEMU.read({ state }, context());
    const updated = await apply(state, configure(610, { cores: 8 }));
    const deleted = await QEMU.delete({ state }, context());
    for (const said of [read.diagnostics, updated.diagnostics, deleted]) {
      expect(said).toMatchObject([{ severity: "error", attribute: ["vmid"] }]);
      expect(said?.[0]?.summary).toContain("its id belongs to another VM");
    }
    expect([read.state, updated.state, vmOf(610)]).toEqual([state, state, theirs]);
  });

  test("is not what a delete whose answer was lost goes on with", async () => {
    const state = await applied(null, configure(611));
    simulator.control.add([
      {
        call: { method: "DELETE", path: "/nodes/{node}/qemu/{vmid}", vmid: 611 },
        action: { kind: "drop", when: "after" },
      },
    ]);
    const done = QEMU.delete({ state }, context());
    while (traces(611).length > 0) await client.get("/version");
    await meanwhile("post", `/nodes/pve1/qemu/${GOLDEN}/clone`, { newid: 611, full: true, name: "theirs" });
    expect(await done).toEqual([]);
    expect(vmOf(611).name).toBe("theirs");
  });

  test("is not put into state by a clone that lost the race for the id", async () => {
    const stop = new AbortController();
    simulator.control.add([
      {
        task: { type: "qmclone", vmid: 612 },
        action: {
          kind: "fail",
          exitStatus: "can't lock file '/var/lock/qemu-server/lock-612.conf' - got timeout",
          when: "before",
        },
      },
    ]);
    tellRequests((path) => {
      if (path.includes("/status") && !stop.signal.aborted) stop.abort();
    });
    const { state } = await applyIn(context(stop.signal), null, configure(612));
    expect(state).toBeNull();
  });
});

test("who holds an id that nobody could be asked about is not put into state by its UUID", async () => {
  const clone = `/nodes/pve1/qemu/${GOLDEN}/clone`;
  await meanwhile("post", clone, { newid: 622, name: "theirs", full: true });
  const exitStatus = "can't lock file '/var/lock/qemu-server/lock-622.conf' - got timeout";
  simulator.control.add([
    { task: { type: "qmclone", vmid: 623 }, action: { kind: "fail", exitStatus, when: "before" } },
  ]);
  const failed = await client.post<string>(clone, { newid: 623, full: true });
  await ended(failed);
  const stop = new AbortController();
  const run = context(stop.signal);
  run.client.vmIds.noteFree(622);
  jest.spyOn(client, "post").mockImplementation((): Promise<never> => {
    stop.abort();
    return Promise.resolve(failed as never);
  });
  const get = client.get.bind(client);
  jest
    .spyOn(client, "get")
    .mockImplementation(<T>(path: string, query?: Parameters): Promise<T> =>
      path === "/cluster/nextid" ? Promise.reject(new Error("lost")) : get<T>(path, query),
    );
  const { state } = await applyIn(run, null, configure(622));
  jest.restoreAllMocks();
  expect(state).toMatchObject({ id: "pve1/622", smbios_uuid: "" });
  expect(await QEMU.delete({ state: state ?? {} }, context())).toMatchObject([{ severity: "error" }]);
  expect(vmOf(622).name).toBe("theirs");
});

test("after Ctrl-C nothing new is begun", async () => {
  const stop = new AbortController();
  simulator.control.add([
    {
      call: { method: "POST", path: "/nodes/{node}/qemu/{vmid}/clone", vmid: 613 },
      count: "all",
      action: { kind: "answer", status: 595 },
    },
  ]);
  tellRequests((path) => {
    if (path.includes("/clone")) stop.abort();
  });
  const { state, diagnostics } = await applyIn(context(stop.signal), null, configure(613));
  expect(state).toBeNull();
  expect(diagnostics[0]?.detail).toContain("Terraform was asked to stop");
  expect(
    simulator
      .requests()
      .filter(({ path }) => path.includes("/clone"))
      .at(-1)?.status,
  ).toBe(595);
  expect(traces(613)).toEqual([]);
});

test("an unfinished VM that was made a template is not taken up", async () => {
  await makeAndLose(configure(614));
  await meanwhile("post", "/nodes/pve1/qemu/614/template");
  const { state, diagnostics } = await apply(null, configure(614));
  expect(state).toBeNull();
  expect(diagnostics[0]?.summary).toContain("VM id 614 is taken");
});

test("an unfinished VM that is not what is planned any more is told with what differs", async () => {
  await makeAndLose(configure(615, { scsi0: "local-vm-zfs:8" }));
  const { state, diagnostics } = await apply(null, configure(615, { scsi0: "local-vm-zfs:5" }));
  expect(state).toBeNull();
  expect(diagnostics[0]?.detail).toMatch(
    /its disk is local-vm-zfs:8, and local-vm-zfs:5 is asked for.*qm destroy 615/,
  );
});

test("an unfinished VM joins its pool", async () => {
  await makeAndLose(configure(616));
  await applied(null, configure(616, { pool: "blue" }));
  expect(vmOf(616).pool).toBe("blue");
});

test("a new VM waits for no room that a VM of the same state still holds", async () => {
  const state = await applied(null, configure(617));
  const run = context();
  QEMU.noteState?.(state, run);
  const early = await applyIn(run, null, configure(617));
  expect(early.diagnostics[0]?.summary).toContain("is held by a VM of this state");
  expect(await QEMU.delete({ state }, run)).toEqual([]);
  const { state: next, diagnostics } = await applyIn(run, null, configure(617));
  expect([diagnostics, next?.["smbios_uuid"] === state["smbios_uuid"]]).toEqual([[], false]);
});

test("a clone does not take over its template's protection", async () => {
  await client.put(`/nodes/pve1/qemu/${GOLDEN}/config`, { protection: true });
  const state = await applied(null, configure(618));
  await client.put(`/nodes/pve1/qemu/${GOLDEN}/config`, { delete: "protection" });
  expect(vmOf(618).config).not.toHaveProperty("protection");
  expect(await QEMU.delete({ state }, context())).toEqual([]);
});

test("a mark that the token may not take off is told with what to grant", async () => {
  const { state } = await applyIn(context(), null, configure(619));
  const message = "Permission check failed (/vms/619, VM.Config.Options)";
  simulator.control.add([
    {
      call: { method: "PUT", path: "/nodes/{node}/qemu/{vmid}/config", vmid: 619 },
      action: { kind: "answer", status: 403, message },
    },
  ]);
  const { diagnostics } = await QEMU.read({ state: state ?? {} }, context());
  expect(diagnostics).toMatchObject([
    { severity: "warning", summary: expect.stringContaining("keeps the mark") as string },
  ]);
  expect(diagnostics?.[0]?.detail).toContain("VM.Config.Options");
});
