import { TestSimulator } from "../client";

const VM = "/nodes/pve1/qemu/401";
const GIB = 1024 ** 3;

describe("resizing", () => {
  let api: TestSimulator;
  beforeAll(async () => {
    api = await TestSimulator.start({ storages: [{ id: "local-vm-zfs", type: "zfspool", sizeGiB: 50 }] });
    await api.clone(401);
  });
  afterAll(() => api.close());

  const resize = (disk: string, size: string, more = {}): Promise<string> =>
    api.task("PUT", `${VM}/resize`, { disk, size, ...more });
  const scsi0 = async (): Promise<unknown> => (await api.config(401)).scsi0;

  test("grows to a size or by a size, and takes the space", async () => {
    expect(await resize("scsi0", "20G")).toBe("OK");
    expect(await scsi0()).toBe("local-vm-zfs:vm-401-disk-0,discard=on,iothread=1,size=20G,ssd=1");
    expect(await resize("scsi0", "+1G")).toBe("OK");
    expect(await resize("scsi0", "21G")).toBe("OK");
    expect(await scsi0()).toContain("size=21G");
    const [storage] = await api.data<{ used: number }[]>("GET", "/nodes/pve1/storage");
    expect(storage?.used).toBe(21 * GIB + (2252 + 4 + 4) * 1024 ** 2);
  });

  test.each([
    ["a smaller size", "scsi0", "5G", "shrinking disks is not supported"],
    ["a size without a unit, which means bytes", "scsi0", "30", "shrinking disks is not supported"],
    ["a disk that is not there", "scsi5", "20G", "disk 'scsi5' does not exist"],
    ["an optical drive", "ide2", "20G", "you can't resize a cdrom"],
    [
      "more than there is",
      "scsi0",
      "100G",
      "zfs error: cannot set property for 'local-vm-zfs/vm-401-disk-0': size is greater than available space",
    ],
  ])("refuses %s in its task", async (_case, disk, size, text) => {
    const before = await scsi0();
    expect(await resize(disk, size)).toBe(text);
    expect(await scsi0()).toBe(before);
  });

  test("checks its parameters first", async () => {
    const reply = await api.call("PUT", `${VM}/resize`, { disk: "net0", size: "3GB" });
    expect(reply.body?.errors?.size).toBe("value does not match the regex pattern");
    expect(reply.body?.errors?.disk).toMatch(
      /^value 'net0' does not have a value in the enumeration 'ide0, ide1, .*tpmstate0'$/,
    );
    expect(await resize("scsi0", "25G", { digest: "abc" })).toBe(
      "checksum mismatch (file change by other user?)",
    );
  });
});

describe("destroying", () => {
  let api: TestSimulator;
  beforeEach(async () => {
    api = await TestSimulator.start();
    await api.clone(401);
  });
  afterEach(() => api.close());

  test("removes the VM, frees its disks and its id", async () => {
    const upid = await api.data<string>("DELETE", VM, { purge: "1", "destroy-unreferenced-disks": "1" });
    expect(await api.outcome(upid)).toBe("OK");
    expect(await api.log(upid)).toEqual(["purging VM 401 from related configurations..", "TASK OK"]);
    const [storage] = await api.data<{ used: number }[]>("GET", "/nodes/pve1/storage", {
      storage: "local-vm-zfs",
    });
    expect(storage?.used).toBe((2252 + 4) * 1024 ** 2);
    expect(api.simulator.volumes().map(({ volumeId, vmid }) => [volumeId, vmid])).toEqual([
      ["local-vm-zfs:base-400-disk-0", 400],
      ["local-vm-zfs:vm-400-cloudinit", 400],
    ]);
    expect(await api.data("GET", "/cluster/nextid", { vmid: "401" })).toBe("401");
    const again = await api.call("DELETE", VM);
    expect(again.reason).toBe("Configuration file 'nodes/pve1/qemu-server/401.conf' does not exist");
  });

  test("refuses a VM that runs or is protected", async () => {
    await api.task("POST", `${VM}/status/start`);
    expect((await api.call("DELETE", VM)).reason).toBe("VM 401 is running - destroy failed");
    await api.data("PUT", `${VM}/config`, { protection: "1" });
    expect((await api.call("DELETE", VM)).reason).toBe("can't remove VM 401 - protection mode enabled");
  });

  test("takes the configuration last: until then everything shows, and a change waits and finds nothing", async () => {
    const slow = await TestSimulator.start({
      speed: 20,
      profile: { fullCloneSeconds: 0.1, destroySeconds: 5 },
    });
    await slow.clone(401, { name: "going" });
    const upid = await slow.data<string>("DELETE", VM);
    expect(await slow.config(401)).toMatchObject({ name: "going", cores: 2 });
    expect(await slow.config(401)).not.toHaveProperty("lock");
    expect((await slow.call("GET", "/cluster/nextid", { vmid: "401" })).status).toBe(400);
    const put = await slow.call("PUT", `${VM}/config`, { name: "x" });
    expect(put.reason).toBe("Configuration file 'nodes/pve1/qemu-server/401.conf' does not exist");
    expect(await slow.outcome(upid)).toBe("OK");
    await slow.close();
  });
});

test("a VM that becomes a template can be cloned by linking, and not started", async () => {
  const api = await TestSimulator.start();
  await api.clone(401);
  expect(await api.task("POST", `${VM}/template`)).toBe("OK");
  expect(await api.config(401)).toMatchObject({
    template: 1,
    scsi0: expect.stringMatching(/base-401-disk-0/) as string,
  });
  expect(await api.task("POST", `${VM}/clone`, { newid: "402" })).toBe("OK");
  expect(String((await api.config(402)).scsi0)).toContain("base-401-disk-0/vm-402-disk-0");
  expect(await api.task("POST", `${VM}/status/start`)).toBe("you can't start a vm if it's a template");
  expect((await api.call("POST", `${VM}/template`)).reason).toBe(
    "you can't convert a template to a template",
  );
  await api.close();
});
