import type { Network } from "../../../../lib/topology";
import { makeTopology } from "./make-topology";
import { tell } from "./tell";

const network = (name: string, cidr: string, own: Partial<Network> = {}): Network => ({
  name,
  bridge: "vmbr0",
  dnsServers: [],
  ipv4: { cidr },
  ...own,
});
const told = (...networks: Network[]): readonly string[] =>
  tell(makeTopology({ web: { pools: [{ each: () => ({ dnsServers: [] }) }] } }, { networks })).warnings;

describe("networks-overlap", () => {
  test("networks side by side are good, and one that two clusters describe differently", () => {
    expect(told(network("main", "10.1.0.0/25"), network("storage", "10.1.0.128/25", { vlanId: 7 }))).toEqual(
      [],
    );
    expect(
      told(network("main", "10.1.0.0/24"), network("main of web", "10.1.0.0/24", { mtu: 9000 })),
    ).toEqual([]);
  });

  test("the same addresses on two VLANs are told", () => {
    expect(told(network("main", "10.1.0.0/16"), network("storage", "10.1.200.0/24", { vlanId: 7 }))).toEqual([
      "networks.storage: got 10.1.200.0/24 on vmbr0 VLAN 7, which overlaps 10.1.0.0/16 (network) on vmbr0; " +
        "use another range for one of the two [networks-overlap]",
    ]);
    expect(
      told(network("main", "10.1.0.0/24"), network("main of web", "10.1.0.0/24", { bridge: "vmbr1" })),
    ).toEqual([
      expect.stringMatching(/^clusters\.web\.network: got 10\.1\.0\.0\/24 on vmbr1, which overlaps /),
    ]);
  });

  test("a network whose bridge a pool has changed is told where its cluster's is", () => {
    const name = "main of web on vmbr1";
    expect(told(network("main", "10.1.0.0/24"), network(name, "10.1.0.0/24", { bridge: "vmbr1" }))).toEqual([
      expect.stringMatching(/^clusters\.web\.network: got 10\.1\.0\.0\/24 on vmbr1, which overlaps /),
    ]);
  });

  test("different prefixes on one VLAN are told", () => {
    expect(told(network("main", "10.1.0.0/16"), network("main of web", "10.1.4.0/24"))).toEqual([
      "clusters.web.network: got 10.1.4.0/24 on vmbr0, where 10.1.0.0/16 (network) has the same addresses with another prefix; " +
        "use one of the two for both [networks-overlap]",
    ]);
  });

  test("IPv6 is told like IPv4", () => {
    const six = (name: string, cidr: string, vlanId: number): Network =>
      network(name, "", { ipv4: undefined, ipv6: { cidr }, vlanId });
    expect(told(six("main", "2001:db8::/64", 1), six("b", "2001:db8:0:1::/64", 2))).toEqual([]);
    expect(told(six("main", "2001:db8::/56", 1), six("b", "2001:db8:0:1::/64", 2))).toEqual([
      expect.stringMatching(
        /^networks\.b: got 2001:db8:0:1::\/64 on vmbr0 VLAN 2, which overlaps 2001:db8::\/56 /,
      ),
    ]);
  });

  test("a cluster can acknowledge what its own network overlaps, and no other can", () => {
    const networks = [network("main", "10.1.0.0/24"), network("main of web", "10.1.0.0/24", { vlanId: 7 })];
    const topology = makeTopology({ web: {}, db: {} }, { networks });
    const acknowledged = (cluster: string): number =>
      tell(topology, { clusters: { [cluster]: { acknowledge: ["networks-overlap"] } } }).acknowledged.length;
    expect([acknowledged("web"), acknowledged("db")]).toEqual([1, 0]);
  });
});

describe("cluster-network-range", () => {
  test.each(["10.41.0.0/16", "10.44.0.0/16", "192.168.1.0/24"])("%s is good", (cidr) => {
    expect(told(network("main", cidr))).toEqual([]);
  });

  test.each([
    ["10.42.255.0/24", "10.42.0.0/16", "pods", "cluster-cidr"],
    ["10.43.0.0/24", "10.43.0.0/16", "services", "service-cidr"],
  ])("%s is told", (cidr, range, what, setting) => {
    expect(told(network("main", cidr))).toEqual([
      `network.cidr: got ${cidr}, which overlaps ${range}, from which K3s and RKE2 give ${what} their addresses; ` +
        `use another network, or install with another ${setting} and acknowledge this [cluster-network-range]`,
    ]);
  });

  test("a network around both is told of both", () => {
    expect(told(network("main", "10.0.0.0/8"))).toHaveLength(2);
  });
});

describe("pod-network-full", () => {
  const members = (count: number): readonly string[] =>
    tell(makeTopology({ web: { pools: [{ name: "servers" }, { name: "workers", role: "agent", count }] } }))
      .warnings;

  test("255 members are good", () => {
    expect(members(252)).toEqual([]);
  });

  test("256 are told", () => {
    expect(members(253)).toEqual([
      "clusters.web: got 256 members, more than the 255 whose pods have addresses in 10.42.0.0/16; " +
        "split the cluster, or install with a larger cluster-cidr and acknowledge this [pod-network-full]",
    ]);
  });
});
