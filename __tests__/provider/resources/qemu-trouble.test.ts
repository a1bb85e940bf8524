import { QEMU } from "../../../provider/resources/qemu";
import type { FaultRule, TaskSnapshot } from "../../../simulator";
import {
  applied,
  apply,
  applyIn,
  client,
  configure,
  context,
  simulator,
  tasksSince,
  tellRequests,
  traces,
  vmOf,
} from "../../support/simulated-qemu";

// One test lives the lives of six VMs at once.
jest.setTimeout(60_000);

afterEach(() => {
  simulator.control.clear();
});

const VM = "/nodes/{node}/qemu/{vmid}";
const LOCK_TIMEOUT = "can't lock file '/var/lock/qemu-server/lock-1.conf' - got timeout";

const TROUBLES: readonly FaultRule["action"][] = [
  { kind: "drop", when: "before" },
  { kind: "drop", when: "after" },
  { kind: "half-answer" },
  { kind: "answer", status: 595 },
  { kind: "answer", status: 596, when: "after" },
  { kind: "answer", status: 500, message: LOCK_TIMEOUT },
];

const CALLS: readonly [string, "POST" | "PUT" | "DELETE", string][] = [
  ["clone", "POST", `${VM}/clone`],
  ["config", "POST", `${VM}/config`],
  ["resize", "PUT", `${VM}/resize`],
  ["start", "POST", `${VM}/status/start`],
  ["stop", "POST", `${VM}/status/stop`],
  ["delete", "DELETE", VM],
];

let nextId = 700;

/** Makes a VM, changes its disk and power, and deletes it, while a fault strikes once; nothing but the VM comes of it. */
async function liveThrough(fault: (vmid: number) => FaultRule): Promise<void> {
  const vmid = (nextId += 1);
  const [id] = simulator.control.add([fault(vmid)]);
  const before = simulator.tasks().length;
  const config = configure(vmid, { cores: 4, scsi0: "local-vm-zfs:4", startup: true, wait_for: "none" });
  const state = await applied(null, config);
  const clones = simulator.tasks().slice(before).filter(isCloneOf(vmid));
  expect(clones.filter(({ exitStatus }) => exitStatus === "OK")).toHaveLength(1);
  expect(vmOf(vmid)).toMatchObject({ status: "running", disks: [{ key: "scsi0" }] });
  expect(vmOf(vmid).config).toMatchObject({ cores: "4", description: "of the template" });
  expect(await QEMU.delete({ state }, context())).toEqual([]);
  expect(traces(vmid)).toEqual([]);
  expect(simulator.control.strikes().filter((strike) => strike.id === id)).toHaveLength(1);
}

function isCloneOf(vmid: number): (task: TaskSnapshot) => boolean {
  return ({ type, log }) => type === "qmclone" && log.some((line) => line.endsWith(` with ID ${vmid}`));
}

test.each(CALLS)("a %s call that goes wrong in any way is put right", async (_call, method, path) => {
  await Promise.all(
    TROUBLES.map((action) => liveThrough((vmid) => ({ call: { method, path, vmid }, action }))),
  );
});

test.each(["qmclone", "qmconfig", "resize", "qmstart", "qmstop", "qmdestroy"])(
  "a %s task that finds something locked, and one whose worker dies before it has begun, are repeated",
  async (type) => {
    await Promise.all(
      [LOCK_TIMEOUT, "unexpected status"].map((exitStatus) =>
        liveThrough((vmid) => ({
          task: { type, vmid },
          action: { kind: "fail", exitStatus, when: "before" },
        })),
      ),
    );
  },
);

test("what a killed worker left of a clone is not touched, and how to remove it is told", async () => {
  simulator.control.add([{ task: { type: "qmclone", vmid: 690 }, action: { kind: "die", afterSeconds: 5 } }]);
  const { state, diagnostics } = await apply(null, configure(690));
  expect(state).toBeNull();
  expect(diagnostics[0]?.detail).toContain("qm unlock 690 and qm destroy 690");
});

test("a verdict is not repeated", async () => {
  const before = simulator.tasks().length;
  simulator.control.add([
    {
      task: { type: "qmclone", vmid: 691 },
      action: { kind: "fail", exitStatus: "clone failed: out of space", when: "before" },
    },
  ]);
  const { state, diagnostics } = await apply(null, configure(691));
  expect([state, tasksSince(before)]).toEqual([null, [["qmclone", "clone failed: out of space"]]]);
  expect(diagnostics[0]?.detail).toContain("out of space");
});

test.each([
  ["delete the VM", { method: "DELETE", path: VM }, "VM.Allocate"],
  ["stop it", { method: "POST", path: `${VM}/status/stop` }, "VM.PowerMgmt"],
  ["see it", { method: "GET", path: `${VM}/{sub}` }, "VM.Audit"],
] as const)("a token that may not %s is told so soon, and the VM stays", async (_, call, privilege) => {
  const vmid = (nextId += 1);
  const state = await applied(null, configure(vmid, { startup: true, wait_for: "none" }));
  const message = `Permission check failed (/vms/${vmid}, ${privilege})`;
  const [id] = simulator.control.add([
    { call: { ...call, vmid }, count: "all", action: { kind: "answer", status: 403, message } },
  ]);
  const diagnostics = await QEMU.delete({ state }, context());
  expect(diagnostics).toMatchObject([{ severity: "error" }]);
  expect(diagnostics[0]?.detail).toContain(`pveum acl modify /vms/${vmid}`);
  expect(simulator.control.strikes().filter((strike) => strike.id === id).length).toBeLessThan(6);
  expect(vmOf(vmid).disks).toHaveLength(1);
});

test("a refresh gets through a moment in which Proxmox does not answer", async () => {
  const state = await applied(null, configure(692));
  simulator.control.add([
    { call: { path: `${VM}/pending`, vmid: 692 }, count: 2, action: { kind: "answer", status: 599 } },
  ]);
  expect(await QEMU.read({ state }, context())).toEqual({ state, diagnostics: [] });
});

test("a VM that is still being cloned is deleted by ending its clone", async () => {
  const stop = new AbortController();
  tellRequests((path) => {
    if (path.includes("/clone")) stop.abort();
  });
  const { state } = await applyIn(context(stop.signal), null, configure(693));
  const before = simulator.tasks().length;
  expect(await QEMU.delete({ state: state ?? {} }, context())).toEqual([]);
  expect(traces(693)).toEqual([]);
  expect(simulator.tasks()[before - 1]?.exitStatus).toMatch(/interrupt/);
});

test("a guest is asked to shut down first where it is given time for that", async () => {
  const config = configure(694, { startup: true, shutdown_timeout: "1m" });
  const state = await applied(null, config);
  const before = simulator.tasks().length;
  expect(await QEMU.delete({ state }, context())).toEqual([]);
  expect(tasksSince(before)).toEqual([
    ["qmshutdown", "OK"],
    ["qmdestroy", "OK"],
  ]);
});

test("a change that needs a reboot is in force after it where that is asked for", async () => {
  const config = configure(695, { startup: true, cores: 1, reboot_on_change: true });
  const state = await applied(null, config);
  const before = simulator.tasks().length;
  await applied(state, { ...config, cores: 3 });
  expect(tasksSince(before)).toEqual([
    ["qmconfig", "OK"],
    ["qmreboot", "OK"],
    ["qmstart", "OK"],
  ]);
  expect(vmOf(695)).toMatchObject({ status: "running", pending: {}, config: { cores: "3" } });
});

test("a change that has waited since another run is carried out when a reboot is asked for", async () => {
  const config = configure(696, { startup: true, wait_for: "none", cores: 1 });
  const state = await applied(null, config);
  const changed = await apply(state, { ...config, cores: 3 });
  expect(changed.diagnostics).toMatchObject([{ severity: "warning" }]);
  expect(changed.state).toMatchObject({ cores: 3, reboot_pending: true });
  await applied(changed.state, { ...config, cores: 3, reboot_on_change: true, wait_for: "agent" });
  expect(vmOf(696)).toMatchObject({ pending: {}, config: { cores: "3" } });
});

test("what somebody else changed between plan and apply stays, unless it is configured", async () => {
  const config = configure(697, { cores: 1 });
  const state = await applied(null, config);
  await client.put("/nodes/pve1/qemu/697/config", { cores: 8, description: "theirs" });
  await apply(state, { ...config, memory: 1024 });
  expect(vmOf(697).config).toMatchObject({ cores: "1", memory: "1024", description: "theirs" });
});
