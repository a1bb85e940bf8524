import type { Vm } from "../../../../lib/topology";
import { makeTopology } from "./make-topology";
import type { PoolSketch } from "./make-topology";
import { tell } from "./tell";

describe("disk-below-template", () => {
  const told = (pool: PoolSketch): readonly string[] => tell(makeTopology({ web: { pools: [pool] } })).errors;

  test("a disk as large as the template's is good, and any where the template's is not known", () => {
    expect(told({ templateDiskGiB: 32, each: () => ({ diskGiB: 32 }) })).toEqual([]);
    expect(told({ each: () => ({ diskGiB: 1 }) })).toEqual([]);
  });

  test("a smaller one is an error", () => {
    expect(told({ templateDiskGiB: 32, each: () => ({ diskGiB: 31 }) })).toEqual([
      "clusters.web.diskGiB: got 31 GiB for web-1, web-2, web-3, less than the 32 GiB of the template's disk (templateDiskGiB); " +
        "use 32 or more: Proxmox cannot shrink a disk [disk-below-template]",
    ]);
  });

  test("one member's is told at its override", () => {
    const each = (number: number): Partial<Vm> => ({ diskGiB: number === 3 ? 20 : 32 });
    const topology = makeTopology({ web: { pools: [{ name: "a", templateDiskGiB: 32, each }] } });
    const clusters = { web: { pools: { a: { overrides: { 3: { diskGiB: 20 } } } } } };
    expect(tell(topology, { clusters }).errors).toEqual([
      expect.stringMatching(/^clusters\.web\.pools\.a\.overrides\.3\.diskGiB: got 20 GiB for web-a-3, /),
    ]);
  });
});

describe("vm-id-out-of-range", () => {
  const told = (first: number, last: number, pool: PoolSketch = {}): readonly string[] =>
    tell(makeTopology({ web: { pools: [pool] } }, { vmIds: { first, last } })).errors;

  test("ids up to both ends are good, and any where none were agreed upon", () => {
    expect(told(1000, 1002)).toEqual([]);
    expect(tell(makeTopology({ web: {} })).errors).toEqual([]);
  });

  test("ids beyond either end are an error", () => {
    expect(told(1001, 2000)).toEqual([
      "clusters.web: got VM id 1000 for web-1, outside 1001-2000 (proxmox.vmIds); " +
        "use ids in that range, or agree on a larger one [vm-id-out-of-range]",
    ]);
    expect(told(100, 1000)).toEqual([
      expect.stringMatching(
        /^clusters\.web: got 2 VM ids from 1001 to 1002 for web-2, web-3, outside 100-1000 /,
      ),
    ]);
  });

  test("one that a member has of its own is told at its override", () => {
    const pool: PoolSketch = {
      name: "a",
      vmIdRanges: [{ first: 1000, last: 1099 }],
      each: (number) => ({ vmId: number === 2 ? 77_000 : 1000 + number }),
    };
    expect(told(1000, 1099, pool)).toEqual([
      expect.stringMatching(/^clusters\.web\.pools\.a\.overrides\.2\.vmId: got VM id 77000 for web-a-2, /),
    ]);
  });
});

describe("servers-by-dhcp", () => {
  const net0 = { device: "net0", network: "main", bridge: "vmbr0" };
  const told = (pool: PoolSketch): readonly string[] =>
    tell(makeTopology({ web: { pools: [pool] } })).warnings;

  test("a fixed address of either version is good, and agents need none", () => {
    const ipv6 = { address: "2001:db8::1", prefixLength: 64 };
    expect(told({ each: () => ({ interfaces: [{ ...net0, ipv4: "dhcp", ipv6 }], dnsServers: [] }) })).toEqual(
      [],
    );
    const agents: PoolSketch = {
      name: "workers",
      role: "agent",
      each: () => ({ interfaces: [{ ...net0, ipv4: "dhcp" }] }),
    };
    expect(tell(makeTopology({ web: { pools: [{ name: "servers" }, agents] } })).warnings).toEqual([]);
  });

  test("a server whose address may change is told", () => {
    const each = (number: number): Partial<Vm> =>
      number === 1 ? {} : { interfaces: [{ ...net0, ipv4: "dhcp", ipv6: "auto" }] };
    expect(told({ each })).toEqual([
      "clusters.web.addresses: got no fixed address for web-2, web-3, by which etcd knows a server; " +
        "give firstAddress or addresses, or reserve theirs at the DHCP server and acknowledge this [servers-by-dhcp]",
    ]);
  });
});
