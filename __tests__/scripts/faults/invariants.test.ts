import { Baseline, Identities, settledViolations } from "../../../scripts/faults/invariants";
import type { WantedVm } from "../../../scripts/faults/stack-file";
import type { FaultRule } from "../../../simulator";
import { TestSimulator } from "../../simulator/client";

const WANTED: WantedVm = {
  vmid: 401,
  name: "ours",
  cores: 2,
  memory: 2048,
  scsi0: "local-vm-zfs:20",
  ipconfig0: "ip=192.168.1.100/24",
  nameserver: "192.168.1.1",
};

describe("what a trial checks", () => {
  let proxmox: TestSimulator;
  let baseline: Baseline;
  const identities = new Identities();
  const happen = (action: FaultRule["action"]): void => void proxmox.simulator.control.add([{ action }]);
  const set = (config: Record<string, string>): void => {
    happen({ kind: "change-vm", vmid: 401, set: config });
  };
  const agentUp = async (): Promise<void> => {
    while (proxmox.simulator.vms().find(({ vmid }) => vmid === 401)?.isAgentUp !== true) {
      await new Promise(setImmediate);
    }
  };
  const violations = (wanted = WANTED): string[] => settledViolations(proxmox.simulator, baseline, [wanted]);

  beforeEach(async () => {
    proxmox = await TestSimulator.start({
      vms: [{ vmid: 300, config: { name: "theirs", scsi0: "local-vm-zfs:vm-300-disk-0,size=8G" } }],
    });
    baseline = new Baseline(proxmox.simulator);
    await proxmox.clone(401, { name: "ours" });
    const { cores, memory, ipconfig0, nameserver } = WANTED;
    set({ cores: String(cores), memory: String(memory), ipconfig0, nameserver });
    await proxmox.task("PUT", "/nodes/pve1/qemu/401/resize", { disk: "scsi0", size: "20G" });
    await proxmox.task("POST", "/nodes/pve1/qemu/401/status/start");
    await agentUp();
  });
  afterEach(async () => {
    await proxmox.close();
  });

  test("nothing is wrong where all is as it is to be", () => {
    expect(violations()).toEqual([]);
  });

  test.each<[what: string, action: FaultRule["action"], complaint: RegExp]>([
    ["a VM that is missing", { kind: "remove-vm", vmid: 401 }, /VM 401 does not exist/],
    ["a VM that is off", { kind: "stop-vm", vmid: 401 }, /VM 401: status is stopped, and was to be running/],
    ["a lock", { kind: "vm-lock", vmid: 401 }, /VM 401: lock is backup, and was to be undefined/],
    [
      "a setting",
      { kind: "change-vm", vmid: 401, set: { cores: "7" } },
      /VM 401: cores is 7, and was to be 2/,
    ],
    [
      "somebody else's VM, changed",
      { kind: "change-vm", vmid: 300, set: { cores: "7" } },
      /VM 300 .* touched/,
    ],
    ["somebody else's VM, gone", { kind: "remove-vm", vmid: 300 }, /VM 300 .* became nothing/],
    ["the template, changed", { kind: "change-vm", vmid: 400, set: { cores: "7" } }, /VM 400 .* touched/],
  ])("%s", (_, action, complaint) => {
    happen(action);
    expect(violations().join("\n")).toMatch(complaint);
  });

  test("a task on somebody else's VM that leaves no trace on it", async () => {
    await proxmox.task("POST", "/nodes/pve1/qemu/300/status/start");
    await proxmox.task("POST", "/nodes/pve1/qemu/300/status/stop");
    const texts = violations().join("\n");
    expect(texts).toMatch(/^VM 300 is not ours and had a task: UPID:.*:qmstart:300:/m);
    expect(texts).toMatch(/^VM 300 is not ours and had a task: UPID:.*:qmstop:300:/m);
    expect(texts).not.toMatch(/touched/);
  });

  test.each<["DELETE" | "PUT", path: string, whose: string]>([
    ["DELETE", "/nodes/pve1/qemu/300", "somebody else's VM"],
    ["PUT", "/nodes/pve1/qemu/400/config", "the template"],
  ])("%s %s, refused: %s", async (method, path) => {
    proxmox.simulator.control.add([{ call: { method }, action: { kind: "answer", status: 500 } }]);
    await proxmox.call(method, path);
    expect(violations()).toEqual([`${method} /api2/json${path} (500) is about a VM that is not ours`]);
  });

  test("reading somebody else's VM is allowed", async () => {
    await proxmox.data("GET", "/nodes/pve1/qemu/300/config");
    expect(violations()).toEqual([]);
  });

  test("a mark that is left in a description", () => {
    set({ description: `ours\n\n[Made by Terraform, not in its state yet: ${"a".repeat(32)}]` });
    expect(violations()).toEqual([`VM 401: mark is ${"a".repeat(32)}, and was to be undefined`]);
  });

  test("a value that waits for a reboot counts, until there was one", async () => {
    await proxmox.task("POST", "/nodes/pve1/qemu/401/config", { cores: "3" });
    expect(violations()).toEqual(["VM 401: cores is 3, and was to be 2"]);
    expect(violations({ ...WANTED, cores: 3 })).toEqual([]);
    expect(violations({ ...WANTED, cores: 3, reboot_on_change: true })).toEqual([
      "VM 401: what waits in spite of a reboot is cores, and was to be ",
    ]);
    await proxmox.task("POST", "/nodes/pve1/qemu/401/status/reboot");
    await agentUp();
    expect(violations()).toEqual(["VM 401: cores is 3, and was to be 2"]);
    set({ cores: "2" });
    expect(violations()).toEqual(["VM 401: what waits in spite of a reboot is cores, and was to be "]);
  });

  test("a VM that nobody asked for", async () => {
    await proxmox.clone(402, { name: "surplus" });
    expect(violations()).toEqual(["VM 402 (surplus) exists and is not asked for"]);
  });

  test("a volume that no VM names", () => {
    const stray = { volumeId: "local-vm-zfs:vm-401-disk-1", vmid: 401, sizeBytes: 1 };
    const simulator = { ...proxmox.simulator, volumes: () => [...proxmox.simulator.volumes(), stray] };
    expect(settledViolations(simulator, baseline, [WANTED])).toEqual([
      "volume local-vm-zfs:vm-401-disk-1 is left behind",
    ]);
  });

  test("a disk that is detached", async () => {
    await proxmox.task("POST", "/nodes/pve1/qemu/401/status/stop");
    set({ scsi0: "local-vm-zfs:20" });
    const texts = violations().join("\n");
    expect(texts).toMatch(/disks is scsi0:\d+,unused0/);
    expect(texts).toMatch(/boot disk's system is false/);
    set({ delete: "scsi0" });
    expect(violations().join("\n")).toMatch(/disks is unused0:20,unused1/);
  });

  test("a data disk or a card that is missing", () => {
    const texts = violations({ ...WANTED, scsi1: "local-vm-zfs:5", net1: "virtio,bridge=vmbr0" }).join("\n");
    expect(texts).toMatch(/disks is scsi0:20, and was to be scsi0:20,scsi1:5/);
    expect(texts).toMatch(/second card is false/);
  });

  test("a task that still runs", async () => {
    proxmox.simulator.control.add([{ task: {}, action: { kind: "hang" } }]);
    await proxmox.data("POST", "/nodes/pve1/qemu/401/status/stop");
    expect(violations().join("\n")).toMatch(/^task UPID:.*qmstop.* still runs$/m);
  });

  test("a VM that was whole must stay the machine that it was", async () => {
    const inState = [{ vmid: 401, isTainted: false }];
    expect(identities.violations(proxmox.simulator, inState)).toEqual([]);
    expect(identities.violations(proxmox.simulator, [{ vmid: 401, isTainted: true }])).toEqual([
      "VM 401 was whole, and is now tainted or no longer in state",
    ]);
    expect(identities.violations(proxmox.simulator, inState)).toEqual([]);
    happen({ kind: "remove-vm", vmid: 401 });
    expect(identities.violations(proxmox.simulator, inState)).toContain(
      "VM 401 is in state and does not exist",
    );
    await proxmox.clone(401);
    expect(identities.violations(proxmox.simulator, inState)).toEqual([]);
    happen({ kind: "remove-vm", vmid: 401 });
    await proxmox.clone(401);
    expect(identities.violations(proxmox.simulator, inState)).toEqual(["VM 401 was made anew without need"]);
  });
});
