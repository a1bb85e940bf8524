import { TestSimulator } from "../client";

const VM = "/nodes/pve1/qemu/401";
const MOVED = "/nodes/pve2/qemu/401";

let api: TestSimulator;
afterEach(() => api.close());

async function start(storage: "local-vm-zfs" | "ceph" | "thin", profile = {}): Promise<void> {
  api = await TestSimulator.start({
    nodes: ["pve1", "pve2", "pve3"],
    storages: [
      { id: "local-vm-zfs", type: "zfspool", sizeGiB: 50 },
      { id: "other", type: "dir", sizeGiB: 50 },
      { id: "ceph", type: "rbd", sizeGiB: 50 },
      { id: "thin", type: "lvmthin", sizeGiB: 50, nodes: ["pve1"] },
    ],
    templates: [{ vmid: 400, name: "template", storage }],
    profile,
  });
  await api.clone(401);
}

const migrate = (parameters = {}): Promise<string> =>
  api.task("POST", `${VM}/migrate`, { target: "pve2", ...parameters });
const refusal = async (parameters = {}): Promise<unknown> => {
  const { body } = await api.call("POST", `${VM}/migrate`, { target: "pve2", ...parameters });
  return body?.errors ?? body?.message;
};
const config = (): Promise<Record<string, unknown>> => api.data("GET", `${MOVED}/config`);
const where = (): string | undefined => api.simulator.vms().find(({ vmid }) => vmid === 401)?.node;

test("a stopped VM moves, its local disks and snapshots with it", async () => {
  await start("local-vm-zfs");
  await api.task("POST", `${VM}/snapshot`, { snapname: "first" });
  const before = await api.config(401);
  expect(await migrate()).toBe("OK");
  const { digest, ...after } = await config();
  expect(after).toEqual({ ...before, digest: undefined });
  expect(digest).toBe(before.digest);
  const gone = await api.call("GET", `${VM}/config`);
  expect(gone.reason).toBe("Configuration file 'nodes/pve1/qemu-server/401.conf' does not exist");
  const used = async (node: string): Promise<unknown> =>
    (await api.data("GET", `/nodes/${node}/storage/local-vm-zfs/status`)).used;
  expect(await used("pve2")).toBe((2252 + 4) * 1024 ** 2);
  expect(await used("pve1")).toBe((2252 + 4) * 1024 ** 2);
  expect(await api.task("POST", `${MOVED}/snapshot/first/rollback`)).toBe("OK");
  expect(await api.task("POST", `${MOVED}/status/start`)).toBe("OK");
});

test("a running VM on shared storage moves without a pause", async () => {
  await start("ceph");
  await api.task("POST", `${VM}/status/start`);
  expect(await refusal()).toBe("can't migrate running VM without --online\n");
  expect(await migrate({ online: "1" })).toBe("OK");
  expect(where()).toBe("pve2");
  const status = await api.data("GET", `${MOVED}/status/current`);
  expect(status).toMatchObject({ status: "running" });
  expect(api.simulator.volumes().filter(({ vmid }) => vmid === 401)).toHaveLength(2);
});

test("a running VM takes its local disks along only when told to", async () => {
  await start("local-vm-zfs");
  await api.task("POST", `${VM}/status/start`);
  expect(await migrate({ online: "1" })).toBe("migration aborted");
  expect(where()).toBe("pve1");
  const upid = api.simulator.tasks().at(-1)?.upid ?? "";
  expect((await api.log(upid)).join("\n")).toContain(
    "can't live migrate attached local disks without with-local-disks option",
  );
  expect(await migrate({ online: "1", "with-local-disks": "1" })).toBe("OK");
  expect(where()).toBe("pve2");
});

test("disks go to another storage when told to", async () => {
  await start("local-vm-zfs");
  expect(await migrate({ targetstorage: "other" })).toBe("OK");
  expect(await config()).toMatchObject({
    scsi0: expect.stringMatching(/^other:401\/vm-401-disk-0\.raw,/) as string,
    ide2: expect.stringMatching(/^other:401\/vm-401-cloudinit\.qcow2,/) as string,
  });
  const left = api.simulator.volumes().filter(({ vmid }) => vmid === 401);
  expect(left.map(({ volumeId }) => volumeId.split(":")[0])).toEqual(["other", "other"]);
});

test("a linked clone on local storage stays with its base", async () => {
  await start("local-vm-zfs");
  await api.task("POST", "/nodes/pve1/qemu/400/clone", { newid: "402" });
  const linked = "/nodes/pve1/qemu/402/migrate";
  expect(await api.task("POST", linked, { target: "pve2" })).toBe("migration aborted");
  const upid = api.simulator.tasks().at(-1)?.upid ?? "";
  expect((await api.log(upid)).join("\n")).toContain(
    "can't migrate 'local-vm-zfs:base-400-disk-0/vm-402-disk-0' as it's a clone of 'base-400-disk-0'",
  );
});

test("a migration locks the VM, and one that is aborted leaves nothing behind", async () => {
  await start("local-vm-zfs", { migrateSeconds: 1e9 });
  const volumes = api.simulator.volumes().length;
  const upid = await api.data<string>("POST", `${VM}/migrate`, { target: "pve2" });
  while ((await api.config(401)).lock !== "migrate");
  await api.data("DELETE", `/nodes/pve1/tasks/${encodeURIComponent(upid)}`);
  expect(await api.config(401)).not.toHaveProperty("lock");
  expect(where()).toBe("pve1");
  expect(api.simulator.volumes()).toHaveLength(volumes);
});

test("what cannot go is refused", async () => {
  await start("thin");
  expect(await refusal({ target: "pve1" })).toEqual({ target: "target is local node." });
  expect(await refusal({ target: "nosuch" })).toBe("no such cluster node 'nosuch'\n");
  expect(await refusal()).toBe("storage 'thin' is not available on node 'pve2'\n");
  expect(await refusal({ force: "1" })).toEqual({ force: "Only root may use this option." });
});

test("the preconditions tell where it can go and what is local", async () => {
  await start("thin");
  expect(await api.data("GET", `${VM}/migrate`)).toMatchObject({
    running: 0,
    allowed_nodes: [],
    not_allowed_nodes: { pve2: { unavailable_storages: ["thin"] }, pve3: { unavailable_storages: ["thin"] } },
    local_disks: expect.arrayContaining([
      expect.objectContaining({ volid: "thin:vm-401-disk-0", size: 2252 * 1024 ** 2, cdrom: 0 }),
    ]) as unknown,
  });
  await api.close();
  await start("ceph");
  expect(await api.data("GET", `${VM}/migrate`)).toMatchObject({
    allowed_nodes: ["pve2", "pve3"],
    not_allowed_nodes: {},
    local_disks: [],
  });
});
