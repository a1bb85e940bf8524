import { TestSimulator } from "../client";

const GIB = 1024 ** 3;
const QEMU = "/nodes/pve1/qemu";

describe("making a VM from nothing", () => {
  let api: TestSimulator;
  beforeAll(async () => {
    api = await TestSimulator.start({
      nodes: ["pve1", "pve2"],
      pools: ["rancher"],
      storages: [
        { id: "local-vm-zfs", type: "zfspool", sizeGiB: 50 },
        { id: "isos", type: "dir", sizeGiB: 10, content: ["iso"] },
      ],
      templates: [
        { vmid: 400, name: "template", storage: "local-vm-zfs" },
        { vmid: 500, name: "elsewhere", storage: "local-vm-zfs", node: "pve2" },
      ],
    });
  });
  afterAll(() => api.close());

  const create = (vmid: number, parameters = {}): Promise<string> =>
    api.task("POST", QEMU, { vmid: String(vmid), ...parameters });
  const refusal = async (parameters: Record<string, string>): Promise<unknown> => {
    const { status, body } = await api.call("POST", QEMU, parameters);
    return [status, body?.errors ?? body?.message];
  };

  test("makes its disks, gives it addresses and identities, and chooses what to boot from", async () => {
    expect(
      await create(410, {
        name: "made",
        cores: "2",
        memory: "1024",
        net0: "virtio,bridge=vmbr0",
        scsi0: "local-vm-zfs:3,discard=on",
        ide2: "local-vm-zfs:cloudinit",
        tags: "B;a",
      }),
    ).toBe("OK");
    const config = await api.config(410);
    expect(config).toMatchObject({
      name: "made",
      cores: 2,
      memory: "1024",
      boot: "order=scsi0;ide2;net0",
      scsi0: "local-vm-zfs:vm-410-disk-0,discard=on,size=3G",
      ide2: "local-vm-zfs:vm-410-cloudinit,media=cdrom",
      tags: "a;b",
    });
    expect(config.net0).toMatch(/^virtio=BC:24:11(:[0-9A-F]{2}){3},bridge=vmbr0$/);
    expect(config.smbios1).toMatch(/^uuid=[0-9a-f-]{36}$/);
    expect(config.vmgenid).toMatch(/^[0-9a-f-]{36}$/);
    expect(config.meta).toMatch(/^creation-qemu=[\d.]+,ctime=\d+$/);
    expect(config).not.toHaveProperty("lock");
    expect(api.simulator.volumes().filter(({ vmid }) => vmid === 410)).toEqual([
      { volumeId: "local-vm-zfs:vm-410-cloudinit", vmid: 410, sizeBytes: 4 * 1024 ** 2 },
      { volumeId: "local-vm-zfs:vm-410-disk-0", vmid: 410, sizeBytes: 3 * GIB },
    ]);
  });

  test("needs nothing but an id", async () => {
    expect(await create(411)).toBe("OK");
    expect(Object.keys(await api.config(411)).sort()).toEqual([
      "boot",
      "digest",
      "meta",
      "smbios1",
      "vmgenid",
    ]);
  });

  test("joins its pool, and starts if asked to", async () => {
    expect(await create(412, { pool: "rancher", start: "1", scsi0: "local-vm-zfs:1" })).toBe("OK");
    const start = api.simulator.tasks().find(({ type, vmid }) => type === "qmstart" && vmid === 412);
    expect(await api.outcome(start?.upid ?? "")).toBe("OK");
    const vm = api.simulator.vms().find(({ vmid }) => vmid === 412);
    expect(vm).toMatchObject({ pool: "rancher", status: "running" });
  });

  test("copies a disk of another VM, and gives firmware and TPM what they need", async () => {
    const source = "local-vm-zfs:base-400-disk-0";
    expect(
      await create(414, {
        scsi0: `local-vm-zfs:0,import-from=${source},discard=on`,
        efidisk0: "local-vm-zfs:1,efitype=4m",
        tpmstate0: "local-vm-zfs:1,version=v2.0",
        start: "1",
      }),
    ).toBe("OK");
    expect(await api.config(414)).toMatchObject({
      scsi0: "local-vm-zfs:vm-414-disk-1,discard=on,size=2252M",
      efidisk0: "local-vm-zfs:vm-414-disk-0,efitype=4m,size=1M",
      tpmstate0: "local-vm-zfs:vm-414-disk-2,size=4M,version=v2.0",
    });
    const [disk] =
      api.simulator
        .vms()
        .find(({ vmid }) => vmid === 414)
        ?.disks.filter(({ key }) => key === "scsi0") ?? [];
    expect(disk).toHaveProperty("isBootable", true);
    const syntax = "'import-from' requires special syntax - use <storage ID>:0,import-from=<source>";
    expect(await refusal({ vmid: "420", scsi0: `local-vm-zfs:5,import-from=${source}` })).toEqual([
      400,
      { scsi0: syntax },
    ]);
    expect(await create(420, { scsi0: "local-vm-zfs:0,import-from=local-vm-zfs:vm-9-disk-0" })).toContain(
      "cannot import from 'local-vm-zfs:vm-9-disk-0' - could not get size of local-vm-zfs:vm-9-disk-0",
    );
  });

  test("pins the machine of a Windows guest", async () => {
    expect(await create(413, { ostype: "win11", machine: "q35" })).toBe("OK");
    expect((await api.config(413)).machine).toMatch(/^pc-q35-\d+\.\d+$/);
  });

  test.each([
    [
      "an id that is taken",
      { vmid: "400" },
      "unable to create VM 400 - VM 400 already exists on node 'pve1'\n",
    ],
    [
      "an id that is taken on another node",
      { vmid: "500" },
      "unable to create VM 500 - VM 500 already exists on node 'pve2'\n",
    ],
    ["a key that is root's", { vmid: "420", args: "-x" }, "only root can set 'args' config\n"],
    ["a storage that is not there", { vmid: "420", scsi0: "nosuch:1" }, "storage 'nosuch' does not exist\n"],
  ])("refuses %s", async (_case, parameters, text) => {
    expect(await refusal(parameters)).toEqual([500, text]);
  });

  test("refuses a pool that is not there as the lack of a right to it", async () => {
    const text = "Permission check failed (pool 'nosuch' does not exist)\n";
    expect(await refusal({ vmid: "420", pool: "nosuch" })).toEqual([403, text]);
  });

  test("refuses an ISO image that is no optical drive, and a storage without images", async () => {
    const iso = { ide2: "explicit 'media=cdrom' is required for iso images" };
    expect(await refusal({ vmid: "420", ide2: "isos:iso/x.iso" })).toEqual([400, iso]);
    const images = { storage: "storage 'isos' does not support vm images" };
    expect(await refusal({ vmid: "420", scsi0: "isos:1" })).toEqual([400, images]);
  });

  test("that fails leaves neither a volume nor the id taken", async () => {
    const outcome = await create(421, { scsi0: "local-vm-zfs:1", scsi1: "local-vm-zfs:1000" });
    expect(outcome).toBe(
      "unable to create VM 421 - zfs error: cannot create 'local-vm-zfs/vm-421-disk-1': out of space",
    );
    expect(api.simulator.vms().map(({ vmid }) => vmid)).not.toContain(421);
    expect(api.simulator.volumes().filter(({ vmid }) => vmid === 421)).toEqual([]);
  });
});

test("a VM that is being made shows nothing but a lock, and has its id", async () => {
  const api = await TestSimulator.start({ speed: 20, profile: { configureSeconds: 4 } });
  try {
    const upid = await api.data<string>("POST", QEMU, { vmid: "422", scsi0: "local-vm-zfs:1", name: "late" });
    const during = await api.config(422);
    expect(during).toMatchObject({ lock: "create" });
    expect(during).not.toHaveProperty("name");
    const again = await api.call("POST", QEMU, { vmid: "422" });
    expect([again.status, again.reason]).toEqual([
      500,
      "unable to create VM 422 - VM 422 already exists on node 'pve1'",
    ]);
    expect(await api.outcome(upid)).toBe("OK");
    expect(await api.config(422)).toMatchObject({ name: "late" });
  } finally {
    await api.close();
  }
});
