import { rightsOfRoot } from "../../../simulator/access/rights";
import { buildWorld } from "../../../simulator/server/build-world";
import { cloneVm } from "../../../simulator/vm/clone";
import type { TaskHandle } from "../../../simulator/world/tasks";
import type { World } from "../../../simulator/world/world";

function makeTask(): TaskHandle {
  return { log: () => undefined, warn: () => undefined, signal: new AbortController().signal };
}

/** Starts clones in the same instant and tells how each ends. */
async function cloneAtOnce(world: World, newVmids: readonly number[]): Promise<string[]> {
  const rights = rightsOfRoot(world.access);
  const request = { node: "pve1", targetNode: "pve1", vmid: 400, rights };
  const results = await Promise.allSettled(
    newVmids.map((newVmid) => cloneVm(world, { ...request, newVmid }, makeTask())),
  );
  return results.map((result) =>
    result.status === "fulfilled" ? "OK" : (result.reason as Error).message.trim(),
  );
}

describe("clones at the same instant", () => {
  let world: World;
  const make = (storages: { id: string; type: "zfspool" | "rbd"; sizeGiB: number }[]): void => {
    const templates = [{ vmid: 400, name: "t", storage: "st" }];
    world = buildWorld({ speed: 1e5, storages, templates }, "AA:BB");
  };
  afterEach(() => {
    world.clock.close();
  });

  test("of one new id: one is made", async () => {
    make([{ id: "st", type: "zfspool", sizeGiB: 100 }]);
    const outcomes = await cloneAtOnce(world, [401, 401]);
    expect(outcomes.filter((outcome) => outcome === "OK")).toHaveLength(1);
    expect([...world.vms.keys()]).toEqual([400, 401]);
  });

  test.each([
    ["zfspool", "clone failed: can't lock file '/var/lock/pve-manager/pve-storage-st' - got timeout"],
    ["rbd", "clone failed: cfs-lock 'storage-st' error: got lock request timeout"],
  ] as const)("too many on %s: some wait too long for its lock, and leave nothing", async (type, text) => {
    make([{ id: "st", type, sizeGiB: 100 }]);
    const outcomes = await cloneAtOnce(
      world,
      Array.from({ length: 150 }, (_, index) => 1000 + index),
    );
    expect(new Set(outcomes)).toEqual(new Set(["OK", text]));
    const made = outcomes.filter((outcome) => outcome === "OK").length;
    expect(world.vms.size).toBe(1 + made);
    expect(world.storages.group("st", "pve1").list()).toHaveLength(2 + 2 * made);
  });
});
