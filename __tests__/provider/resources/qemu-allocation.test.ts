import type { ObjectValue } from "../../../provider/plugin/value";
import { QEMU } from "../../../provider/resources/qemu";
import {
  applied,
  apply,
  applyIn,
  configure,
  context,
  GIB,
  planResult,
  simulator,
  tellRequests,
  traces,
  vmOf,
} from "../../support/simulated-qemu";

afterEach(() => {
  simulator.control.clear();
});

const DISKS = { scsi0: "local-vm-zfs:4", scsi1: "local-vm-zfs:3", scsi2: "local-vm-zfs:2" };
const CONFIG_CALL = { method: "POST", path: "/nodes/{node}/qemu/{vmid}/config" } as const;

/** Exactly the disks that were asked for, and no volume beside them. */
function expectDisks(vmid: number): void {
  const { disks, config, pending } = vmOf(vmid);
  expect(disks.map(({ key, sizeBytes }) => [key, sizeBytes / GIB])).toEqual([
    ["scsi0", 4],
    ["scsi1", 3],
    ["scsi2", 2],
  ]);
  expect([pending, Object.keys(config).filter((key) => key.startsWith("unused"))]).toEqual([{}, []]);
  const cloudInit = config["ide2"]?.split(",")[0];
  const named = [...disks.map(({ volumeId }) => volumeId), cloudInit];
  const volumes = simulator.volumes().filter((volume) => volume.vmid === vmid);
  expect(volumes.map(({ volumeId }) => volumeId).sort()).toEqual(named.sort());
}

/** A run that is killed as soon as Proxmox has taken up the call that makes the disks. */
async function killedAtAllocation(config: ObjectValue): Promise<void> {
  const kill = new AbortController();
  tellRequests((path) => {
    if (path.endsWith("/config") && simulator.tasks().at(-1)?.type === "qmconfig") kill.abort();
  });
  await applyIn(context(kill.signal), null, config);
  expect(kill.signal.aborted).toBe(true);
  tellRequests(() => undefined);
}

test("a call for disks whose answer was lost is looked after, and not sent again", async () => {
  simulator.control.add([{ call: { ...CONFIG_CALL, vmid: 800 }, action: { kind: "drop", when: "after" } }]);
  await applied(null, configure(800, DISKS));
  expectDisks(800);
  expect(simulator.tasks().filter(({ type, vmid }) => type === "qmconfig" && vmid === 800)).toHaveLength(1);
});

test.each([
  [801, "before", 60],
  [802, "after", 60],
  [803, "before", 5],
] as const)(
  "VM %i: a run is killed while Proxmox makes the disks, and the next makes none a second time (%s, %i s)",
  async (vmid, when, seconds) => {
    const config = configure(vmid, DISKS);
    simulator.control.add([{ task: { type: "qmconfig", vmid }, action: { kind: "delay", seconds, when } }]);
    await killedAtAllocation(config);
    const { diagnostics } = await planResult(null, config, context());
    expect(diagnostics).toMatchObject([
      { severity: "warning", summary: expect.stringContaining("was left half made") as string },
    ]);
    await applied(null, config);
    expectDisks(vmid);
  },
);

test("a run is killed after the disks were made, and the next one grows what is asked for by then", async () => {
  await killedAtAllocation(configure(804, { ...DISKS, scsi1: "local-vm-zfs:1" }));
  await applied(null, configure(804, DISKS));
  expectDisks(804);
});

test.each([
  ["scsi1", "local-vm-zfs:1", /its disk scsi1 is local-vm-zfs:3, and local-vm-zfs:1 is asked for/],
  ["scsi2", "other:2", /its disk scsi2 is local-vm-zfs:2, and other:2 is asked for/],
])("an unfinished VM whose disk does not fit any more is told so: %s = %s", async (device, asked, said) => {
  const vmid = device === "scsi1" ? 805 : 806;
  await applyIn(context(), null, configure(vmid, DISKS));
  const before = vmOf(vmid);
  const { state, diagnostics } = await apply(null, configure(vmid, { ...DISKS, [device]: asked }));
  expect([state, vmOf(vmid)]).toEqual([null, before]);
  expect(diagnostics[0]?.detail).toMatch(said);
});

test.each([
  [807, "before"],
  [808, "after"],
] as const)("VM %i: disks that could not be made leave nothing behind (%s the work)", async (vmid, when) => {
  const action = { kind: "fail", exitStatus: "zfs error: out of space", when } as const;
  simulator.control.add([{ task: { type: "qmconfig", vmid }, action }]);
  const { state, diagnostics } = await apply(null, configure(vmid, DISKS));
  expect(diagnostics[0]?.detail).toContain("The storage is full");
  expect(await QEMU.delete({ state: state ?? {} }, context())).toEqual([]);
  expect(traces(vmid)).toEqual([]);
  await applied(null, configure(vmid, DISKS));
  expectDisks(vmid);
});

test("a disk that is added to a VM is made once, whatever becomes of the answer", async () => {
  const config = configure(809, { ...DISKS, startup: true, wait_for: "none" });
  const created = await applied(null, { ...config, scsi2: null });
  simulator.control.add([{ call: { ...CONFIG_CALL, vmid: 809 }, action: { kind: "drop", when: "after" } }]);
  await applied(created, config);
  expectDisks(809);
});
