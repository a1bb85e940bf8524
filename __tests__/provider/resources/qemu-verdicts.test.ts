import { QEMU } from "../../../provider/resources/qemu";
import {
  applied,
  apply,
  client,
  configure,
  context,
  meanwhile,
  simulator,
  tasksSince,
  tellRequests,
  traces,
} from "../../support/simulated-qemu";

afterEach(() => {
  simulator.control.clear();
});

const VM = "/nodes/{node}/qemu/{vmid}";

test("a clone that a person stops is not begun again", async () => {
  const before = simulator.tasks().length;
  tellRequests((path) => {
    const clone = simulator.tasks().at(before);
    if (!path.includes("/tasks?source=active") || clone?.exitStatus !== undefined || clone === undefined)
      return;
    void client.delete(`/nodes/pve1/tasks/${encodeURIComponent(clone.upid)}`);
  });
  const { state, diagnostics } = await apply(null, configure(650));
  expect(state).toBeNull();
  expect(diagnostics).toMatchObject([
    { severity: "error", detail: expect.stringMatching(/interrupt/) as string },
  ]);
  expect(tasksSince(before)).toMatchObject([["qmclone", expect.stringMatching(/interrupt/)]]);
  expect(traces(650)).toEqual([]);
});

test("a VM that is suspended to disk is told at once, with what to do", async () => {
  const state = await applied(null, configure(651, { cores: 1 }));
  const message = "VM is locked (suspended)";
  const [id] = simulator.control.add([
    {
      call: { method: "POST", path: `${VM}/config`, vmid: 651 },
      count: "all",
      action: { kind: "answer", status: 500, message },
    },
  ]);
  const { diagnostics } = await apply(state, configure(651, { cores: 2 }));
  expect(diagnostics).toMatchObject([
    { severity: "error", detail: expect.stringContaining("qm unlock 651") as string },
  ]);
  expect(simulator.control.strikes().filter((strike) => strike.id === id)).toHaveLength(1);
});

test("a paused VM is deleted, for its guest cannot shut down", async () => {
  const config = configure(652, { startup: true, wait_for: "none", shutdown_timeout: "1m" });
  const state = await applied(null, config);
  await meanwhile("post", "/nodes/pve1/qemu/652/status/suspend");
  const before = simulator.tasks().length;
  expect(await QEMU.delete({ state }, context())).toEqual([]);
  expect(tasksSince(before)).toEqual([
    ["qmstop", "OK"],
    ["qmdestroy", "OK"],
  ]);
});
