import type { Vm } from "../../../../lib/topology";
import { makeTopology } from "./make-topology";
import type { PoolSketch } from "./make-topology";
import { tell } from "./tell";

const toldOf = (role: "manager" | "apps", ...pools: PoolSketch[]): readonly string[] =>
  tell(makeTopology({ web: { role, pools } })).warnings;
const of = (sizes: Partial<Vm>): PoolSketch => ({ each: () => sizes });

describe("manager-below-minimum", () => {
  test("4 cores and 16 GB are enough, of 1000 as of 1024", () => {
    expect(toldOf("manager", of({ cores: 4, memoryMiB: 16_384 }))).toEqual([]);
    expect(toldOf("manager", of({ cores: 4, memoryMiB: 15_259 }))).toEqual([]);
  });

  test("less of either is told, with all VMs that have it", () => {
    expect(toldOf("manager", of({ cores: 3, memoryMiB: 15_258 }))).toEqual([
      "clusters.web.cores: got 3 for web-1, web-2, web-3, below the 4 that Rancher's documentation asks for; " +
        "use 4 or more [manager-below-minimum]",
      "clusters.web.memoryMiB: got 15258 MiB for web-1, web-2, web-3, below the 16 GB that Rancher's documentation asks for; " +
        "use 16384 or more [manager-below-minimum]",
    ]);
  });

  test("agents are under it as well, each pool at its own place", () => {
    const workers: PoolSketch = {
      name: "workers",
      role: "agent",
      count: 200,
      each: (number) => ({ cores: number % 2 }),
    };
    expect(toldOf("manager", { name: "servers" }, workers)).toEqual([
      "clusters.web.pools.workers.cores: got 0 to 1 for web-workers-1, web-workers-2, web-workers-3 and 197 more, " +
        "below the 4 that Rancher's documentation asks for; use 4 or more [manager-below-minimum]",
    ]);
  });

  test("a member that differs is told at its override, the others at their pool", () => {
    const memoryOf = (own: number, others: number): readonly string[] => {
      const each = (number: number): Partial<Vm> => ({ memoryMiB: number === 2 ? own : others });
      const clusters = { web: { overrides: { 2: { memoryMiB: own }, 3: { cores: 8 } } } };
      return tell(makeTopology({ web: { role: "manager", pools: [{ each }] } }), { clusters }).warnings;
    };
    expect(memoryOf(8192, 16_384)).toEqual([
      expect.stringMatching(/^clusters\.web\.overrides\.2\.memoryMiB: got 8192 MiB for web-2, /),
    ]);
    expect(memoryOf(16_384, 8192)).toEqual([
      expect.stringMatching(/^clusters\.web\.memoryMiB: got 8192 MiB for web-1, web-3, /),
    ]);
    expect(memoryOf(4096, 8192)).toEqual([
      expect.stringMatching(/^clusters\.web\.memoryMiB: got 8192 MiB for web-1, web-3, /),
      expect.stringMatching(/^clusters\.web\.overrides\.2\.memoryMiB: got 4096 MiB for web-2, /),
    ]);
  });

  test("an apps cluster needs less", () => {
    expect(toldOf("apps", of({ cores: 2, memoryMiB: 4096 }))).toEqual([]);
  });
});

describe("vm-below-minimum", () => {
  const agents = (sizes: Partial<Vm>): PoolSketch => ({ ...of(sizes), name: "workers", role: "agent" });

  test("2 cores and 2 GB are enough for a server, 1 core and 512 MB for an agent", () => {
    const servers: PoolSketch = { ...of({ cores: 2, memoryMiB: 1908 }), name: "servers" };
    expect(toldOf("apps", servers, agents({ cores: 1, memoryMiB: 489 }))).toEqual([]);
  });

  test("less is told of either", () => {
    const servers: PoolSketch = { ...of({ cores: 1, memoryMiB: 1907 }), name: "servers" };
    expect(toldOf("apps", servers, agents({ cores: 1, memoryMiB: 488 }))).toEqual([
      "clusters.web.pools.servers.cores: got 1 for web-servers-1, web-servers-2, web-servers-3, " +
        "below the 2 that K3s's documentation asks for; use 2 or more [vm-below-minimum]",
      "clusters.web.pools.servers.memoryMiB: got 1907 MiB for web-servers-1, web-servers-2, web-servers-3, " +
        "below the 2 GB that K3s's documentation asks for; use 2048 or more [vm-below-minimum]",
      "clusters.web.pools.workers.memoryMiB: got 488 MiB for web-workers-1, web-workers-2, web-workers-3, " +
        "below the 512 MB that K3s's documentation asks for; use 512 or more [vm-below-minimum]",
    ]);
  });
});
