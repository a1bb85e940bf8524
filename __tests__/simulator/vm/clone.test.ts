import { TestSimulator } from "../client";

const CLONE = "/nodes/pve1/qemu/400/clone";
const NEVER_ENDS = { profile: { fullCloneSeconds: 1e7 } };

describe("cloning", () => {
  let api: TestSimulator;
  beforeEach(async () => {
    api = await TestSimulator.start();
  });
  afterEach(() => api.close());

  test("copies the template's configuration with identities of its own", async () => {
    await api.clone(401, { name: "rancher-manager-1" });
    const template = await api.config(400);
    const clone = await api.config(401);
    expect(clone).toMatchObject({
      name: "rancher-manager-1",
      scsi0: "local-vm-zfs:vm-401-disk-0,discard=on,iothread=1,size=2252M,ssd=1",
      ide2: "local-vm-zfs:vm-401-cloudinit,media=cdrom,size=4M",
    });
    const own = ["net0", "smbios1", "vmgenid", "digest", "name", "scsi0", "ide2"];
    for (const key of own) expect(clone[key]).not.toBe(template[key]);
    expect(clone.net0).toMatch(/^virtio=BC:24:11:.{8},bridge=vmbr0$/);
    for (const [key, value] of Object.entries(template)) {
      if (!own.includes(key) && key !== "template") expect([key, clone[key]]).toEqual([key, value]);
    }
    expect(clone).not.toHaveProperty("template");
    expect(clone).not.toHaveProperty("lock");
  });

  test("is linked for a template unless told otherwise, and then keeps the template from being destroyed", async () => {
    expect(await api.task("POST", CLONE, { newid: "401" })).toBe("OK");
    expect(await api.config(401)).toMatchObject({
      name: "Copy-of-VM-ubuntu-22.04-template",
      scsi0: "local-vm-zfs:base-400-disk-0/vm-401-disk-0,discard=on,iothread=1,size=2252M,ssd=1",
    });
    expect(await api.task("DELETE", "/nodes/pve1/qemu/400")).toBe(
      "base volume 'local-vm-zfs:base-400-disk-0' is still in use by linked cloned",
    );
    expect(await api.task("DELETE", "/nodes/pve1/qemu/401")).toBe("OK");
    expect(await api.task("DELETE", "/nodes/pve1/qemu/400")).toBe("OK");
  });

  test("is full for what is no template, which cannot be linked to", async () => {
    await api.clone(401);
    const linked = await api.call("POST", "/nodes/pve1/qemu/401/clone", { newid: "402", full: "0" });
    expect(linked.reason).toBe(
      "Linked clone feature is not supported for 'local-vm-zfs:vm-401-disk-0' (scsi0)",
    );
    expect(await api.task("POST", "/nodes/pve1/qemu/401/clone", { newid: "402" })).toBe("OK");
    expect(String((await api.config(402)).scsi0)).toMatch(/^local-vm-zfs:vm-402-disk-0,/);
  });

  test.each<[string, Record<string, string>, number, string | Record<string, string>]>([
    ["an id that is taken", { newid: "400" }, 500, "unable to create VM 400: config file already exists"],
    [
      "a storage for a linked clone",
      { newid: "401", full: "0", storage: "local-vm-zfs" },
      500,
      "parameter 'storage' not allowed for linked clones",
    ],
    [
      "a storage that is not there",
      { newid: "401", full: "1", storage: "nosuch" },
      500,
      "storage 'nosuch' does not exist",
    ],
    [
      "a storage without VM images",
      { newid: "401", full: "1", storage: "local" },
      400,
      { storage: "storage 'local' does not support vm images" },
    ],
    ["a node that is not there", { newid: "401", target: "pve9" }, 500, "no such cluster node 'pve9'"],
    ["a snapshot", { newid: "401", snapname: "nosuch" }, 500, "snapshot 'nosuch' does not exist"],
    [
      "a pool that is not there",
      { newid: "401", pool: "nosuch" },
      403,
      "Permission check failed (pool 'nosuch' does not exist)",
    ],
    [
      "keys of a configuration",
      { newid: "401", cores: "2" },
      400,
      { cores: "property is not defined in schema and the schema does not allow additional properties" },
    ],
    ["no id", {}, 400, { newid: "property is missing and it is not optional" }],
  ])("refuses %s", async (_case, parameters, status, text) => {
    const reply = await api.call("POST", CLONE, parameters);
    expect([reply.status, typeof text === "string" ? reply.reason : reply.body?.errors]).toEqual([
      status,
      text,
    ]);
    expect(api.simulator.tasks()).toEqual([]);
  });

  test("does not find a source that is not there", async () => {
    const reply = await api.call("POST", "/nodes/pve1/qemu/999/clone", { newid: "401" });
    expect(reply.reason).toBe("unable to find configuration file for VM 999 on node 'pve1'");
  });

  test("runs side by side from one template", async () => {
    const ids = ["401", "402", "403", "404", "405", "406"];
    const upids = await Promise.all(
      ids.map((newid) => api.data<string>("POST", CLONE, { newid, full: "1" })),
    );
    for (const upid of upids) expect(await api.outcome(upid)).toBe("OK");
    const tasks = api.simulator.tasks();
    const firstEndMs = Math.min(...tasks.map(({ endMs }) => endMs ?? NaN));
    expect(tasks.filter(({ startMs }) => startMs < firstEndMs)).toHaveLength(6);
  });

  test("fails its task for want of space, and leaves nothing", async () => {
    const small = await TestSimulator.start({
      storages: [{ id: "local-vm-zfs", type: "zfspool", sizeGiB: 4 }],
    });
    expect(await small.task("POST", CLONE, { newid: "401", full: "1" })).toBe(
      "clone failed: zfs error: cannot create 'local-vm-zfs/vm-401-disk-0': out of space",
    );
    expect(small.simulator.vms().map(({ vmid }) => vmid)).toEqual([400]);
    expect(await small.task("POST", CLONE, { newid: "401", full: "0" })).toBe("OK");
    await small.close();
  });
});

describe("a clone under way", () => {
  let api: TestSimulator;
  beforeEach(async () => {
    api = await TestSimulator.start(NEVER_ENDS);
  });
  afterEach(() => api.close());

  test("shows a configuration that is locked and all but empty", async () => {
    await api.data("POST", CLONE, { newid: "401", full: "1", name: "later" });
    expect(await api.config(401)).toEqual({
      lock: "clone",
      description: " qmclone temporary file",
      // That of the file which the genuine server writes: "# qmclone temporary file\nlock: clone\n".
      digest: "eb54fb9d9f120ba0c3bdf694f73b10002c375c38",
    });
    expect(await api.data("GET", "/nodes/pve1/qemu/401/status/current")).toMatchObject({
      name: "VM 401",
      lock: "clone",
      status: "stopped",
    });
    const put = await api.call("PUT", "/nodes/pve1/qemu/401/config", { cores: "2" });
    expect([put.status, put.reason]).toEqual([500, "VM is locked (clone)"]);
    const again = await api.call("POST", CLONE, { newid: "401", full: "1" });
    expect(again.reason).toBe("unable to create VM 401: config file already exists");
  });

  test("makes a start wait, which gives up in the end", async () => {
    await api.data("POST", CLONE, { newid: "401", full: "1" });
    const upid = await api.data<string>("POST", "/nodes/pve1/qemu/401/status/start");
    const text = "can't lock file '/var/lock/qemu-server/lock-401.conf' - got timeout";
    expect(await api.outcome(upid)).toBe(text);
    expect(await api.log(upid)).toEqual(["trying to acquire lock...", `TASK ERROR: ${text}`]);
  });

  test("wins against another of the same id that began at the same time", async () => {
    const clone = (): Promise<string> => api.data("POST", CLONE, { newid: "401", full: "1" });
    const upids = await Promise.all(
      [clone(), clone()].map((reply) => reply.catch((error: unknown) => String(error))),
    );
    const losers = upids.filter((upid) => !upid.startsWith("UPID"));
    if (losers.length === 0) {
      const outcome = await Promise.race(upids.map((upid) => api.outcome(upid)));
      expect(outcome).toBe("can't lock file '/var/lock/qemu-server/lock-401.conf' - got timeout");
    } else {
      expect(losers[0]).toContain("config file already exists");
    }
    expect(api.simulator.tasks().filter(({ exitStatus }) => exitStatus === undefined)).toHaveLength(1);
  });
});

describe("cloning between nodes", () => {
  let api: TestSimulator;
  beforeAll(async () => {
    api = await TestSimulator.start({
      nodes: ["pve1", "pve2"],
      storages: [
        { id: "local-vm-zfs", type: "zfspool", sizeGiB: 100 },
        { id: "ceph", type: "rbd", sizeGiB: 100 },
      ],
      templates: [
        { vmid: 400, name: "on-local", storage: "local-vm-zfs" },
        { vmid: 500, name: "on-ceph", storage: "ceph" },
      ],
    });
  });
  afterAll(() => api.close());

  test("needs shared storage at both ends", async () => {
    const local = await api.call("POST", CLONE, { newid: "401", full: "1", target: "pve2" });
    expect(local.reason).toBe("can't clone VM to node 'pve2' (VM uses local storage)");
    const toLocal = await api.call("POST", "/nodes/pve1/qemu/500/clone", {
      newid: "401",
      full: "1",
      target: "pve2",
      storage: "local-vm-zfs",
    });
    expect(toLocal.reason).toBe("can't clone to non-shared storage 'local-vm-zfs'");
  });

  test("leaves the VM on its target", async () => {
    expect(
      await api.task("POST", "/nodes/pve1/qemu/500/clone", { newid: "501", full: "1", target: "pve2" }),
    ).toBe("OK");
    expect(await api.data("GET", "/nodes/pve2/qemu/501/config")).toMatchObject({
      name: "Copy-of-VM-on-ceph",
    });
    const here = await api.call("GET", "/nodes/pve1/qemu/501/config");
    expect(here.reason).toBe("Configuration file 'nodes/pve1/qemu-server/501.conf' does not exist");
  });

  test("finds only in its task that another node has the id", async () => {
    await api.task("POST", "/nodes/pve1/qemu/500/clone", { newid: "502", full: "1", target: "pve2" });
    expect(await api.task("POST", CLONE, { newid: "502", full: "1" })).toBe(
      "close (rename) atomic file '/etc/pve/nodes/pve1/qemu-server/502.conf' failed: File exists",
    );
  });
});
