import { GIB, MIB } from "../../../simulator/schema/sizes";
import type { StorageTypeName } from "../../../simulator/world/storage-types";
import { type Volume, VolumeGroup } from "../../../simulator/world/volumes";

const EMPTY = { kind: "empty" } as const;

function fill(group: VolumeGroup, vmid: number, sizeGiB: number, base?: Volume): Volume {
  return group.allocateDisk({ vmid, sizeBytes: sizeGiB * GIB, content: EMPTY, baseName: base?.name });
}

describe("VolumeGroup", () => {
  test("names volumes as each storage type does, under the lowest number that is free", () => {
    const zfs = new VolumeGroup("z", "zfspool", 100 * GIB);
    expect([fill(zfs, 401, 1), fill(zfs, 401, 1), fill(zfs, 402, 1)].map(({ name }) => name)).toEqual([
      "vm-401-disk-0",
      "vm-401-disk-1",
      "vm-402-disk-0",
    ]);
    zfs.free("vm-401-disk-0");
    expect(fill(zfs, 401, 1).name).toBe("vm-401-disk-0");
    expect(zfs.allocateCloudInit(401).name).toBe("vm-401-cloudinit");
    const dir = new VolumeGroup("d", "dir", 100 * GIB);
    expect(fill(dir, 401, 1).name).toBe("401/vm-401-disk-0.raw");
    expect(dir.allocateCloudInit(401).name).toBe("401/vm-401-cloudinit.qcow2");
  });

  test("builds linked clones on their base at no cost until they grow", () => {
    const zfs = new VolumeGroup("z", "zfspool", 30 * GIB);
    const base = zfs.rename(fill(zfs, 400, 10), "base-400-disk-0");
    const linked = fill(zfs, 401, 10, base);
    expect(linked.name).toBe("base-400-disk-0/vm-401-disk-0");
    expect(zfs.usedBytes).toBe(10 * GIB);
    expect(zfs.clonesOf(base.name)).toEqual([linked]);
    zfs.grow(linked, 12 * GIB);
    expect(zfs.usedBytes).toBe(12 * GIB);
    expect(fill(new VolumeGroup("t", "lvmthin", 30 * GIB), 401, 1, base).name).toBe("vm-401-disk-0");
  });

  test.each<[StorageTypeName, RegExp]>([
    ["zfspool", /zfs error: cannot create 's\/vm-401-disk-1': out of space/],
    ["dir", /No space left on device/],
    ["nfs", /No space left on device/],
    ["lvmthin", /insufficient free space/],
    ["rbd", /No space left on device/],
  ])("refuses what does not fit on %s and keeps what there is", (type, text) => {
    const group = new VolumeGroup("s", type, 10 * GIB);
    const volume = fill(group, 401, 6);
    expect(() => fill(group, 401, 5)).toThrow(text);
    expect(() => {
      group.grow(volume, 11 * GIB);
    }).toThrow();
    expect(group.usedBytes).toBe(6 * GIB);
    group.free(volume.name);
    expect(group.usedBytes).toBe(0);
  });

  test("rounds sizes up to whole MiB", () => {
    const zfs = new VolumeGroup("z", "zfspool", GIB);
    expect(zfs.allocateDisk({ vmid: 401, sizeBytes: MIB + 1, content: EMPTY }).sizeBytes).toBe(2 * MIB);
  });
});
