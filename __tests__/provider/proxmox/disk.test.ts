import { parseDisk, parseDiskRequest, parseSizeBytes, printSize } from "../../../provider/proxmox/disk";

describe("a requested disk", () => {
  test("is a storage and GiB", () => {
    expect(parseDiskRequest("local-vm-zfs:20")).toEqual({ storage: "local-vm-zfs", sizeGiB: 20 });
  });

  test.each([
    "local-vm-zfs:20G",
    "local-vm-zfs",
    "local-vm-zfs:0",
    "local:vm-401-disk-0",
    "local:20,ssd=1",
    ":20",
  ])("%s is refused with what to write", (text) => {
    expect(() => parseDiskRequest(text)).toThrow("is not STORAGE:GiB");
  });
});

describe("a stored disk", () => {
  test.each([
    ["local-zfs:vm-401-disk-0,discard=on,size=20G", "local-zfs", "vm-401-disk-0", 20 * 2 ** 30],
    [
      "local-zfs:base-900-disk-0/vm-401-disk-0,size=2252M",
      "local-zfs",
      "base-900-disk-0/vm-401-disk-0",
      2252 * 2 ** 20,
    ],
    ["file=nfs:401/vm-401-disk-0.qcow2,size=1T", "nfs", "401/vm-401-disk-0.qcow2", 2 ** 40],
  ])("%s", (text, storage, volume, sizeBytes) => {
    expect(parseDisk(text)).toEqual({ storage, volume, sizeBytes });
  });

  test.each([
    "none,media=cdrom",
    "local:iso/x.iso,media=cdrom",
    "/dev/sdb",
    "local-zfs:vm-401-cloudinit,media=cdrom,size=4M",
  ])("%s is none", (text) => {
    expect(parseDisk(text)).toBeUndefined();
  });
});

test("a size always carries its unit, for without one Proxmox reads bytes", () => {
  expect(printSize(20)).toBe("20G");
  expect(printSize(2.5)).toBe("2560M");
  expect(parseSizeBytes("2252M")).toBe(2252 * 2 ** 20);
  expect(() => parseSizeBytes("20X")).toThrow("is no disk size");
});
