import { TestSimulator } from "../client";

const CONFIG = "/nodes/pve1/qemu/401/config";

describe("changing a configuration", () => {
  let api: TestSimulator;
  beforeAll(async () => {
    api = await TestSimulator.start();
  });
  beforeEach(() => api.clone(401));
  afterEach(async () => {
    await api.task("POST", "/nodes/pve1/qemu/401/status/stop");
    await api.data("PUT", CONFIG, { protection: "0" });
    await api.task("DELETE", "/nodes/pve1/qemu/401", { "destroy-unreferenced-disks": "1" });
  });
  afterAll(() => api.close());

  const put = (parameters: Record<string, string>): Promise<unknown> => api.data("PUT", CONFIG, parameters);
  const start = (): Promise<string> => api.task("POST", "/nodes/pve1/qemu/401/status/start");
  const pending = async (): Promise<Record<string, unknown>> => {
    const rows = await api.data<{ key: string; pending?: unknown; delete?: unknown }[]>(
      "GET",
      "/nodes/pve1/qemu/401/pending",
    );
    return Object.fromEntries(
      rows
        .filter((row) => row.pending !== undefined || row.delete !== undefined)
        .map((row) => [row.key, row.pending ?? row.delete]),
    );
  };

  test("shows numbers as numbers and the rest as text, with a digest that follows the content", async () => {
    const before = await api.config(401);
    expect(before).toMatchObject({ cores: 2, memory: "2048", numa: 0, agent: "1", boot: "order=scsi0" });
    await put({ cores: "4" });
    const after = await api.config(401);
    expect(after.digest).not.toBe(before.digest);
    await put({ cores: "2" });
    expect((await api.config(401)).digest).toBe(before.digest);
  });

  test("keeps a digest to what it promises", async () => {
    const stale = await api.call("PUT", CONFIG, { cores: "4", digest: "0".repeat(40) });
    expect([stale.status, stale.reason]).toEqual([500, "checksum mismatch (file change by other user?)"]);
    const { digest } = await api.config(401);
    await put({ cores: "4", digest: String(digest) });
  });

  test("waits with what a running VM cannot take, and applies it at its stop", async () => {
    await start();
    await put({
      cores: "3",
      memory: "4096",
      name: "renamed",
      ciuser: "other",
      net0: "virtio,bridge=vmbr0,tag=7",
    });
    expect(await pending()).toEqual({ cores: 3, memory: "4096" });
    expect(await api.config(401)).toMatchObject({ cores: 3, name: "renamed" });
    expect(await api.config(401, { current: "1" })).toMatchObject({
      cores: 2,
      memory: "2048",
      ciuser: "other",
    });
    await api.task("POST", "/nodes/pve1/qemu/401/status/stop");
    expect(await pending()).toEqual({});
    expect(await api.config(401, { current: "1" })).toMatchObject({ cores: 3, memory: "4096" });
  });

  test("forgets what is reverted", async () => {
    await start();
    await put({ cores: "3", delete: "vga" });
    expect(await pending()).toEqual({ cores: 3, vga: 1 });
    await put({ revert: "cores,vga" });
    expect(await pending()).toEqual({});
  });

  test("plugs disks into a running VM", async () => {
    await start();
    await put({ scsi1: "local-vm-zfs:1" });
    expect(await pending()).toEqual({});
    await put({ delete: "scsi1" });
    expect(await api.config(401)).toMatchObject({ unused0: "local-vm-zfs:vm-401-disk-1" });
  });

  test("unlinks a disk from its VM, and removes it when forced to", async () => {
    const unlink = (parameters: Record<string, string>): Promise<unknown> =>
      api.data("PUT", "/nodes/pve1/qemu/401/unlink", parameters);
    const volumes = (): string[] => api.simulator.volumes().map(({ volumeId }) => volumeId);
    await put({ scsi1: "local-vm-zfs:1" });
    await unlink({ idlist: "scsi1" });
    expect(await api.config(401)).toMatchObject({ unused0: "local-vm-zfs:vm-401-disk-1" });
    await put({ scsi1: "local-vm-zfs:vm-401-disk-1" });
    await unlink({ idlist: "scsi1", force: "1" });
    expect(Object.keys(await api.config(401))).not.toContain("unused0");
    expect(volumes()).not.toContain("local-vm-zfs:vm-401-disk-1");
  });

  test("gives a network device that is sent without its address a new one", async () => {
    const { net0 } = await api.config(401);
    await put({ net0: "virtio,bridge=vmbr0,tag=14" });
    const after = String((await api.config(401)).net0);
    expect(after).toMatch(/^virtio=BC:24:11:.{8},bridge=vmbr0,tag=14$/);
    expect(after).not.toContain(String(net0).slice(7, 24));
    await put({ net0: String(net0) });
    expect((await api.config(401)).net0).toBe(net0);
  });

  test("takes the boot disk out of a stopped VM when a new disk is asked for in its place", async () => {
    await put({ scsi0: "local-vm-zfs:20" });
    expect(await api.config(401)).toMatchObject({
      scsi0: "local-vm-zfs:vm-401-disk-1,size=20G",
      unused0: "local-vm-zfs:vm-401-disk-0",
      boot: "order=scsi0",
    });
    const [vm] = api.simulator.vms().filter(({ vmid }) => vmid === 401);
    expect(vm?.disks.map(({ key, isBootable }) => [key, isBootable])).toEqual([
      ["scsi0", false],
      ["unused0", true],
    ]);
  });

  test("answers the same of a running VM with an error, and does it at its stop", async () => {
    await start();
    const reply = await api.call("PUT", CONFIG, { scsi0: "local-vm-zfs:3" });
    expect(reply.body?.errors).toEqual({ scsi0: "hotplug problem - can't unplug bootdisk 'scsi0'\n" });
    expect(await pending()).toEqual({ scsi0: "local-vm-zfs:vm-401-disk-1,size=3G" });
    expect(String((await api.config(401, { current: "1" })).scsi0)).toContain("vm-401-disk-0");
    await api.task("POST", "/nodes/pve1/qemu/401/status/stop");
    expect(await api.config(401, { current: "1" })).toMatchObject({
      scsi0: "local-vm-zfs:vm-401-disk-1,size=3G",
      unused0: "local-vm-zfs:vm-401-disk-0",
    });
  });

  test("puts an unused disk back, and frees one that is deleted", async () => {
    await put({ scsi0: "local-vm-zfs:20" });
    await put({ scsi0: "local-vm-zfs:vm-401-disk-0,discard=on" });
    expect(await api.config(401)).toMatchObject({
      scsi0: "local-vm-zfs:vm-401-disk-0,discard=on,size=2252M",
      unused0: "local-vm-zfs:vm-401-disk-1",
    });
    await put({ delete: "unused0" });
    expect(await api.config(401)).not.toHaveProperty("unused0");
    const lost = await api.call("PUT", CONFIG, { scsi1: "local-vm-zfs:vm-401-disk-1" });
    expect(lost.reason).toBe("volume 'local-vm-zfs:vm-401-disk-1' does not exist");
  });

  test("takes a deleted drive out of the boot order, and adds an optical one to it", async () => {
    await put({ ide3: "none,media=cdrom" });
    expect(await api.config(401)).toMatchObject({ boot: "order=scsi0;ide3" });
    await put({ delete: "scsi0", force: "1" });
    const config = await api.config(401);
    expect(config.boot).toBe("order=ide3");
    expect(config).not.toHaveProperty("unused0");
  });

  test("protects drives of a protected VM from being deleted, but not from being swapped", async () => {
    await put({ protection: "1" });
    const reply = await api.call("PUT", CONFIG, { delete: "scsi0" });
    expect(reply.reason).toBe("can't remove drive 'scsi0' - protection mode enabled");
    await put({ scsi0: "local-vm-zfs:1" });
    expect(await api.config(401)).toHaveProperty("unused0");
  });

  test("refuses to set and delete a key at once, and force without delete", async () => {
    const both = await api.call("PUT", CONFIG, { cores: "2", delete: "cores" });
    expect(both.body?.errors).toEqual({
      delete: "you can't use '-cores' and -delete cores' at the same time",
    });
    const force = await api.call("PUT", CONFIG, { cores: "2", force: "1" });
    expect(force.body?.errors).toEqual({ delete: "missing property required by 'force'" });
  });

  test("works in the background too, or waits a while for it", async () => {
    expect(await api.task("POST", CONFIG, { cores: "4" })).toBe("OK");
    expect(await api.data("POST", CONFIG, { cores: "5", background_delay: "30" })).toBeNull();
    expect(await api.config(401)).toMatchObject({ cores: 5 });
    const stale = await api.call("POST", CONFIG, { cores: "6", digest: "1" });
    expect(stale.reason).toBe("checksum mismatch (file change by other user?)");
  });
});
