import { UNKNOWN, type ObjectValue } from "../../../provider/plugin/value";
import { planQemu } from "../../../provider/resources/qemu-plan";

const PRIOR: ObjectValue = {
  id: "pve1/401",
  vmid: 401,
  name: "rancher-manager-1",
  node: "pve1",
  clone: 400,
  scsi0: "local-vm-zfs:20",
  ipconfig0: "ip=192.168.1.100/24,gw=192.168.1.1",
  ipv4_address: "192.168.1.100",
};

function planUpdate(changes: ObjectValue, prior = PRIOR): ReturnType<typeof planQemu> {
  const planned = { ...prior, ...changes };
  return planQemu({ prior, planned, config: planned });
}

test("a static address is known before the VM is made, one from DHCP is not", () => {
  const planned: ObjectValue = { ...PRIOR, id: UNKNOWN, ipv4_address: UNKNOWN };
  expect(planQemu({ prior: null, planned, config: PRIOR }).planned["ipv4_address"]).toBe("192.168.1.100");
  const dhcp: ObjectValue = { ...planned, ipconfig0: "ip=dhcp" };
  expect(planQemu({ prior: null, planned: dhcp, config: dhcp }).planned["ipv4_address"]).toBe(UNKNOWN);
});

test("a VM without template is refused before anything is made", () => {
  const { diagnostics } = planQemu({ prior: null, planned: PRIOR, config: { ...PRIOR, clone: null } });
  expect(diagnostics).toMatchObject([{ severity: "error", attribute: ["clone"] }]);
});

test("a larger disk grows in place", () => {
  expect(planUpdate({ scsi0: "local-vm-zfs:40" })).toMatchObject({ requiresReplace: [], diagnostics: [] });
});

test("a smaller disk is refused with both sizes", () => {
  const { diagnostics, requiresReplace } = planUpdate({ scsi0: "local-vm-zfs:10" });
  expect(diagnostics?.[0]?.detail).toMatch(/20 GiB.*10 GiB/);
  expect(requiresReplace).toEqual([]);
});

test("another storage replaces the VM", () => {
  expect(planUpdate({ scsi0: "local-zfs:20" }).requiresReplace).toEqual(["scsi0"]);
});

test("a boot disk that is gone is not silently re-made", () => {
  const { diagnostics } = planUpdate({ scsi0: "local-vm-zfs:20" }, { ...PRIOR, scsi0: null });
  expect(diagnostics?.[0]?.detail).toContain("unused disk");
});

test("another node replaces the VM, except where it already is there", () => {
  expect(planUpdate({ node: "pve2" }).requiresReplace).toEqual(["node"]);
  expect(planUpdate({ node: "pve2" }, { ...PRIOR, id: "pve2/401" }).requiresReplace).toEqual([]);
});

test("another address changes the output with it", () => {
  expect(planUpdate({ ipconfig0: "ip=192.168.1.120/24" }).planned["ipv4_address"]).toBe("192.168.1.120");
  expect(planUpdate({ ipconfig0: "ip=dhcp" }).planned["ipv4_address"]).toBe(UNKNOWN);
  expect(planUpdate({ name: "other" }).planned["ipv4_address"]).toBe("192.168.1.100");
});

test("a smaller disk is no fault where the VM is made anew anyway", () => {
  expect(planUpdate({ scsi0: "local-vm-zfs:10", vmid: 402 }).diagnostics).toEqual([]);
  expect(planUpdate({ scsi0: "local-vm-zfs:10", node: "pve2" }).diagnostics).toEqual([]);
});

test("values that are not known yet are no replacement, and a disk among them is worth a warning", () => {
  expect(planUpdate({ scsi0: UNKNOWN, ipconfig0: UNKNOWN })).toMatchObject({
    requiresReplace: [],
    diagnostics: [{ severity: "warning", attribute: ["scsi0"] }],
    planned: { scsi0: UNKNOWN, ipconfig0: UNKNOWN, ipv4_address: UNKNOWN },
  });
});
