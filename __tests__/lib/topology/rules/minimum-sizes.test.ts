import type { Vm } from "../../../../lib/topology";
import { makeTopology } from "./make-topology";
import type { PoolSketch } from "./make-topology";
import { tell } from "./tell";
import type { Told } from "./tell";
import type { RuleSettings } from "../../../../lib/topology/rules/rule";

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

  test("is told where the size is written: in an override, the pool, its profile or the defaults", () => {
    const each = (number: number): Partial<Vm> => ({ memoryMiB: number === 2 ? 4096 : 8192 });
    const topology = makeTopology({ web: { role: "manager", pools: [{ each }] } });
    const overrides = { 2: { memoryMiB: 4096 } };
    const rest =
      ", below the 16 GB that Rancher's documentation asks for; use 16384 or more [manager-below-minimum]";
    const places: [place: string, settings: RuleSettings][] = [
      ["clusters.web.memoryMiB", { clusters: { web: { memoryMiB: 8192, overrides } } }],
      [
        "profiles.small.memoryMiB",
        {
          clusters: { web: { profile: "small", overrides } },
          profiles: { small: { memoryMiB: 8192 } },
          defaults: { memoryMiB: 2048 },
        },
      ],
      ["defaults.memoryMiB", { clusters: { web: { overrides } }, defaults: { memoryMiB: 8192 } }],
    ];
    for (const [place, settings] of places) {
      expect(tell(topology, settings).warnings).toEqual([
        `${place}: got 8192 MiB for web-1, web-3${rest}`,
        `clusters.web.overrides.2.memoryMiB: got 4096 MiB for web-2${rest}`,
      ]);
    }
  });

  test("an apps cluster needs less", () => {
    expect(toldOf("apps", of({ cores: 2, memoryMiB: 4096 }))).toEqual([]);
  });
});

describe("vm-below-minimum", () => {
  test("2 cores and 2 GB are enough for a server, anything for an agent", () => {
    const servers: PoolSketch = { ...of({ cores: 2, memoryMiB: 1908 }), name: "servers" };
    const agents: PoolSketch = { ...of({ cores: 1, memoryMiB: 489 }), name: "workers", role: "agent" };
    expect(toldOf("apps", servers, agents)).toEqual([]);
  });

  test("less is told of either", () => {
    expect(toldOf("apps", { ...of({ cores: 1, memoryMiB: 1907 }), name: "servers" })).toEqual([
      "clusters.web.pools.servers.cores: got 1 for web-servers-1, web-servers-2, web-servers-3, " +
        "below the 2 that K3s's documentation asks for; use 2 or more [vm-below-minimum]",
      "clusters.web.pools.servers.memoryMiB: got 1907 MiB for web-servers-1, web-servers-2, web-servers-3, " +
        "below the 2 GB that K3s's documentation asks for; use 2048 or more [vm-below-minimum]",
    ]);
  });
});

describe("memory-too-small", () => {
  const toldOfMemory = (memoryMiB: number, settings: RuleSettings = {}): Told =>
    tell(makeTopology({ web: { role: "manager", pools: [of({ memoryMiB })] } }), settings);

  test("512 MB are enough", () => {
    expect(toldOfMemory(489).errors).toEqual([]);
  });

  test.each([
    [16, "did you mean 16384 (16 GiB)?"],
    [256, "did you mean 262144 (256 GiB)?"],
    [488, "use 512 or more"],
  ])("%i MiB are an error, and no warning besides", (memoryMiB, fix) => {
    expect(toldOfMemory(memoryMiB)).toMatchObject({
      errors: [
        `clusters.web.memoryMiB: got ${memoryMiB} MiB for web-1, web-2, web-3, below the 512 MB that K3s's documentation asks of any node; ${fix} [memory-too-small]`,
      ],
      warnings: [],
    });
  });

  test("its level can be set", () => {
    const { errors, warnings } = toldOfMemory(16, { checks: { "memory-too-small": "warning" } });
    expect([errors.length, warnings.length]).toEqual([0, 1]);
  });
});
