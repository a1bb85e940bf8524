import { type FaultRule, type FaultStrike } from "../../../simulator";
import { TestSimulator } from "../client";

const CLONE = { method: "POST", path: "/nodes/{node}/qemu/{vmid}/clone" } as const;
const cloneTo = (vmid: number) => ["POST", "/nodes/pve1/qemu/400/clone", { newid: String(vmid) }] as const;

describe("faults of calls", () => {
  let proxmox: TestSimulator;
  const strikes: FaultStrike[] = [];
  const start = async (...faults: FaultRule[]): Promise<void> => {
    proxmox = await TestSimulator.start({ faults, onFault: (strike) => strikes.push(strike) });
  };
  afterEach(async () => {
    strikes.length = 0;
    await proxmox.close();
  });
  const vmIds = (): number[] => proxmox.simulator.vms().map(({ vmid }) => vmid);

  test("an answer before the effect: nothing has happened", async () => {
    await start({ call: CLONE, action: { kind: "answer", status: 500, message: "got no worker upid" } });
    expect(await proxmox.call(...cloneTo(401))).toMatchObject({
      status: 500,
      reason: "got no worker upid",
      body: { data: null, message: "got no worker upid\n" },
    });
    expect(proxmox.simulator.tasks()).toEqual([]);
    expect((await proxmox.call(...cloneTo(401))).status).toBe(200);
  });

  test("an answer after the effect: the task runs, and the caller does not learn of it", async () => {
    await start({ call: CLONE, action: { kind: "answer", status: 596, when: "after" } });
    expect(await proxmox.call(...cloneTo(401))).toMatchObject({
      status: 596,
      reason: "Connection timed out",
      text: "",
    });
    expect(proxmox.simulator.tasks()).toMatchObject([{ type: "qmclone", vmid: 400 }]);
  });

  test.each([
    ["before", 0],
    ["after", 1],
  ] as const)("a connection dropped %s the effect", async (when, tasks) => {
    await start({ call: CLONE, action: { kind: "drop", when } });
    await expect(proxmox.call(...cloneTo(401))).rejects.toThrow("socket hang up");
    expect(proxmox.simulator.tasks()).toHaveLength(tasks);
    expect(proxmox.simulator.requests().map(({ status }) => status)).toEqual([0]);
  });

  test("half an answer", async () => {
    await start({ call: { path: "/version" }, action: { kind: "half-answer" } });
    await expect(proxmox.call("GET", "/version")).rejects.toThrow("aborted");
    expect((await proxmox.call("GET", "/version")).status).toBe(200);
  });

  test("a delay is in simulated seconds", async () => {
    await start({ call: {}, action: { kind: "delay", seconds: 200 } });
    const startMs = performance.now();
    await proxmox.call("GET", "/version");
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(99);
  });

  test("strikes from the nth match on, as often as it says", async () => {
    await start({
      id: "flaky",
      call: { path: "/version" },
      nth: 2,
      count: 2,
      action: { kind: "answer", status: 595 },
    });
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await proxmox.call("GET", "/version")).status);
    expect(statuses).toEqual([200, 595, 595, 200]);
    await proxmox.call("GET", "/nodes");
    expect(proxmox.simulator.control.faults()).toMatchObject([{ id: "flaky", matches: 4, strikes: 2 }]);
    expect(strikes).toEqual(proxmox.simulator.control.strikes());
    expect(strikes).toEqual([1, 2].map(() => ({ id: "flaky", kind: "answer", subject: "GET /version" })));
  });

  test("picks calls by VM: of the path, of a clone, and of a task", async () => {
    await start({ id: "of-401", call: { vmid: 401 }, count: "all", action: { kind: "note" } });
    const upid = String((await proxmox.call(...cloneTo(401))).body?.data);
    await proxmox.outcome(upid);
    await proxmox.call("GET", "/nodes/pve1/qemu/401/config");
    await proxmox.call("GET", "/nodes/pve1/qemu/400/config");
    expect([...new Set(strikes.map(({ subject }) => subject.replace(/UPID.*(?=.status)/, "UPID")))]).toEqual([
      "POST /nodes/pve1/qemu/400/clone",
      "GET /nodes/pve1/tasks/UPID/status",
      "GET /nodes/pve1/qemu/401/config",
    ]);
    expect(vmIds()).toEqual([400, 401]);
  });

  test("faults that are added and removed while it runs", async () => {
    await start();
    const { control } = proxmox.simulator;
    const [id = ""] = control.add([{ call: {}, count: "all", action: { kind: "answer", status: 503 } }]);
    expect((await proxmox.call("GET", "/version")).text).toBe("Service Unavailable");
    expect([control.remove(id), control.remove(id)]).toEqual([true, false]);
    expect((await proxmox.call("GET", "/version")).status).toBe(200);
  });
});
