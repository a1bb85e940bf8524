import { TestSimulator } from "../client";

const CONTENT = (storage: string): string => `/nodes/pve1/storage/${storage}/content`;

let api: TestSimulator;
beforeAll(async () => {
  api = await TestSimulator.start({
    storages: [
      { id: "zfs", type: "zfspool", sizeGiB: 50 },
      { id: "files", type: "dir", sizeGiB: 50 },
    ],
    templates: [{ vmid: 400, name: "template", storage: "zfs" }],
  });
});
afterAll(() => api.close());

test("lists what lies on a storage, by owner and kind", async () => {
  const list = (parameters = {}): Promise<unknown> => api.data("GET", CONTENT("zfs"), parameters);
  const disk = {
    volid: "zfs:base-400-disk-0",
    name: "base-400-disk-0",
    vmid: 400,
    format: "raw",
    content: "images",
    size: 2252 * 1024 ** 2,
  };
  expect(await list()).toContainEqual(disk);
  expect(await list({ vmid: "400", content: "images" })).toContainEqual(disk);
  expect(await list({ vmid: "401" })).toEqual([]);
  expect(await list({ content: "iso" })).toEqual([]);
});

test.each([
  ["zfs", { filename: "vm-401-disk-5", size: "1G" }, "zfs:vm-401-disk-5", 1024 ** 3],
  ["zfs", { filename: "vm-401-disk-6", size: "2048" }, "zfs:vm-401-disk-6", 2 * 1024 ** 2],
  ["files", { filename: "vm-401-disk-0.qcow2", size: "5M" }, "files:401/vm-401-disk-0.qcow2", 5 * 1024 ** 2],
  ["files", { filename: "a.raw", size: "1M", format: "raw" }, "files:401/a.raw", 1024 ** 2],
])("makes a volume on %s: %p", async (storage, parameters, volid, sizeBytes) => {
  expect(await api.data("POST", CONTENT(storage), { vmid: "401", ...parameters })).toBe(volid);
  const made = api.simulator.volumes().find(({ volumeId }) => volumeId === volid);
  expect(made).toMatchObject({ vmid: 401, sizeBytes });
});

test.each([
  ["zfs", { filename: "disk" }, "illegal name 'disk' - should be 'vm-402-*'\n"],
  ["zfs", { filename: "vm-402-x", format: "qcow2" }, "unsupported format 'qcow2'\n"],
  ["files", { filename: "disk" }, "illegal name 'disk' - wrong extension for format ('qcow2')\n"],
  ["files", { filename: "a.raw", format: "qcow2" }, { format: "different storage formats (qcow2 != raw)" }],
  ["nosuch", { filename: "a.raw" }, "storage 'nosuch' does not exist\n"],
])("refuses a volume on %s: %p", async (storage, parameters, text) => {
  const { body } = await api.call("POST", CONTENT(storage), { vmid: "402", size: "1M", ...parameters });
  expect(body?.errors ?? body?.message).toEqual(text);
});

test("refuses a name that is taken", async () => {
  const parameters = { vmid: "403", filename: "vm-403-disk-0", size: "1M" };
  await api.data("POST", CONTENT("zfs"), parameters);
  const { reason } = await api.call("POST", CONTENT("zfs"), parameters);
  expect(reason).toBe("zfs error: cannot create 'zfs/vm-403-disk-0': dataset already exists");
});
