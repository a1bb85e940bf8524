import type { FaultRule, TaskSnapshot } from "../../../simulator";
import { TestSimulator } from "../client";

describe("faults of tasks", () => {
  let proxmox: TestSimulator;
  const start = async (...faults: FaultRule[]): Promise<void> => {
    proxmox = await TestSimulator.start({ faults });
  };
  afterEach(async () => {
    await proxmox.close();
  });
  const vmIds = (): number[] => proxmox.simulator.vms().map(({ vmid }) => vmid);
  /** The UPID of a clone that has begun. */
  const begin = (vmid: number): Promise<string> =>
    proxmox.data<string>("POST", "/nodes/pve1/qemu/400/clone", { newid: String(vmid), full: "1" });
  const clone = async (vmid: number): Promise<TaskSnapshot | undefined> => {
    const upid = await begin(vmid);
    await proxmox.outcome(upid);
    return proxmox.simulator.tasks().find((task) => task.upid === upid);
  };

  test.each([
    ["before", [400]],
    ["after", [400, 401]],
  ] as const)("fails %s its effect, with the text it is told", async (when, left) => {
    const exitStatus = "clone failed: out of luck";
    await start({ task: { type: "qmclone" }, action: { kind: "fail", exitStatus, when } });
    const task = await clone(401);
    expect([task?.exitStatus, task?.log.at(-1)]).toEqual([exitStatus, `TASK ERROR: ${exitStatus}`]);
    expect(vmIds()).toEqual(left);
  });

  test("is for the tasks of one VM: the new one of a clone, too", async () => {
    await start({ task: { vmid: 402 }, action: { kind: "fail", exitStatus: "no" } });
    expect([(await clone(401))?.exitStatus, (await clone(402))?.exitStatus]).toEqual(["OK", "no"]);
  });

  test("ends with a warning", async () => {
    await start({ task: {}, action: { kind: "warn", text: "disk is warm" } });
    const task = await clone(401);
    expect(task?.exitStatus).toBe("WARNINGS: 1");
    expect(task?.log.slice(-2)).toEqual(["WARN: disk is warm", "TASK WARNINGS: 1"]);
    expect(vmIds()).toEqual([400, 401]);
  });

  test("dies midway: a clone leaves its VM and its disk behind, locked", async () => {
    await start({ task: { type: "qmclone" }, action: { kind: "die", afterSeconds: 5 } });
    const task = await clone(401);
    expect(task?.exitStatus).toBe("unexpected status");
    expect(task?.log.join("\n")).not.toMatch(/TASK/);
    expect(proxmox.simulator.vms()).toMatchObject([{ vmid: 400 }, { vmid: 401, config: { lock: "clone" } }]);
    expect(proxmox.simulator.volumes().filter(({ vmid }) => vmid === 401)).toHaveLength(2);
    expect(await proxmox.task("DELETE", "/nodes/pve1/qemu/401")).toBe("VM is locked (clone)");
  });

  test("hangs until it is stopped, and then cleans up", async () => {
    await start({ task: { type: "qmclone" }, action: { kind: "hang", afterSeconds: 5 } });
    const upid = await begin(401);
    const path = `/nodes/pve1/tasks/${encodeURIComponent(upid)}`;
    // By the simulated clock, this takes longer than a clone.
    proxmox.simulator.control.add([{ call: { path: "/version" }, action: { kind: "delay", seconds: 60 } }]);
    await proxmox.call("GET", "/version");
    expect((await proxmox.call("GET", `${path}/status`)).body?.data).toMatchObject({ status: "running" });
    expect(proxmox.simulator.vms()).toMatchObject([{ vmid: 400 }, { vmid: 401, config: { lock: "clone" } }]);
    await proxmox.call("DELETE", path);
    expect(proxmox.simulator.tasks()[0]?.exitStatus).toMatch(/^clone failed: .*interrupted by signal$/);
    expect(vmIds()).toEqual([400]);
  });

  test("a late task", async () => {
    await start({ task: {}, action: { kind: "delay", seconds: 1000 } });
    const { startMs = 0, endMs = 0 } = (await clone(401)) ?? {};
    expect(endMs - startMs).toBeGreaterThanOrEqual(500);
  });
});
