import { TestSimulator } from "../client";

const UPID = /^UPID:pve1:[0-9A-F]{8}:[0-9A-F]{8}:[0-9A-F]{8}:qmclone:400:terraform@pve!provider:$/;

describe("tasks", () => {
  let api: TestSimulator;
  let upid: string;
  beforeAll(async () => {
    api = await TestSimulator.start();
    upid = await api.data<string>("POST", "/nodes/pve1/qemu/400/clone", { newid: "401", full: "1" });
    await api.outcome(upid);
    await api.task("PUT", "/nodes/pve1/qemu/401/resize", { disk: "scsi0", size: "1G" });
  });
  afterAll(() => api.close());

  const show = (id: string, what: string, parameters = {}): ReturnType<TestSimulator["call"]> =>
    api.call("GET", `/nodes/pve1/tasks/${encodeURIComponent(id)}/${what}`, parameters);

  test("are named by the token that started them", async () => {
    expect(upid).toMatch(UPID);
    expect((await show(upid, "status")).body?.data).toMatchObject({
      upid,
      node: "pve1",
      type: "qmclone",
      id: "400",
      user: "terraform@pve",
      tokenid: "provider",
      status: "stopped",
      exitstatus: "OK",
    });
  });

  test("log every percent, so that the end does not show in the first 50 lines", async () => {
    const short = await show(upid, "log");
    expect(short.body?.data).toHaveLength(50);
    expect(short.body?.total).toBeGreaterThan(100);
    const lines = await api.log(upid);
    expect(lines[0]).toBe("creating a clone of VM 400 with ID 401");
    expect(lines).toContain("create full clone of drive scsi0 (local-vm-zfs:base-400-disk-0)");
    expect(lines).toContain("transferred 2.2 GiB of 2.2 GiB (100.00%)");
    expect(lines.at(-1)).toBe("TASK OK");
    expect((await show(upid, "log", { start: "1", limit: "1" })).body?.data).toEqual([{ n: 2, t: lines[1] }]);
  });

  test("that nobody knows are an error on status and a line in the log", async () => {
    const unknown = upid.replace(/^UPID:pve1:.{8}/, "UPID:pve1:00000001");
    expect((await show(unknown, "status")).body?.errors).toEqual({ upid: "no such task" });
    expect((await show(unknown, "log")).body?.data).toEqual([
      { n: 1, t: "unable to open file - No such file or directory" },
    ]);
    expect((await show("UPID:foo", "status")).body?.errors).toEqual({ upid: "unable to parse worker upid" });
  });

  test("are listed newest first, and by what is asked for", async () => {
    const types = async (parameters: Record<string, string>): Promise<unknown[]> =>
      (await api.data<{ type: string }[]>("GET", "/nodes/pve1/tasks", parameters)).map(({ type }) => type);
    expect(await types({})).toEqual(["resize", "qmclone"]);
    expect(await types({ vmid: "401" })).toEqual(["resize"]);
    expect(await types({ errors: "1" })).toEqual(["resize"]);
    expect(await types({ statusfilter: "ok" })).toEqual(["qmclone"]);
    expect(await types({ typefilter: "qmclone" })).toEqual(["qmclone"]);
    expect(await types({ source: "active" })).toEqual([]);
    expect(await types({ limit: "0" })).toEqual([]);
    expect((await api.call("GET", "/nodes/pve1/tasks", { limit: "1" })).body?.total).toBe(2);
    const wrong = await api.call("GET", "/nodes/pve1/tasks", { statusfilter: "foo" });
    expect(wrong.body?.errors).toEqual({ statusfilter: "invalid format - invalid status 'foo'\n" });
  });
});

test("a clone that is stopped leaves neither configuration nor disks", async () => {
  const api = await TestSimulator.start({ profile: { fullCloneSeconds: 1e7 } });
  const upid = await api.data<string>("POST", "/nodes/pve1/qemu/400/clone", { newid: "462", full: "1" });
  const path = `/nodes/pve1/tasks/${encodeURIComponent(upid)}`;
  expect(await api.data("GET", `${path}/status`)).toMatchObject({ status: "running" });
  expect(await api.data("GET", "/nodes/pve1/tasks", { source: "active" })).toMatchObject([
    { status: "RUNNING" },
  ]);
  await api.data("DELETE", path);
  expect(await api.outcome(upid)).toMatch(/^clone failed: .*interrupted by signal$/);
  expect(await api.data("GET", "/cluster/nextid", { vmid: "462" })).toBe("462");
  const [storage] = await api.data<{ used: number }[]>("GET", "/nodes/pve1/storage", {
    storage: "local-vm-zfs",
  });
  expect(storage?.used).toBe((2252 + 4) * 1024 ** 2);
  await api.close();
});
