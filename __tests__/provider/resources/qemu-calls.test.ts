import { QEMU } from "../../../provider/resources/qemu";
import { showValue } from "../../../provider/plugin/object-values";
import type { ObjectValue } from "../../../provider/plugin/value";
import type { RequestRecord } from "../../../simulator";
import {
  applied,
  applyIn,
  client,
  configure,
  context,
  GOLDEN,
  meanwhile,
  simulator,
} from "../../support/simulated-qemu";

/** What was asked since so many requests. */
function requestsSince(count: number): RequestRecord[] {
  return simulator.requests().slice(count);
}

test("a refresh of 20 VMs reads the node's list once, and each VM once", async () => {
  const states: ObjectValue[] = [await applied(null, configure(600))];
  for (let vmid = 601; vmid < 620; vmid += 1) {
    await meanwhile("post", `/nodes/pve1/qemu/${GOLDEN}/clone`, {
      newid: vmid,
      name: `vm-${vmid}`,
      full: true,
    });
    const { state } = QEMU.importState?.(`pve1/${vmid}`) ?? {};
    states.push((await QEMU.read({ state: state ?? {} }, context())).state ?? {});
  }
  const before = simulator.requests().length;
  const run = context();
  const read = await Promise.all(states.map((state) => QEMU.read({ state }, run)));
  expect(read.map(({ state }) => state?.["vmid"])).toEqual(states.map((_, index) => 600 + index));

  const paths = requestsSince(before).map(({ path }) => path.replace(/^\/api2\/json/, ""));
  const ofVms = paths.filter((path) => /\/qemu\/\d+/.test(path));
  expect(ofVms.map((path) => Number(/\/qemu\/(\d+)/.exec(path)?.[1])).sort()).toEqual(
    states.map((_, index) => 600 + index),
  );
  expect(paths.filter((path) => !ofVms.includes(path))).toEqual(["/nodes/pve1/qemu"]);
});

test("VMs that are made at once are cloned at once", async () => {
  // A second each, in which a busy computer gets round to asking for all three.
  simulator.control.add([{ task: { type: "qmclone" }, count: 3, action: { kind: "delay", seconds: 200 } }]);
  const before = simulator.tasks().length;
  const run = context();
  const made = await Promise.all([630, 631, 632].map((vmid) => applyIn(run, null, configure(vmid))));
  expect(made.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  const clones = simulator
    .tasks()
    .slice(before)
    .filter(({ type }) => type === "qmclone");
  expect(clones).toHaveLength(3);
  const lastStartMs = Math.max(...clones.map(({ startMs }) => startMs));
  const firstEndMs = Math.min(...clones.map(({ endMs }) => endMs ?? Infinity));
  expect(lastStartMs).toBeLessThan(firstEndMs);
});

test("further cards and disks cost no call more than a VM without them", async () => {
  const callsFor = async (config: ObjectValue): Promise<string[]> => {
    const before = simulator.requests().length;
    expect((await applyIn(context(), null, config)).diagnostics).toEqual([]);
    // A request is on record when its answer has gone out: that of the last one has by the end of another.
    await client.get("/version");
    return requestsSince(before)
      .filter(({ path }) => !/\/(tasks|version)/.test(path))
      .map(
        ({ method, path }) =>
          `${method} ${path.replace(/\?.*/, "").replace(showValue(config["vmid"] ?? null), "VMID")}`,
      );
  };
  const plain = { scsi0: "local-vm-zfs:4", ipconfig0: "ip=192.168.1.2/24" };
  const calls = await callsFor(configure(640, plain));
  expect(calls.map((call) => call.replace("/api2/json", ""))).toEqual([
    "GET /cluster/nextid",
    "GET /cluster/resources",
    `GET /nodes/pve1/qemu/${GOLDEN}/config`,
    `POST /nodes/pve1/qemu/${GOLDEN}/clone`,
    "GET /nodes/pve1/qemu/VMID/config",
    "POST /nodes/pve1/qemu/VMID/config",
    "PUT /nodes/pve1/qemu/VMID/resize",
    "GET /nodes/pve1/qemu/VMID/config",
  ]);
  const more = { net1: "virtio,bridge=vmbr0", ipconfig1: "ip=10.0.0.2/8", scsi1: "local-vm-zfs:1" };
  expect(await callsFor(configure(641, { ...plain, ...more, scsi2: "local-vm-zfs:1" }))).toEqual(calls);
});
