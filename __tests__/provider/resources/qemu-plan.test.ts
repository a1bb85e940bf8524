import type { PlanResult } from "../../../provider/plugin/provider";
import { UNKNOWN, type ObjectValue } from "../../../provider/plugin/value";
import { planQemu } from "../../../provider/resources/qemu-plan";

const PRIOR: ObjectValue = {
  id: "pve1/401",
  vmid: 401,
  name: "rancher-manager-1",
  node: "pve1",
  clone: 400,
  net0: "virtio,bridge=vmbr0",
  scsi0: "local-vm-zfs:20",
  ipconfig0: "ip=192.168.1.100/24,gw=192.168.1.1",
  ipv4_address: "192.168.1.100",
};

async function planUpdate(changes: ObjectValue, prior = PRIOR): Promise<PlanResult> {
  const planned = { ...prior, ...changes };
  return await planQemu({ prior, planned, config: planned });
}

test("a static address is known before the VM is made, one from DHCP is not", async () => {
  const planned: ObjectValue = { ...PRIOR, id: UNKNOWN, ipv4_address: UNKNOWN };
  expect((await planQemu({ prior: null, planned, config: PRIOR })).planned["ipv4_address"]).toBe(
    "192.168.1.100",
  );
  const dhcp: ObjectValue = { ...planned, ipconfig0: "ip=dhcp" };
  expect((await planQemu({ prior: null, planned: dhcp, config: dhcp })).planned["ipv4_address"]).toBe(
    UNKNOWN,
  );
});

test("a VM without template is refused before anything is made", async () => {
  const { diagnostics } = await planQemu({ prior: null, planned: PRIOR, config: { ...PRIOR, clone: null } });
  expect(diagnostics).toMatchObject([{ severity: "error", attribute: ["clone"] }]);
});

test("a static IPv6 address is known before the VM is made, and so is that it gets none", async () => {
  const addressFor = async (ipconfig0: ObjectValue[string]): Promise<unknown> => {
    const planned: ObjectValue = { ...PRIOR, ipconfig0, ipv6_address: UNKNOWN };
    return (await planQemu({ prior: null, planned, config: planned })).planned["ipv6_address"];
  };
  expect(await addressFor("ip=192.168.1.100/24,ip6=fd00::100/64")).toBe("fd00::100");
  expect(await addressFor("ip=192.168.1.100/24")).toBeNull();
  expect(await addressFor("ip=192.168.1.100/24,ip6=auto")).toBe(UNKNOWN);
  expect(await addressFor(UNKNOWN)).toBe(UNKNOWN);
});

test("a data disk never replaces the VM, and one that is known only later is worth a warning", async () => {
  const prior = { ...PRIOR, scsi1: "fast:50" };
  for (const [scsi1, severity] of [
    ["slow:50", "error"],
    ["fast:40", "error"],
    ["", "warning"],
    [UNKNOWN, "warning"],
  ] as const) {
    expect(await planUpdate({ scsi1 }, prior)).toMatchObject({
      requiresReplace: [],
      diagnostics: [{ severity, attribute: ["scsi1"] }],
    });
  }
  // A VM that is made anew gets whatever disk is asked for.
  expect((await planUpdate({ scsi1: "slow:50", vmid: 402 }, prior)).diagnostics).toMatchObject([
    { severity: "warning", attribute: ["vmid"] },
  ]);
});

test("addresses for a card that the VM does not have are refused", async () => {
  const { diagnostics } = await planUpdate({ ipconfig1: "ip=dhcp" });
  expect(diagnostics).toMatchObject([{ severity: "error", attribute: ["ipconfig1"] }]);
  expect((await planUpdate({ ipconfig1: "ip=dhcp", net1: "virtio,bridge=vmbr1" })).diagnostics).toEqual([]);
  expect((await planUpdate({ ipconfig1: "ip=dhcp", net1: UNKNOWN })).diagnostics).toEqual([]);
});

test("a larger disk grows in place", async () => {
  expect(await planUpdate({ scsi0: "local-vm-zfs:40" })).toMatchObject({
    requiresReplace: [],
    diagnostics: [],
  });
});

test("a smaller disk is refused with both sizes", async () => {
  const { diagnostics, requiresReplace } = await planUpdate({ scsi0: "local-vm-zfs:10" });
  expect(diagnostics?.[0]?.detail).toMatch(/20 GiB.*10 GiB/);
  expect(requiresReplace).toEqual([]);
});

test("another storage replaces the VM", async () => {
  expect((await planUpdate({ scsi0: "local-zfs:20" })).requiresReplace).toEqual(["scsi0"]);
});

test("a boot disk that is gone is not silently re-made", async () => {
  const { diagnostics } = await planUpdate({ scsi0: "local-vm-zfs:20" }, { ...PRIOR, scsi0: null });
  expect(diagnostics?.[0]?.detail).toContain("unused disk");
});

test("another node replaces the VM, except where it already is there", async () => {
  expect((await planUpdate({ node: "pve2" })).requiresReplace).toEqual(["node"]);
  expect((await planUpdate({ node: "pve2" }, { ...PRIOR, id: "pve2/401" })).requiresReplace).toEqual([]);
});

test("another template replaces the VM, except where it comes with the node that the VM was migrated to", async () => {
  expect((await planUpdate({ clone: 410 })).requiresReplace).toEqual(["clone"]);
  expect((await planUpdate({ clone: UNKNOWN })).requiresReplace).toEqual(["clone"]);
  const migrated = { ...PRIOR, id: "pve2/401" };
  expect((await planUpdate({ clone: 410 }, migrated)).requiresReplace).toEqual(["clone"]);
  expect(await planUpdate({ node: "pve2", clone: 410 }, migrated)).toMatchObject({
    planned: { node: "pve2", clone: 410 },
    requiresReplace: [],
    diagnostics: [
      { severity: "warning", attribute: ["clone"], summary: expect.stringMatching(/is kept/) as string },
    ],
  });
  expect((await planUpdate({ node: "pve3", clone: 410 }, migrated)).requiresReplace).toEqual([
    "node",
    "clone",
  ]);
  const elsewhere = await planUpdate({ node: "pve2", clone: 410, scsi0: "other:20" }, migrated);
  expect(elsewhere.requiresReplace).toEqual(["scsi0"]);
  expect(elsewhere.diagnostics).toMatchObject([{ attribute: ["scsi0"] }]);
});

test("an imported VM takes its template from the configuration without a word", async () => {
  for (const id of ["pve1/401", "pve2/401"])
    expect(
      await planUpdate({ node: id.slice(0, 4), clone: 410 }, { ...PRIOR, id, clone: null }),
    ).toMatchObject({
      requiresReplace: [],
      diagnostics: [],
    });
});

test("another address changes the output with it", async () => {
  expect((await planUpdate({ ipconfig0: "ip=192.168.1.120/24" })).planned["ipv4_address"]).toBe(
    "192.168.1.120",
  );
  expect((await planUpdate({ ipconfig0: "ip=dhcp" })).planned["ipv4_address"]).toBe(UNKNOWN);
  expect((await planUpdate({ name: "other" })).planned["ipv4_address"]).toBe("192.168.1.100");
});

test("an address that is not known yet may be found by any change, and only by one", async () => {
  const prior = {
    ...PRIOR,
    startup: true,
    ipconfig0: "ip=dhcp,ip6=auto",
    ipv4_address: null,
    ipv6_address: null,
  };
  const addressesAfter = async (changes: ObjectValue, before: ObjectValue = prior): Promise<unknown> => {
    const { planned } = await planUpdate(changes, before);
    return [planned["ipv4_address"], planned["ipv6_address"]];
  };
  expect(await addressesAfter({})).toEqual([null, null]);
  expect(await addressesAfter({ cores: 8 })).toEqual([UNKNOWN, UNKNOWN]);
  expect(await addressesAfter({ cores: 8 }, { ...prior, ipv4_address: "192.0.2.7" })).toEqual([
    "192.0.2.7",
    UNKNOWN,
  ]);
  expect(await addressesAfter({ cores: 8 }, { ...prior, ipconfig0: "ip6=auto" })).toEqual([null, UNKNOWN]);
  expect(await addressesAfter({ cores: 8 }, { ...prior, ipconfig0: "ip=dhcp" })).toEqual([UNKNOWN, null]);
  for (const still of [{ startup: false }, { wait_for: "none" }] as readonly ObjectValue[])
    expect(await addressesAfter({ cores: 8, ...still })).toEqual([null, null]);
  const due = { ...prior, reboot_pending: true, reboot_on_change: true };
  expect(await addressesAfter({}, due)).toEqual([UNKNOWN, UNKNOWN]);
});

test("a plan that destroys a VM says why, for each reason", async () => {
  const reasons = async (changes: ObjectValue): Promise<unknown> =>
    ((await planUpdate(changes)).diagnostics ?? []).map(({ severity, attribute, detail }) => [
      severity,
      attribute?.[0],
      detail.split(". ")[0],
    ]);
  expect(await reasons({ vmid: 402, scsi0: "local-zfs:10" })).toEqual([
    ["warning", "vmid", "vmid changes from 401 to 402"],
    ["warning", "scsi0", "scsi0 changes from local-vm-zfs:20 to local-zfs:10"],
  ]);
  expect(await reasons({ clone: 410 })).toEqual([["warning", "clone", "clone changes from 400 to 410"]]);
  expect(await reasons({ node: "pve2" })).toEqual([["warning", "node", "node changes from pve1 to pve2"]]);
  const advice = async (changes: ObjectValue): Promise<string | undefined> =>
    (await planUpdate(changes)).diagnostics?.find(({ attribute }) => attribute?.[0] === "clone")?.detail;
  expect(await advice({ clone: 410 })).toContain("leave clone as it was");
  expect(await advice({ clone: 410, node: "pve2" })).toContain("Once the VM is migrated to the new node");
});

test("a smaller disk is no fault where the VM is made anew anyway", async () => {
  const { diagnostics } = await planUpdate({ scsi0: "local-vm-zfs:10", vmid: 402 });
  expect(diagnostics).toMatchObject([{ severity: "warning", attribute: ["vmid"] }]);
});

test("a reboot that is due is planned only where it is asked for", async () => {
  const due = { ...PRIOR, reboot_pending: true, reboot_on_change: false };
  expect((await planUpdate({}, due)).planned).toEqual(due);
  expect((await planUpdate({ reboot_on_change: true }, due)).planned["reboot_pending"]).toBe(false);
  expect((await planUpdate({ cores: 8 }, { ...due, cores: 4 })).planned["reboot_pending"]).toBe(UNKNOWN);
});

test("values that are not known yet are no replacement, and a disk among them is worth a warning", async () => {
  expect(await planUpdate({ scsi0: UNKNOWN, ipconfig0: UNKNOWN })).toMatchObject({
    requiresReplace: [],
    diagnostics: [{ severity: "warning", attribute: ["scsi0"] }],
    planned: { scsi0: UNKNOWN, ipconfig0: UNKNOWN, ipv4_address: UNKNOWN },
  });
});
