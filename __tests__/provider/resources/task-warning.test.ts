import { QEMU } from "../../../provider/resources/qemu";
import {
  applied,
  apply,
  configure,
  context,
  simulator,
  tasksSince,
  traces,
} from "../../support/simulated-qemu";

afterEach(() => {
  simulator.control.clear();
});

const DISK = "local-vm-zfs:vm-660-disk-0";

test("a disk that could not be removed is told, with how to remove it by hand", async () => {
  const state = await applied(null, configure(660));
  const text = `Could not remove disk '${DISK}', check manually: dataset is busy`;
  simulator.control.add([{ task: { type: "qmdestroy", vmid: 660 }, action: { kind: "warn", text } }]);
  const diagnostics = await QEMU.delete({ state }, context());
  expect(diagnostics).toMatchObject([
    { severity: "warning", summary: "VM 660 (vm-660) on node pve1 was deleted, with warnings" },
  ]);
  const detail = diagnostics[0]?.detail;
  expect(detail).toMatch(/^Task: UPID:pve1:.*:qmdestroy:660:/);
  expect(detail).toContain(`  WARN: ${text}`);
  expect(detail).toContain(`by hand, on node pve1 as root:\n  pvesm free ${DISK}`);
  expect(traces(660)).toEqual([]);
});

test("a clone that warns is made, and what it warned of is told", async () => {
  const before = simulator.tasks().length;
  const action = { kind: "warn", text: "could not copy the notes" } as const;
  simulator.control.add([{ task: { type: "qmclone", vmid: 661 }, action }]);
  const { state, diagnostics } = await apply(null, configure(661));
  expect(tasksSince(before)).toEqual([["qmclone", "WARNINGS: 1"]]);
  expect(state).toMatchObject({ id: "pve1/661" });
  expect(diagnostics).toMatchObject([
    {
      severity: "warning",
      summary: "VM 661 (vm-661) was cloned, with warnings",
      detail: expect.stringContaining("  WARN: could not copy the notes") as string,
    },
  ]);
  expect(diagnostics[0]?.detail).not.toContain("by hand");
});
