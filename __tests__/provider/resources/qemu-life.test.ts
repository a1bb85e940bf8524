import { UNKNOWN } from "../../../provider/plugin/value";
import { QEMU } from "../../../provider/resources/qemu";
import {
  applied,
  apply,
  client,
  configure,
  context,
  ended,
  GIB,
  GOLDEN,
  meanwhile,
  NO_AGENT,
  ON_VIRTIO,
  plan,
  simulator,
  tasksSince,
  tellRequests,
  traces,
  vmOf,
} from "../../support/simulated-qemu";

test("a VM is made in its pool, moved to another and taken out", async () => {
  const created = await applied(null, configure(500, { pool: "blue" }));
  expect(vmOf(500).pool).toBe("blue");
  const moved = await applied(created, configure(500, { pool: "green" }));
  expect(vmOf(500).pool).toBe("green");
  await applied(moved, configure(500));
  expect(vmOf(500).pool).toBeUndefined();
});

test("a pool that does not exist is refused before anything is made", async () => {
  const { state, diagnostics } = await apply(null, configure(501, { pool: "nosuch" }));
  expect(state).toBeNull();
  expect(diagnostics[0]?.detail).toContain("pool 'nosuch' does not exist");
  expect(traces(501)).toEqual([]);
});

test("settings that are left out stay the template's, empty ones clear them", async () => {
  const created = await applied(null, configure(502));
  expect(vmOf(502).config).toMatchObject({
    description: "of the template",
    searchdomain: "example.org",
    tags: "golden",
  });
  await applied(created, configure(502, { description: "", searchdomain: "", tags: [] }));
  for (const key of ["description", "searchdomain", "tags"]) expect(vmOf(502).config).not.toHaveProperty(key);
});

test("the address that DHCP gave comes from the guest agent", async () => {
  const state = await applied(null, configure(503, { ipconfig0: "ip=dhcp", startup: true }));
  expect(state["ipv4_address"]).toBe("192.0.2.5");
  expect(vmOf(503)).toMatchObject({ status: "running", isAgentUp: true });
});

test("without waiting a started VM is done before its agent is up", async () => {
  const asked: string[] = [];
  tellRequests((path) => void asked.push(path));
  const config = configure(504, { ipconfig0: "ip=192.168.1.100/24", startup: true, wait_for: "none" });
  expect(await applied(null, config)).toMatchObject({ ipv4_address: "192.168.1.100" });
  expect(vmOf(504).status).toBe("running");
  expect(asked.filter((path) => path.includes("/agent/"))).toEqual([]);
});

test.each([
  [520, "ip6=fd00:0:0:0::100/64"],
  [521, "ip6=auto"],
])("VM %i, which has no IPv4, is waited for all the same: %s", async (vmid, ipconfig0) => {
  const state = await applied(null, configure(vmid, { ipconfig0, startup: true }));
  expect(state).toMatchObject({ ipv4_address: null });
  expect(vmOf(vmid)).toMatchObject({ status: "running", isAgentUp: true });
});

test("a template without agent gives a warning where waiting is only the default", async () => {
  const { state, diagnostics } = await apply(null, configure(505, { clone: NO_AGENT, startup: true }));
  expect(diagnostics).toMatchObject([{ severity: "warning", attribute: ["wait_for"] }]);
  expect(diagnostics[0]?.detail).toContain('wait_for = "none"');
  expect(state).toMatchObject({ id: "pve1/505", agent: false });
  expect(vmOf(505).status).toBe("running");
});

test("an agent that was asked for and never answers is an error that says what to do, and loses nothing", async () => {
  // The limit passes the moment the agent has been asked: waiting for it in earnest would take minutes.
  const now = Date.now.bind(Date);
  let skippedMs = 0;
  jest.spyOn(Date, "now").mockImplementation(() => now() + skippedMs);
  tellRequests((path) => {
    if (path.includes("/agent/")) skippedMs = 3_600_000;
  });
  const config = configure(506, { clone: NO_AGENT, agent: true, startup: true, wait_for: "agent" });
  const { state, diagnostics } = await apply(null, config);
  expect(diagnostics).toMatchObject([
    { severity: "error", summary: "Unable to wait for VM 506 (vm-506) on node pve1" },
  ]);
  expect(diagnostics[0]?.detail).toMatch(/qemu-guest-agent is installed[^]*wait_for = "none"/);
  expect(state).toMatchObject({ id: "pve1/506", vmid: 506 });
  expect(vmOf(506).status).toBe("running");
});

test("without startup a VM is left stopped, and with it started by the next apply", async () => {
  const created = await applied(null, configure(507));
  expect(vmOf(507).status).toBe("stopped");
  await applied(created, configure(507, { startup: true, ipconfig0: "ip=192.168.1.107/24" }));
  expect(vmOf(507)).toMatchObject({ status: "running", isAgentUp: true });
});

test("a VM that is started later keeps to its plan with the addresses that it finds then", async () => {
  const config = configure(590, { ipconfig0: "ip=dhcp,ip6=auto" });
  const created = await applied(null, config);
  expect(created).toMatchObject({ ipv4_address: null, ipv6_address: null });
  const planned = await plan(created, { ...config, startup: true });
  const state = await applied(created, { ...config, startup: true });
  const settled = Object.entries(planned).filter(([, value]) => value !== UNKNOWN);
  expect(state).toMatchObject(Object.fromEntries(settled));
  expect(state["ipv4_address"]).toMatch(/^192/);
});

test("a template's disk that is larger than asked for is refused before anything is made", async () => {
  const before = simulator.tasks().length;
  const { state, diagnostics } = await apply(null, configure(508, { scsi0: "local-vm-zfs:2" }));
  expect(state).toBeNull();
  expect(diagnostics).toMatchObject([{ severity: "error", attribute: ["scsi0"] }]);
  expect(diagnostics[0]?.detail).toMatch(/has 2\.199\d* GiB, scsi0 asks for 2 GiB/);
  expect([traces(508), tasksSince(before)]).toEqual([[], []]);
});

test("a template without scsi0 is refused with where its disk is", async () => {
  const vm = `/nodes/pve1/qemu/${ON_VIRTIO}`;
  await meanwhile("post", `/nodes/pve1/qemu/${GOLDEN}/clone`, { newid: ON_VIRTIO, full: true });
  await client.put(`${vm}/config`, { delete: "scsi0" });
  await client.put(`${vm}/config`, { virtio0: `local-vm-zfs:vm-${ON_VIRTIO}-disk-0` });
  await meanwhile("post", `${vm}/template`);
  const before = simulator.tasks().length;
  const config = configure(509, { clone: ON_VIRTIO, scsi0: "local-vm-zfs:20" });
  const { state, diagnostics } = await apply(null, config);
  expect(state).toBeNull();
  expect(diagnostics[0]?.detail).toContain("no disk at scsi0 but at virtio0");
  expect([traces(509), tasksSince(before)]).toEqual([[], []]);
});

test("an id that is taken is refused with who has it and how to take it over", async () => {
  await applied(null, configure(580));
  const { state, diagnostics } = await apply(null, { ...configure(580), name: "another" });
  expect(state).toBeNull();
  expect(diagnostics[0]?.detail).toMatch(/"vm-580" on node pve1[^]*terraform import ADDRESS pve1\/580/);
});

test("a template is neither taken over nor removed", async () => {
  const { diagnostics } = await apply(null, configure(GOLDEN, { clone: NO_AGENT }));
  expect(diagnostics[0]?.detail).toContain('VM "golden" on node pve1');
  expect(diagnostics[0]?.detail).not.toContain("import");

  const imported = QEMU.importState?.(`pve1/${GOLDEN}`).state ?? {};
  const read = await QEMU.read({ state: imported }, context());
  expect(read).toMatchObject({ state: null, diagnostics: [{ severity: "error" }] });

  const before = traces(GOLDEN);
  const [refusal] = await QEMU.delete({ state: { ...configure(GOLDEN), id: `pve1/${GOLDEN}` } }, context());
  expect(refusal?.summary).toContain("it is a template");
  expect(traces(GOLDEN)).toEqual(before);
});

test("the disk of a running VM grows, and stays the disk with the system", async () => {
  const small = configure(510, { scsi0: "local-vm-zfs:4", startup: true, wait_for: "none" });
  const created = await applied(null, small);
  const before = simulator.tasks().length;
  await applied(created, { ...small, scsi0: "local-vm-zfs:8.5" });
  expect(tasksSince(before)).toEqual([["resize", "OK"]]);
  expect(vmOf(510)).toMatchObject({
    status: "running",
    disks: [{ key: "scsi0", sizeBytes: 8.5 * GIB, isBootable: true }],
  });
});

test("a VM that runs is stopped and removed, with its disks and out of its pool", async () => {
  const state = await applied(null, configure(511, { pool: "blue", startup: true, wait_for: "none" }));
  expect(traces(511)).not.toEqual([]);
  expect(await QEMU.delete({ state }, context())).toEqual([]);
  expect(traces(511)).toEqual([]);
  expect(await client.get("/pools/blue")).toMatchObject({ members: [] });
});

test("a VM that is gone is as good as removed", async () => {
  const state = await applied(null, configure(512));
  expect(await QEMU.delete({ state }, context())).toEqual([]);
  const before = simulator.tasks().length;
  expect(await QEMU.delete({ state }, context())).toEqual([]);
  const { state: read, diagnostics } = await QEMU.read({ state }, context());
  expect(read).toBeNull();
  expect(diagnostics).toMatchObject([
    { severity: "warning", summary: expect.stringContaining("is gone") as string },
  ]);
  expect(tasksSince(before)).toEqual([]);
});

test("a protected VM is neither stopped nor removed", async () => {
  const state = await applied(null, configure(513, { startup: true, wait_for: "none" }));
  await client.put("/nodes/pve1/qemu/513/config", { protection: true });
  const before = vmOf(513);
  const [diagnostic] = await QEMU.delete({ state }, context());
  expect(diagnostic?.summary).toBe("Unable to delete VM 513 (vm-513) on node pve1: it is protected");
  expect(diagnostic?.detail).toContain("(qm set 513 --protection 0 on the node)");
  expect(vmOf(513)).toMatchObject({ status: "running", disks: before.disks });
});

test("a stop while the clone runs says so, and the state holds what goes on in Proxmox", async () => {
  const stop = new AbortController();
  tellRequests((path) => {
    if (path.includes("/clone")) stop.abort();
  });
  const { state, diagnostics } = await apply(null, configure(514), stop.signal);
  expect(diagnostics).toMatchObject([
    { severity: "error", summary: "Unable to clone template 400 to VM 514 (vm-514) on node pve1" },
  ]);
  expect(diagnostics[0]?.detail).toMatch(/asked to stop[^]*goes on in Proxmox/);
  expect(state).toMatchObject({ id: "pve1/514", vmid: 514 });
  await ended(simulator.tasks().at(-1)?.upid ?? "");
  expect(vmOf(514).name).toBe("vm-514");
  expect(await QEMU.delete({ state: state ?? {} }, context())).toEqual([]);
  expect(traces(514)).toEqual([]);
});

test("switching the agent off and on keeps its other options", async () => {
  const created = await applied(null, configure(515, { agent: true }));
  expect(vmOf(515).config["agent"]).toBe("1,fstrim_cloned_disks=1");
  const off = await applied(created, configure(515, { agent: false }));
  expect(vmOf(515).config["agent"]).toBe("0,fstrim_cloned_disks=1");
  await applied(off, configure(515, { agent: true }));
  expect(vmOf(515).config["agent"]).toBe("1,fstrim_cloned_disks=1");
});

test("the card keeps its MAC address when its VLAN changes, and has one of its own to begin with", async () => {
  const mac = (vmid: number): string | undefined =>
    /virtio=([^,]+)/.exec(vmOf(vmid).config["net0"] ?? "")?.[1];
  const created = await applied(null, configure(516, { net0: "virtio,bridge=vmbr0,tag=14" }));
  const first = mac(516);
  expect(first).not.toBe(mac(GOLDEN));
  await applied(created, configure(516, { net0: "virtio,bridge=vmbr0,tag=15" }));
  expect(vmOf(516).config["net0"]).toBe(`virtio=${first ?? ""},bridge=vmbr0,tag=15`);
});
