import { criticalPathMs } from "../../../scripts/bench/critical-path";
import { resolveTopology, type Topology } from "../../../lib";
import type { TaskSnapshot } from "../../../simulator";

const BOOT_MS = 7000;

/** Clusters of so many members; each waits for the one before it. */
function topologyOf(...members: number[]): Topology {
  const clusters = members.map((count, index) => [
    `c${index}`,
    {
      role: "apps",
      members: count,
      firstVmId: 100 * (index + 1),
      firstAddress: `10.0.${index}.10`,
      cores: 1,
      memoryMiB: 1024,
      diskGiB: 10,
      waitsFor: index === 0 ? [] : [`c${index - 1}`],
    },
  ]);
  return resolveTopology({
    proxmox: { nodes: ["pve1"], templateId: 900, storage: "local" },
    network: { cidr: "10.0.0.0/16", domain: "example.com" },
    clusters: Object.fromEntries(clusters) as never,
  });
}

function task(type: string, vmid: number, startMs: number, endMs: number, log: string[] = []): TaskSnapshot {
  return { upid: `UPID:${type}`, node: "pve1", type, vmid, user: "", startMs, endMs, exitStatus: "OK", log };
}

/** A clone of `cloneMs` and a start of two seconds, begun at `startMs` and with a second of nothing in between. */
function life(vmid: number, startMs: number, cloneMs: number): TaskSnapshot[] {
  const clonedMs = startMs + cloneMs;
  return [
    task("qmclone", 900, startMs, clonedMs, [`creating a clone of VM 900 with ID ${vmid}`]),
    task("qmstart", vmid, clonedMs + 1000, clonedMs + 3000),
  ];
}

describe("the critical path", () => {
  test("is the slowest VM's own work, without the time between its tasks", () => {
    const tasks = [...life(100, 0, 14_000), ...life(101, 500, 10_000)];
    const path = criticalPathMs({ topology: topologyOf(2), tasks, bootMs: BOOT_MS, parallelism: 10 });
    expect(path).toBe(14_000 + 2000 + BOOT_MS);
  });

  test("adds up over clusters that wait for each other", () => {
    const tasks = [...life(100, 0, 10_000), ...life(200, 60_000, 20_000)];
    const path = criticalPathMs({ topology: topologyOf(1, 1), tasks, bootMs: BOOT_MS, parallelism: 10 });
    expect(path).toBe(10_000 + 20_000 + 2 * (2000 + BOOT_MS));
  });

  test("has VMs beyond the parallelism wait for the place that is free first", () => {
    const tasks = [...life(100, 0, 30_000), ...life(101, 1, 10_000), ...life(102, 2, 10_000)];
    const path = criticalPathMs({ topology: topologyOf(3), tasks, bootMs: BOOT_MS, parallelism: 2 });
    expect(path).toBe(30_000 + 2000 + BOOT_MS);
    const serial = criticalPathMs({ topology: topologyOf(3), tasks, bootMs: BOOT_MS, parallelism: 1 });
    expect(serial).toBe(50_000 + 3 * (2000 + BOOT_MS));
  });

  test("is refused where a VM was never cloned", () => {
    const path = (): number =>
      criticalPathMs({ topology: topologyOf(2), tasks: life(100, 0, 1), bootMs: 0, parallelism: 1 });
    expect(path).toThrow("VM 101 was never cloned");
  });
});
