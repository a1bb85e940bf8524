import { type Reply, TestSimulator } from "../client";

const CLONE = "/nodes/pve1/qemu/400/clone";
const THIN = { profile: { statisticsSeconds: 1e9 } };

describe("resource pools", () => {
  let api: TestSimulator;
  beforeEach(async () => {
    api = await TestSimulator.start({ ...THIN, pools: ["tf", "other", "team/apps"] });
  });
  afterEach(() => api.close());

  const poolOf = (vmid: number): string | undefined =>
    api.simulator.vms().find((vm) => vm.vmid === vmid)?.pool;
  const put = (parameters: Record<string, string>): Promise<Reply> => api.call("PUT", "/pools", parameters);
  const members = async (poolid: string): Promise<unknown[]> => {
    const pool = await api.data<{ members: { id: string }[] }>("GET", `/pools/${poolid}`);
    return pool.members.map(({ id }) => id);
  };

  test("are listed by name, with those that enclose a nested one", async () => {
    await api.data("PUT", "/pools", { poolid: "tf", comment: "managed by terraform" });
    expect(await api.data("GET", "/pools")).toEqual([
      { poolid: "other" },
      { poolid: "team" },
      { poolid: "team/apps" },
      { poolid: "tf", comment: "managed by terraform" },
    ]);
    await api.data("PUT", "/pools", { poolid: "tf", comment: "" });
    expect(await api.data("GET", "/pools", { poolid: "tf" })).toEqual([{ poolid: "tf", members: [] }]);
  });

  test("show a member as the last broadcast told of it, and a storage as one node has it", async () => {
    await api.data("PUT", "/pools/tf", { vms: "400 401", storage: "local-vm-zfs,gone" });
    await api.clone(401);
    const pool = await api.data<{ members: Record<string, unknown>[] }>("GET", "/pools/tf");
    expect(pool).toEqual({ poolid: "tf", members: expect.any(Array) as unknown });
    expect(pool.members).toMatchObject([
      { id: "qemu/400", name: "ubuntu-22.04-template", status: "stopped" },
      { id: "qemu/401" },
      { id: "storage/pve1/local-vm-zfs", type: "storage" },
    ]);
    expect(pool.members[1]).toEqual({
      id: "qemu/401",
      vmid: 401,
      node: "pve1",
      type: "qemu",
      status: "unknown",
    });
    const storages = await api.data<{ members: unknown[] }>("GET", "/pools/tf", { type: "storage" });
    expect(storages.members).toHaveLength(1);
    const containers = await api.data<{ members: unknown[] }[]>("GET", "/pools", {
      poolid: "tf",
      type: "lxc",
    });
    expect(containers[0]?.members).toEqual([]);
  });

  test("are made and removed, with those that enclose them there and nothing in them", async () => {
    const make = async (poolid: string, comment = ""): Promise<string> =>
      (await api.call("POST", "/pools", { poolid, comment })).reason;
    const remove = async (poolid: string): Promise<string> =>
      (await api.call("DELETE", "/pools", { poolid })).reason;
    expect(await make("tf")).toBe("create pool failed: pool 'tf' already exists");
    expect(await make("a/b")).toBe("create pool failed: parent 'a' of pool 'a/b' does not exist");
    expect(await make("a", "mine")).toBe("OK");
    expect(await make("a/b")).toBe("OK");
    expect(await api.data("GET", "/pools", { poolid: "a" })).toMatchObject([{ comment: "mine" }]);
    expect(await remove("a")).toBe("delete pool failed: pool 'a' is not empty (contains pool 'a/b')");
    expect(await remove("nosuch")).toBe("delete pool failed: pool 'nosuch' does not exist");
    expect(await remove("a/b")).toBe("OK");
    await put({ poolid: "a", vms: "400,499" });
    expect(await remove("a")).toBe("delete pool failed: pool 'a' is not empty (contains VM 400)");
    await put({ poolid: "a", vms: "400", delete: "1" });
    expect((await api.call("DELETE", "/pools/a")).reason).toBe("OK");
    expect(await make("a")).toBe("OK");
    expect(await members("a")).toEqual([]);
  });

  test("take in a clone at the end of its task, show it everywhere and lose it with its end", async () => {
    expect(await api.task("POST", CLONE, { newid: "401", full: "1", pool: "tf" })).toBe("OK");
    expect(poolOf(401)).toBe("tf");
    const rows = await api.data<Record<string, unknown>[]>("GET", "/cluster/resources");
    expect(rows.find(({ vmid }) => vmid === 401)).toMatchObject({ pool: "tf" });
    expect(rows.find(({ vmid }) => vmid === 400)).not.toHaveProperty("pool");
    expect(rows).toContainEqual({ id: "/pool/tf", pool: "tf", type: "pool" });
    expect(await api.task("DELETE", "/nodes/pve1/qemu/401")).toBe("OK");
    expect(await members("tf")).toEqual([]);
    await api.clone(401);
    expect(poolOf(401)).toBeUndefined();
  });

  test("let go of a VM and take it from another pool only when told so", async () => {
    await api.clone(401, { pool: "other" });
    const kept = await put({ poolid: "tf", vms: "401" });
    expect([kept.status, kept.body?.message]).toEqual([
      500,
      "update pools failed: VM 401 belongs already to pool 'other' and 'allow-move' is not set\n",
    ]);
    expect((await put({ poolid: "tf", vms: "401", "allow-move": "1" })).body).toEqual({ data: null });
    expect([await members("other"), await members("tf")]).toEqual([[], ["qemu/401"]]);
    expect((await put({ poolid: "tf", vms: "401", delete: "1" })).status).toBe(200);
    expect(poolOf(401)).toBeUndefined();
  });

  test.each<[string, Record<string, string>, string]>([
    ["a pool that is not there", { poolid: "nosuch", vms: "400" }, "pool 'nosuch' does not exist"],
    ["a member anew", { poolid: "tf", vms: "400" }, "VM 400 is already a pool member"],
    [
      "a member anew, even to move it",
      { poolid: "tf", vms: "400", "allow-move": "1" },
      "VM 400 is already a pool member",
    ],
    ["what is no member to go", { poolid: "other", vms: "400", delete: "1" }, "VM 400 is not a pool member"],
    ["a storage anew", { poolid: "tf", storage: "local" }, "Storage 'local' is already a pool member"],
    [
      "a storage that is no member to go",
      { poolid: "other", storage: "local", delete: "1" },
      "Storage 'local' is not a pool member",
    ],
  ])("refuse %s", async (_case, parameters, text) => {
    await api.data("PUT", "/pools", { poolid: "tf", vms: "400", storage: "local" });
    const reply = await put(parameters);
    expect([reply.status, reply.body?.message]).toEqual([500, `update pools failed: ${text}\n`]);
  });

  test("change in whole or not at all", async () => {
    await api.clone(401, { pool: "other" });
    const reply = await put({ poolid: "tf", vms: "400,401", comment: "new", storage: "local" });
    expect(reply.status).toBe(500);
    expect(await api.data("GET", "/pools/tf")).toEqual({ poolid: "tf", members: [] });
  });

  test("check their parameters", async () => {
    const wrong = await put({ poolid: "tf", vms: "400,99", storage: "x/y", delete: "yes" });
    expect(wrong.body?.errors).toEqual({
      vms: "invalid format - value does not look like a valid VM ID\n",
      storage: "invalid format - storage ID 'x/y' contains illegal characters\n",
      delete: "type check ('boolean') failed - got 'yes'",
    });
    expect((await put({ vms: "400" })).body?.errors).toEqual({
      poolid: "property is missing and it is not optional",
    });
    const alone = await api.call("GET", "/pools", { type: "qemu" });
    expect(alone.body?.errors).toEqual({ poolid: "missing property required by 'type'" });
  });

  test("that are not there are an error to look at", async () => {
    for (const [path, parameters] of [
      ["/pools/nosuch", {}],
      ["/pools", { poolid: "nosuch" }],
    ] as const) {
      const reply = await api.call("GET", path, parameters);
      expect([reply.status, reply.body?.message]).toEqual([500, "pool 'nosuch' does not exist\n"]);
    }
  });
});

test("a clone under way is in no pool yet, and one that is stopped never gets there", async () => {
  const api = await TestSimulator.start({ pools: ["tf"], profile: { fullCloneSeconds: 1e7 } });
  const upid = await api.data<string>("POST", CLONE, { newid: "401", full: "1", pool: "tf" });
  while (!api.simulator.vms().some(({ vmid }) => vmid === 401)) await api.call("GET", "/version");
  const pool = (): Promise<unknown> => api.data("GET", "/pools/tf");
  expect(await pool()).toEqual({ poolid: "tf", members: [] });
  await api.data("DELETE", `/nodes/pve1/tasks/${encodeURIComponent(upid)}`);
  await api.outcome(upid);
  await api.clone(401, { full: "0" });
  expect(await pool()).toEqual({ poolid: "tf", members: [] });
  await api.close();
});
