import type { FaultRule, FaultStrike } from "../../../simulator";
import { TestSimulator } from "../client";

describe("incidents", () => {
  let proxmox: TestSimulator;
  const strikes: FaultStrike[] = [];
  const start = async (...faults: FaultRule[]): Promise<void> => {
    proxmox = await TestSimulator.start({
      speed: 1000,
      nodes: ["pve1", "pve2"],
      faults,
      onFault: (strike) => strikes.push(strike),
    });
  };
  afterEach(async () => {
    strikes.length = 0;
    await proxmox.close();
  });
  const happen = (action: FaultRule["action"]): string[] => proxmox.simulator.control.add([{ action }]);
  const vm = (vmid: number) => proxmox.simulator.vms().find((each) => each.vmid === vmid);
  /** Lets simulated time pass. */
  const wait = async (seconds: number): Promise<void> => {
    proxmox.simulator.control.add([
      { id: "wait", call: { path: "/version" }, action: { kind: "delay", seconds } },
    ]);
    await proxmox.call("GET", "/version");
  };

  test("a node goes offline and comes back", async () => {
    await start();
    happen({ kind: "node-offline", node: "pve2", seconds: 600 });
    expect(await proxmox.call("GET", "/nodes/pve2/qemu")).toMatchObject({
      status: 595,
      reason: "No route to host",
      text: "",
    });
    expect((await proxmox.call("GET", "/nodes/pve1/qemu")).status).toBe(200);
    const nodes = await proxmox.data<{ node: string; status: string; mem?: number }[]>("GET", "/nodes");
    expect(nodes.map(({ node, status }) => [node, status])).toEqual([
      ["pve1", "online"],
      ["pve2", "offline"],
    ]);
    await wait(601);
    expect((await proxmox.call("GET", "/nodes/pve2/qemu")).status).toBe(200);
  });

  test("the node that is asked goes offline: nobody answers; a loss of power ends VMs and tasks", async () => {
    await start();
    await proxmox.clone(401);
    await proxmox.task("POST", "/nodes/pve1/qemu/401/status/start");
    await proxmox.data("POST", "/nodes/pve1/qemu/400/clone", { newid: "402", full: "1" });
    happen({ kind: "node-offline", node: "pve1", powerLoss: true, seconds: 600 });
    await expect(proxmox.call("GET", "/version")).rejects.toThrow("socket hang up");
    expect(vm(401)?.status).toBe("stopped");
    while (proxmox.simulator.tasks().at(-1)?.exitStatus === undefined) await new Promise(setImmediate);
    expect(proxmox.simulator.tasks().at(-1)?.exitStatus).toBe("unexpected status");
  });

  test("a storage fills up, for a time", async () => {
    await start();
    happen({ kind: "storage-full", storage: "local-vm-zfs", freeMiB: 10, seconds: 600 });
    const clone = ["POST", "/nodes/pve1/qemu/400/clone", { newid: "401", full: "1" }] as const;
    expect(await proxmox.task(...clone)).toMatch(/^clone failed: .*out of space$/);
    await wait(601);
    expect(await proxmox.task(...clone)).toBe("OK");
  });

  test("a storage that was filled up twice stays full until both have ended", async () => {
    await start();
    happen({ kind: "storage-full", storage: "local-vm-zfs", seconds: 600 });
    happen({ kind: "storage-full", storage: "local-vm-zfs", freeMiB: 10 });
    const avail = async (): Promise<unknown> =>
      (await proxmox.data("GET", "/nodes/pve1/storage/local-vm-zfs/status")).avail;
    expect(await avail()).toBe(0);
    await wait(601);
    expect(await avail()).toBe(10 * 1024 * 1024);
  });

  test("an agent that never comes", async () => {
    await start({ action: { kind: "agent-late", vmid: 401, afterSeconds: "never" } });
    await proxmox.clone(401);
    await proxmox.clone(402);
    for (const vmid of [401, 402]) await proxmox.task("POST", `/nodes/pve1/qemu/${vmid}/status/start`);
    await wait(60);
    expect([vm(401)?.isAgentUp, vm(402)?.isAgentUp]).toEqual([false, true]);
  });

  test("a lock in the configuration, for a time", async () => {
    await start();
    await proxmox.clone(401);
    happen({ kind: "vm-lock", vmid: 401, seconds: 600 });
    const change = ["PUT", "/nodes/pve1/qemu/401/config", { cores: "3" }] as const;
    expect((await proxmox.call(...change)).reason).toBe("VM is locked (backup)");
    await wait(601);
    expect((await proxmox.call(...change)).status).toBe(200);
  });

  test("a lock file that is held", async () => {
    await start();
    await proxmox.clone(401);
    happen({ kind: "vm-lock-file", vmid: 401, seconds: 600 });
    const change = ["PUT", "/nodes/pve1/qemu/401/config", { cores: "3" }] as const;
    expect((await proxmox.call(...change)).reason).toBe(
      "can't lock file '/var/lock/qemu-server/lock-401.conf' - got timeout",
    );
    happen({ kind: "storage-lock-file", storage: "local-vm-zfs", seconds: 600 });
    expect(await proxmox.task("POST", "/nodes/pve1/qemu/400/clone", { newid: "402", full: "1" })).toBe(
      "clone failed: can't lock file '/var/lock/pve-manager/pve-storage-local-vm-zfs' - got timeout",
    );
  });

  test("somebody changes, stops and removes a VM before a call is carried out", async () => {
    await start();
    await proxmox.clone(401);
    await proxmox.task("POST", "/nodes/pve1/qemu/401/status/start");
    const before = (action: FaultRule["action"]): void => {
      proxmox.simulator.control.add([{ call: { path: "/nodes/{node}/qemu/{vmid}/config" }, action }]);
    };
    before({ kind: "change-vm", vmid: 401, set: { name: "other", delete: "ipconfig0" } });
    expect((await proxmox.config(401)).name).toBe("other");
    before({ kind: "stop-vm", vmid: 401 });
    await proxmox.config(401);
    expect(vm(401)?.status).toBe("stopped");
    before({ kind: "remove-vm", vmid: 401 });
    await expect(proxmox.config(401)).rejects.toThrow("does not exist");
    expect(proxmox.simulator.volumes().filter(({ vmid }) => vmid === 401)).toEqual([]);
  });

  test("somebody moves a VM to another node, with its disks", async () => {
    await start();
    await proxmox.clone(401);
    await proxmox.task("POST", "/nodes/pve1/qemu/401/status/start");
    const volumes = proxmox.simulator.volumes();
    happen({ kind: "migrate-vm", vmid: 401, node: "pve2" });
    expect(vm(401)).toMatchObject({ node: "pve2", status: "running" });
    expect((await proxmox.call("GET", "/nodes/pve1/qemu/401/config")).status).toBe(500);
    expect((await proxmox.call("GET", "/nodes/pve2/qemu/401/config")).status).toBe(200);
    expect(proxmox.simulator.volumes()).toHaveLength(volumes.length);
    expect(vm(401)?.disks).toMatchObject([{ key: "scsi0", isBootable: true }]);
  });

  test("what cannot come about says why", async () => {
    await start();
    happen({ kind: "stop-vm", vmid: 999 });
    happen({ kind: "change-vm", vmid: 400, set: { delete: "nonsense" } });
    expect(strikes).toMatchObject([
      { kind: "stop-vm", subject: "at once", problem: "there is no VM 999" },
      { kind: "change-vm", problem: expect.stringMatching(/unknown option 'nonsense'/) as string },
    ]);
  });
});
