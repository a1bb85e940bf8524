import { TestSimulator } from "../client";

const VM = "/nodes/pve1/qemu/401";
const SNAPSHOTS = `${VM}/snapshot`;

interface Row {
  readonly name: string;
  readonly parent?: string;
  readonly description: string;
  readonly vmstate?: number;
  readonly running?: number;
  readonly snaptime?: number;
}

let api: TestSimulator;
const rows = (): Promise<Row[]> => api.data<Row[]>("GET", SNAPSHOTS);
const names = async (): Promise<string[]> => (await rows()).map(({ name }) => name);
const take = (snapname: string, more = {}): Promise<string> =>
  api.task("POST", SNAPSHOTS, { snapname, ...more });
const remove = (name: string): Promise<string> => api.task("DELETE", `${SNAPSHOTS}/${name}`);
const rollBack = (name: string, more = {}): Promise<string> =>
  api.task("POST", `${SNAPSHOTS}/${name}/rollback`, more);
const put = (parameters: Record<string, string>): Promise<unknown> =>
  api.data("PUT", `${VM}/config`, parameters);
const refusal = async (method: string, path: string, parameters = {}): Promise<string | undefined> =>
  (await api.call(method, path, parameters)).body?.message;

async function start(type: "zfspool" | "dir" | "lvmthin", format = "qcow2", profile = {}): Promise<void> {
  api = await TestSimulator.start({ storages: [{ id: "local-vm-zfs", type, sizeGiB: 50 }], profile });
  await api.clone(401, type === "dir" ? { format } : {});
}

afterEach(() => api.close());

describe("snapshots", () => {
  beforeEach(() => start("zfspool"));

  test("are listed with what is current, each with its parent", async () => {
    expect(await rows()).toEqual([
      { name: "current", description: "You are here!", running: 0, digest: expect.any(String) as string },
    ]);
    expect(await take("first", { description: "before\nall" })).toBe("OK");
    expect(await take("second")).toBe("OK");
    expect(await rows()).toEqual([
      { name: "first", description: "before\nall", vmstate: 0, snaptime: expect.any(Number) as number },
      {
        name: "second",
        description: "",
        vmstate: 0,
        snaptime: expect.any(Number) as number,
        parent: "first",
      },
      expect.objectContaining({ name: "current", parent: "second" }),
    ]);
    expect((await api.config(401)).parent).toBe("second");
  });

  test("keep the configuration as it was", async () => {
    await put({ cipassword: "secret" });
    const before = await api.config(401);
    await take("first", { description: "why" });
    await put({ cores: "7", description: "new" });
    const { digest, ...kept } = await api.config(401, { snapshot: "first" });
    const { snaptime, ...alone } = await api.data("GET", `${SNAPSHOTS}/first/config`);
    expect(digest).toBe((await api.config(401)).digest);
    expect(digest).not.toBe(before.digest);
    expect(kept).toEqual({ ...alone, snaptime });
    expect(alone).toMatchObject({ cores: 2, description: "why", cipassword: "**********" });
    expect(alone).not.toHaveProperty("digest");
  });

  test("bring back configuration and size; disks that came since are kept as unused", async () => {
    await take("first");
    await api.task("PUT", `${VM}/resize`, { disk: "scsi0", size: "20G" });
    await put({ cores: "7", scsi1: "local-vm-zfs:1", description: "stays" });
    expect(await rollBack("first")).toBe("OK");
    const config = await api.config(401);
    expect(config).toMatchObject({
      cores: 2,
      description: "stays",
      parent: "first",
      scsi0: expect.stringContaining("size=2252M") as string,
      unused0: "local-vm-zfs:vm-401-disk-1",
    });
    expect(config).not.toHaveProperty("scsi1");
    expect(config).not.toHaveProperty("lock");
    const disk = api.simulator.volumes().find(({ volumeId }) => volumeId.endsWith("vm-401-disk-0"));
    expect(disk?.sizeBytes).toBe(2252 * 1024 ** 2);
  });

  test("of ZFS go back to the newest only", async () => {
    await take("first");
    await take("second");
    expect(await rollBack("first")).toBe(
      "can't rollback, 'first' is not most recent snapshot on 'local-vm-zfs:vm-401-disk-0'",
    );
    expect(await rollBack("second")).toBe("OK");
  });

  test("that go leave what built on them with their parent", async () => {
    for (const name of ["first", "second", "third"]) await take(name);
    expect(await remove("second")).toBe("OK");
    expect(await names()).toEqual(["first", "third", "current"]);
    expect((await rows())[1]).toMatchObject({ name: "third", parent: "first" });
    expect(await remove("third")).toBe("OK");
    expect((await api.config(401)).parent).toBe("first");
  });

  test("keep a disk that is taken out, until they go", async () => {
    await put({ scsi1: "local-vm-zfs:1" });
    await take("first");
    await put({ delete: "scsi1" });
    expect(await refusal("PUT", `${VM}/config`, { delete: "unused0" })).toBe(
      "unable to delete 'local-vm-zfs:vm-401-disk-1' - volume is still in use (snapshot?)\n",
    );
    expect(await remove("first")).toBe("OK");
    await put({ delete: "unused0" });
    expect(api.simulator.volumes().map(({ volumeId }) => volumeId)).not.toContain(
      "local-vm-zfs:vm-401-disk-1",
    );
  });

  test("of a running VM stop it when it goes back, and start it when asked to or when they hold its memory", async () => {
    await api.task("POST", `${VM}/status/start`);
    await take("plain");
    expect(await rollBack("plain")).toBe("OK");
    expect((await api.data("GET", `${VM}/status/current`)).status).toBe("stopped");
    await rollBack("plain", { start: "1" });
    const starts = api.simulator.tasks().filter(({ type }) => type === "qmstart");
    expect(await api.outcome(starts.at(-1)?.upid ?? "")).toBe("OK");
    expect(await take("full", { vmstate: "1" })).toBe("OK");
    const volumes = (): string[] => api.simulator.volumes().map(({ volumeId }) => volumeId);
    expect(volumes()).toContain("local-vm-zfs:vm-401-state-full");
    expect(await api.config(401, { snapshot: "full" })).toMatchObject({
      vmstate: "local-vm-zfs:vm-401-state-full",
      runningmachine: expect.stringMatching(/^pc-/) as string,
    });
    await api.task("POST", `${VM}/status/stop`);
    expect(await rollBack("full")).toBe("OK");
    expect((await api.data("GET", `${VM}/status/current`)).status).toBe("running");
    expect(await api.config(401)).not.toHaveProperty("runningmachine");
    await api.task("POST", `${VM}/status/stop`);
    expect(await remove("full")).toBe("OK");
    expect(volumes()).not.toContain("local-vm-zfs:vm-401-state-full");
  });

  test("go with their VM, memory and all", async () => {
    await put({ scsi1: "local-vm-zfs:1" });
    await api.task("POST", `${VM}/status/start`);
    await take("full", { vmstate: "1" });
    await api.task("POST", `${VM}/status/stop`);
    await put({ delete: "scsi1" });
    expect(await api.task("DELETE", VM)).toBe("OK");
    expect(api.simulator.volumes().filter(({ vmid }) => vmid === 401)).toEqual([]);
  });

  test("can be described anew", async () => {
    await take("first");
    await api.data("PUT", `${SNAPSHOTS}/first/config`, { description: "later" });
    expect((await rows())[0]).toMatchObject({ description: "later" });
  });

  test("refuse what makes no sense", async () => {
    await take("first");
    expect(await take("first")).toBe("snapshot name 'first' already used");
    expect(await remove("nosuch")).toBe("snapshot 'nosuch' does not exist");
    expect(await rollBack("nosuch")).toBe("snapshot 'nosuch' does not exist");
    const reserved = (name: string): string => `unable to use snapshot name '${name}' (reserved name)\n`;
    expect(await refusal("POST", SNAPSHOTS, { snapname: "current" })).toBe(reserved("current"));
    expect(await refusal("POST", SNAPSHOTS, { snapname: "Pending" })).toBe(reserved("pending"));
    expect(await refusal("GET", `${SNAPSHOTS}/nosuch/config`)).toBe("snapshot 'nosuch' does not exist\n");
    expect(await refusal("POST", `${VM}/template`)).toBe(
      "unable to create template, because VM contains snapshots\n",
    );
    const ofTemplate = await api.task("POST", "/nodes/pve1/qemu/400/snapshot", { snapname: "first" });
    expect(ofTemplate).toBe("you can't take a snapshot if it's a template");
  });

  test("of ZFS cannot be cloned", async () => {
    await take("first");
    const clone = { newid: "402", snapname: "first" };
    expect(await refusal("POST", `${VM}/clone`, clone)).toBe(
      "Full clone feature is not supported for a snapshot of 'local-vm-zfs:vm-401-cloudinit' (ide2)\n",
    );
  });
});

test("a snapshot of a thin volume is cloned as it was", async () => {
  await start("lvmthin");
  await take("first");
  await put({ cores: "7" });
  await api.task("PUT", `${VM}/resize`, { disk: "scsi0", size: "20G" });
  expect(await api.task("POST", `${VM}/clone`, { newid: "402", snapname: "first" })).toBe("OK");
  const config = await api.config(402);
  expect(config).toMatchObject({ cores: 2, scsi0: expect.stringContaining("size=2252M") as string });
  expect(config).not.toHaveProperty("snaptime");
});

test("what disks can do is told before it is asked for", async () => {
  const ask = (vmid: number, feature: string, more = {}): Promise<unknown> =>
    api.data("GET", `/nodes/pve1/qemu/${vmid}/feature`, { feature, ...more });
  const answer = (hasFeature: 0 | 1): unknown => ({ hasFeature, nodes: ["pve1"] });
  await start("zfspool");
  await take("first");
  expect(await ask(401, "snapshot")).toEqual(answer(1));
  expect(await ask(401, "clone")).toEqual(answer(0));
  expect(await ask(401, "copy")).toEqual(answer(1));
  expect(await ask(401, "copy", { snapname: "first" })).toEqual(answer(0));
  expect(await ask(400, "clone")).toEqual(answer(1));
  expect(await ask(400, "snapshot")).toEqual(answer(0));
});

test("a thin volume goes back past newer snapshots", async () => {
  await start("lvmthin");
  await take("first");
  await take("second");
  expect(await rollBack("first")).toBe("OK");
});

test("a raw image has no snapshots", async () => {
  await start("dir", "raw");
  expect(await take("first")).toBe("snapshot feature is not available");
  expect(await names()).toEqual(["current"]);
});

test("a snapshot locks the configuration while it is made, and one that is aborted leaves nothing", async () => {
  await start("dir", "qcow2", { snapshotSeconds: 1e9 });
  const upid = await api.data<string>("POST", SNAPSHOTS, { snapname: "first" });
  while ((await api.config(401)).lock !== "snapshot");
  expect(await refusal("PUT", `${VM}/config`, { cores: "3" })).toBe("VM is locked (snapshot)\n");
  expect((await rows())[0]).toMatchObject({ name: "first", snapstate: "prepare" });
  await api.data("DELETE", `/nodes/pve1/tasks/${encodeURIComponent(upid)}`);
  expect(await names()).toEqual(["current"]);
  expect(await api.config(401)).not.toHaveProperty("lock");
});
