import type { Parameters } from "../../../provider/proxmox/api-client";
import { ApiError } from "../../../provider/proxmox/api-error";
import type { ObjectValue } from "../../../provider/plugin/value";
import { QEMU } from "../../../provider/resources/qemu";
import {
  applied,
  apply,
  client,
  configure,
  context,
  NO_AGENT,
  planResult,
  simulator,
  traces,
  vmOf,
} from "../../support/simulated-qemu";

test("a pool that someone else has changed already is no failure, and shows as a change where it differs", async () => {
  const state = await applied(null, configure(530, { pool: "blue" }));
  await client.put("/pools", { poolid: "green", vms: "530", "allow-move": true });
  const read = await QEMU.read({ state }, context());
  expect(read.state).toMatchObject({ pool: "green" });

  const imported = { ...state, pool: null };
  await applied(imported, configure(530, { pool: "green" }));
  await client.put("/pools", { poolid: "green", vms: "530", delete: true });
  await applied({ ...state, pool: "green" }, configure(530));
  expect(vmOf(530).pool).toBeUndefined();
});

test("an agent that is asked for and off is told at once, and nothing is lost", async () => {
  const config = configure(531, { clone: NO_AGENT, startup: true, wait_for: "agent" });
  const { state, diagnostics } = await apply(null, config);
  expect(diagnostics).toMatchObject([{ severity: "error", attribute: ["wait_for"] }]);
  expect(diagnostics[0]?.detail).toContain("Set agent = true");
  expect(diagnostics[0]?.detail).toContain("tainted: the next apply removes it");
  expect(state).toMatchObject({ id: "pve1/531" });
  expect(simulator.requests().some(({ path }) => path.includes("/qemu/531/agent/"))).toBe(false);
});

test("new cloud-init settings of a running VM come with the word that they need a reboot", async () => {
  const config = configure(532, { startup: true, wait_for: "none", ipconfig0: "ip=10.0.0.2/24" });
  const state = await applied(null, config);
  const { diagnostics } = await apply(state, { ...config, ipconfig0: "ip=10.0.0.3/24" });
  expect(diagnostics).toMatchObject([{ severity: "warning" }]);
  expect(diagnostics[0]?.detail).toContain("has stored ipconfig0");
});

test("a stop that came before a create makes nothing", async () => {
  const stop = new AbortController();
  stop.abort();
  const { state, diagnostics } = await apply(null, configure(533), stop.signal);
  expect(state).toBeNull();
  expect(diagnostics[0]?.detail).toContain("before it was begun");
  expect(traces(533)).toEqual([]);
});

test.each<ObjectValue>([
  { searchdomain: "a.example  b.example " },
  { cpu: "cputype=host,flags=+aes;+pcid" },
  { description: "two lines\nand blanks at the end  " },
  { nameserver: "9.9.9.9  1.1.1.1" },
  { tags: ["Zeta", "alpha"] },
  { net0: "bridge=vmbr0,model=virtio,firewall=0" },
])("%j settles: how Proxmox spells it is no change", async (settings) => {
  const vmid = 540 + Object.keys(configure(0)).indexOf(Object.keys(settings)[0] ?? "");
  await applied(null, configure(vmid, settings));
});

test("a VM that moved meanwhile is deleted where it is", async () => {
  const state = await applied(null, configure(570));
  expect(await QEMU.delete({ state: { ...state, id: "pve2/570" } }, context())).toEqual([]);
  expect(traces(570)).toEqual([]);
});

test("what nobody foresaw after the clone keeps the VM in state", async () => {
  jest.spyOn(client, "put").mockRejectedValueOnce(new TypeError("broken"));
  const { state, diagnostics } = await apply(null, configure(571, { scsi0: "local-vm-zfs:4" }));
  expect(diagnostics[0]?.detail).toMatch(/TypeError: broken[^]*fault of the provider/);
  expect(state).toMatchObject({ id: "pve1/571" });
  expect(vmOf(571)).toBeDefined();
});

test("a poll that does not get through is asked again", async () => {
  const get = client.get.bind(client);
  let lost = 0;
  jest
    .spyOn(client, "get")
    .mockImplementation(async <T>(path: string, parameters?: Parameters): Promise<T> => {
      if (path.endsWith("/status") && lost < 2) {
        lost += 1;
        throw new ApiError({ method: "GET", path }, 596, "Connection timed out");
      }
      return await get<T>(path, parameters);
    });
  await applied(null, configure(573));
  expect(lost).toBe(2);
});

test("a VM that moved after the plan is changed where it is", async () => {
  const state = await applied(null, configure(574, { cores: 1 }));
  const { state: changed, diagnostics } = await apply(
    { ...state, id: "pve2/574" },
    configure(574, { cores: 2 }),
  );
  expect([diagnostics, changed?.["id"], vmOf(574).config["cores"]]).toEqual([[], "pve1/574", "2"]);
});

test("a VM that was removed after the plan is told as gone", async () => {
  const state = await applied(null, configure(575, { cores: 1 }));
  expect(await QEMU.delete({ state }, context())).toEqual([]);
  const { diagnostics } = await apply(state, configure(575, { cores: 2 }));
  expect(diagnostics).toMatchObject([
    { severity: "error", summary: expect.stringContaining("it is gone") as string },
  ]);
});

test("a data disk that somebody attached after the plan is not deleted for an empty text", async () => {
  const config = configure(540, { scsi1: "" });
  const state = await applied(null, config);
  await client.put("/nodes/pve1/qemu/540/config", { scsi1: "local-vm-zfs:3" });
  const before = vmOf(540);
  const result = await apply(state, { ...config, cores: 3 });
  expect(result).toMatchObject({ state, diagnostics: [{ severity: "error", attribute: ["scsi1"] }] });
  expect(result.diagnostics[0]?.detail).toContain("Nothing was changed");
  expect(vmOf(540)).toEqual(before);
  // The next plan tells of it, and then it goes.
  const { state: read } = await QEMU.read({ state }, context());
  expect((await planResult(read, config)).diagnostics).toMatchObject([{ severity: "warning" }]);
  await applied(read, config);
  expect(vmOf(540).disks).toHaveLength(1);
});
