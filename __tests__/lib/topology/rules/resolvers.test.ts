import type { InterfaceAddress, Network, NetworkInterface, Vm } from "../../../../lib/topology";
import { makeTopology } from "./make-topology";
import { tell } from "./tell";

const networks: Network[] = [
  {
    name: "main",
    bridge: "vmbr0",
    ipv4: { cidr: "10.1.0.0/24" },
    ipv6: { cidr: "2001:db8::/64" },
    dnsServers: [],
  },
  { name: "services", bridge: "vmbr1", ipv4: { cidr: "10.9.0.0/24" }, dnsServers: [] },
];
const interfaceIn = (
  network: string,
  ipv4?: InterfaceAddress,
  ipv6?: InterfaceAddress,
): NetworkInterface => ({
  device: "net0",
  network,
  bridge: "vmbr0",
  ipv4,
  ipv6,
});
const alone = { address: "10.1.0.9", prefixLength: 24 };
const routed = { ...alone, gateway: "10.1.0.1" };
const six = { address: "2001:db8::9", prefixLength: 64 };

const told = (dnsServers: string[], ...interfaces: NetworkInterface[]): readonly string[] =>
  tell(
    makeTopology(
      { web: { pools: [{ role: "agent", each: () => ({ dnsServers, interfaces }) }] } },
      { networks },
    ),
    {
      checks: { "no-servers": "off" },
    },
  ).warnings;

test.each<[string, string, NetworkInterface[]]>([
  ["in the VM's network", "10.1.0.53", [interfaceIn("main", alone)]],
  [
    "in a further network of the VM",
    "10.9.0.53",
    [interfaceIn("main", alone), interfaceIn("services", alone)],
  ],
  ["behind the gateway", "9.9.9.9", [interfaceIn("main", routed)]],
  [
    "behind the gateway of a further network",
    "9.9.9.9",
    [interfaceIn("main", alone), interfaceIn("services", routed)],
  ],
  ["behind a router that DHCP may tell of", "9.9.9.9", [interfaceIn("main", "dhcp")]],
  ["behind a router that may announce itself", "2620:fe::fe", [interfaceIn("main", alone, six)]],
  ["of IPv6, with SLAAC", "2620:fe::fe", [interfaceIn("main", undefined, "auto")]],
])("a resolver %s is reached", (_where, resolver, interfaces) => {
  expect(told([resolver], ...interfaces)).toEqual([]);
});

test("a resolver in no network of the VM, without a gateway, is told", () => {
  expect(told(["10.1.0.53", "10.1.1.0"], interfaceIn("main", alone))).toEqual([
    "network.dnsServers[1]: got 10.1.1.0, which is in no network of web-1, web-2, web-3, and no gateway leads to it; " +
      "use a resolver in their network, or give it a gateway [resolver-unreachable]",
  ]);
});

test("an IPv6 resolver of a VM that has IPv4 alone is told, and the other way round", () => {
  expect(told(["2620:fe::fe"], interfaceIn("main", routed))).toEqual([
    "network.dnsServers[0]: got 2620:fe::fe, but web-1, web-2, web-3 have no IPv6 address; " +
      "use an IPv4 resolver, or give them IPv6 [resolver-unreachable]",
  ]);
  expect(told(["9.9.9.9"], interfaceIn("main", undefined, six))).toEqual([
    expect.stringContaining(
      "got 9.9.9.9, but web-1, web-2, web-3 have no IPv4 address; use an IPv6 resolver",
    ),
  ]);
});

test("of each cluster it is told by itself, and only of the VMs that are concerned", () => {
  const pools = [
    {
      each: (number: number): Partial<Vm> => ({
        dnsServers: ["9.9.9.9"],
        interfaces: [interfaceIn("main", number === 2 ? alone : routed)],
      }),
    },
  ];
  expect(tell(makeTopology({ web: { pools }, db: { pools } }, { networks })).warnings).toEqual([
    expect.stringContaining("in no network of web-2, and"),
    expect.stringContaining("in no network of db-2, and"),
  ]);
});

test("what a cluster leaves as it is is told where it is written for all", () => {
  const pathOf = (network: object): string | undefined => {
    const topology = makeTopology(
      {
        web: {
          pools: [
            { each: () => ({ dnsServers: ["9.9.9.9"], interfaces: [interfaceIn("main of web", alone)] }) },
          ],
        },
      },
      {
        networks: [...networks, { name: "main of web", bridge: "vmbr0", vlanId: 7, dnsServers: ["9.9.9.9"] }],
      },
    );
    const settings = { network: { dnsServers: ["9.9.9.9"] }, clusters: { web: { network } } };
    return /^\S+: /.exec(tell(topology, settings).warnings[0] ?? "")?.[0];
  };
  expect(pathOf({ vlanId: 7 })).toBe("network.dnsServers[0]: ");
  expect(pathOf({ dnsServers: ["9.9.9.9"] })).toBe("clusters.web.network.dnsServers[0]: ");
});
