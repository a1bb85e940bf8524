import { OccupiedDiskError } from "../../../provider/failure/occupied-disk-error";
import { UNKNOWN, type ObjectValue } from "../../../provider/plugin/value";
import { dataDiskChanges, dataDiskDiagnostics } from "../../../provider/resources/qemu-data-disk";

const PRIOR: ObjectValue = { vmid: 401, name: "db-1", scsi0: "fast:20", scsi1: "fast:50", scsi2: null };

/** What a plan says of a change: severity and attribute with the text. */
function told(changes: ObjectValue): unknown[] {
  return dataDiskDiagnostics(PRIOR, { ...PRIOR, ...changes }).map(
    ({ severity, attribute, summary, detail }) => [severity, attribute?.[0], `${summary}. ${detail}`],
  );
}

test("a plan has nothing to say of disks that stay, grow, are new, or are known only later", () => {
  expect(told({})).toEqual([]);
  expect(told({ scsi1: "fast:60", scsi2: "slow:10" })).toEqual([]);
  expect(told({ scsi1: UNKNOWN, scsi2: "" })).toEqual([]);
});

test.each([
  ["error", "fast:49", /^scsi1 of VM 401 \(db-1\) cannot shrink\. It has 50 GiB and 49 GiB are asked for/],
  [
    "error",
    "slow:60",
    /is on another storage\. It is on fast, and slow is asked for\. Move the disk in Proxmox first/,
  ],
  [
    "warning",
    "",
    /is going to be deleted\. scsi1 is "": its disk, fast:50, is deleted, and all data on it is lost/,
  ],
])("a plan has a word on what costs data: an %s for scsi1 = %j", (severity, asked, text) => {
  expect(told({ scsi1: asked })).toEqual([[severity, "scsi1", expect.stringMatching(text)]]);
});

const STORED = {
  scsi0: "fast:vm-401-disk-0,cache=none,discard=on,iothread=1,size=20G,ssd=1",
  scsi1: "fast:vm-401-disk-1,size=50G",
  scsi2: "fast:vm-401-cloudinit,media=cdrom",
  scsi3: "/dev/disk/by-id/ata-one",
};

test("a disk is made only where nothing is, and is attached as the boot disk is", () => {
  const planned: ObjectValue = {
    scsi1: "slow:10",
    scsi4: "slow:10",
    scsi5: "slow:0.3",
    scsi6: null,
    scsi7: UNKNOWN,
  };
  expect(dataDiskChanges(planned, STORED)).toEqual({
    made: {
      scsi4: "slow:10,discard=on,iothread=1,ssd=1",
      scsi5: "slow:0.30078125,discard=on,iothread=1,ssd=1",
    },
    deleted: [],
  });
  expect(dataDiskChanges({ scsi1: "slow:10" }, {}).made).toEqual({ scsi1: "slow:10" });
});

test("only disks are deleted, and only where that is asked for", () => {
  const planned = { scsi1: "", scsi2: "", scsi3: "", scsi4: "" };
  expect(dataDiskChanges(planned, STORED)).toEqual({ made: {}, deleted: ["scsi1"] });
  expect(dataDiskChanges({ scsi1: null }, STORED).deleted).toEqual([]);
});

test.each(["scsi2", "scsi3"])("what is at %s and no disk is not taken out", (device) => {
  expect(() => dataDiskChanges({ [device]: "fast:1" }, STORED)).toThrow(OccupiedDiskError);
});
