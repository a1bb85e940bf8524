import { resolveTopology } from "../../../lib/topology";
import type { NetworkInput, TopologyInput } from "../../../lib/topology";
import { base, faultsOf, interfacesOf, members, resolvePool, workers } from "./one-pool";

describe("networks", () => {
  const ipv6 = { cidr: "2001:db8:14::/64", gateway: "fe80::1" };
  const dual = { network: { ...base.network, ipv6 } };

  test("IPv6 is found out by the VM itself where only the network has it", () => {
    expect(interfacesOf({}, dual)[0]).toMatchObject({ ipv4: { address: "10.1.0.50" }, ipv6: "auto" });
  });

  test("IPv6 addresses are counted on and printed in their one form", () => {
    const [, second] = members({ addresses6: "2001:0DB8:14:0::9-2001:db8:14::20" }, dual);
    expect(second?.interfaces[0]?.ipv6).toEqual({
      address: "2001:db8:14::a",
      prefixLength: 64,
      gateway: "fe80::1",
    });
  });

  test("IPv6 can be alone: there is no IPv4, and its router is the resolver", () => {
    const network: NetworkInput = { ipv6: { ...ipv6, gateway: "2001:db8:14::1" }, domain: "lab.example" };
    const pool = { ...workers, addresses: undefined, addresses6: "2001:db8:14::10-2001:db8:14::19" };
    const [vm] = members(pool, { network });
    expect(vm?.interfaces[0]?.ipv4).toBeUndefined();
    expect(vm?.interfaces[0]?.ipv6).toMatchObject({ address: "2001:db8:14::10" });
    expect(vm?.dnsServers).toEqual(["2001:db8:14::1"]);
  });

  test("DHCP leaves the address to the network, but not that of a member that has its own", () => {
    const overrides = { 2: { address: "10.1.0.9" } };
    expect(members({ addresses: "dhcp", overrides }).map(({ interfaces }) => interfaces[0]?.ipv4)).toEqual([
      "dhcp",
      { address: "10.1.0.9", prefixLength: 24, gateway: "10.1.0.1" },
      "dhcp",
    ]);
  });

  test("no gateway means none, and no resolver by default", () => {
    const [vm] = members({}, { network: { ...base.network, gateway: null } });
    expect(vm?.interfaces[0]?.ipv4).toEqual({ address: "10.1.0.50", prefixLength: 24 });
    expect(vm?.dnsServers).toEqual([]);
  });

  test("further ones are on net1 and on, in the order in which the pool names them", () => {
    const networks = {
      storage: { bridge: "vmbr1", vlanId: 20, mtu: 9000, cidr: "10.9.0.0/16" },
      backup: { bridge: "vmbr2" },
    };
    const pool = { networks: { backup: { addresses: "dhcp" }, storage: { addresses: "10.9.0.1-10.9.0.9" } } };
    expect(interfacesOf(pool, { networks }).slice(1)).toEqual([
      { device: "net1", network: "backup", bridge: "vmbr2", ipv4: "dhcp" },
      {
        device: "net2",
        network: "storage",
        bridge: "vmbr1",
        vlanId: 20,
        mtu: 9000,
        ipv4: { address: "10.9.0.1", prefixLength: 16 },
      },
    ]);
    const unused = { ...networks, unused: { bridge: "vmbr3" } };
    expect(resolvePool(pool, { networks: unused }).networks.map(({ name }) => name)).toEqual([
      "main",
      "storage",
      "backup",
    ]);
  });

  test("a cluster's or pool's own main network is known by it, one that differs in nothing by none", () => {
    const short = (index: number): TopologyInput["clusters"][string] => ({
      role: "apps",
      members: 1,
      firstVmId: 600 + index,
      firstAddress: `10.1.0.${100 + index}`,
    });
    const { networks } = resolveTopology({
      ...base,
      network: { ...base.network, vlanId: 14, mtu: 1400 },
      clusters: {
        same: { ...short(0), network: { vlanId: 14, domain: "other.example" } },
        lifted: { ...short(1), network: { vlanId: null, mtu: null } },
        moved: { ...short(2), proxmox: { bridge: "vmbr7" } },
        web: {
          role: "apps",
          pools: {
            servers: workers,
            edge: { ...workers, vmIds: "701-709", addresses: "dhcp", proxmox: { bridge: "vmbr8" } },
          },
        },
      },
    });
    expect(networks.map(({ name, bridge, vlanId, mtu }) => [name, bridge, vlanId, mtu])).toEqual([
      ["main", "vmbr0", 14, 1400],
      ["main of lifted", "vmbr0", undefined, undefined],
      ["main of moved", "vmbr7", 14, 1400],
      ["main of web on vmbr8", "vmbr8", 14, 1400],
    ]);
  });

  test("pools share the main network that their cluster has changed, whichever level sets its bridge", () => {
    const pools = (bridges: readonly (string | undefined)[]): TopologyInput["clusters"][string] => ({
      role: "apps",
      network: { cidr: "10.3.0.0/24", vlanId: 30 },
      proxmox: { bridge: "vmbr3" },
      pools: Object.fromEntries(
        bridges.map((bridge, index) => [
          `pool${index}`,
          {
            role: "server" as const,
            count: 1,
            vmIds: `${611 + index * 10}-${619 + index * 10}`,
            addresses: `10.3.0.${11 + index * 10}-10.3.0.${19 + index * 10}`,
            ...(bridge === undefined ? {} : { proxmox: { bridge } }),
          },
        ]),
      ),
    });
    const networksOf = (...bridges: (string | undefined)[]): unknown[] =>
      resolveTopology({ ...base, clusters: { dev: pools(bridges) } }).networks.map(({ name, bridge }) => [
        name,
        bridge,
      ]);
    expect(networksOf(undefined, undefined)).toEqual([["main of dev", "vmbr3"]]);
    expect(networksOf(undefined, "vmbr3")).toEqual([["main of dev", "vmbr3"]]);
    expect(networksOf("vmbr8", "vmbr8", undefined)).toEqual([
      ["main of dev on vmbr8", "vmbr8"],
      ["main of dev", "vmbr3"],
    ]);
    expect(networksOf(undefined, "vmbr0")).toEqual([
      ["main of dev", "vmbr3"],
      ["main of dev on vmbr0", "vmbr0"],
    ]);
  });

  test("the same addresses may be used in networks that never meet", () => {
    const networks = {
      left: { bridge: "vmbr1", vlanId: 1, cidr: "10.9.0.0/24" },
      right: { bridge: "vmbr1", vlanId: 2, cidr: "10.9.0.0/24" },
      "left-again": { bridge: "vmbr1", vlanId: 1, cidr: "10.9.0.0/24" },
    };
    const addresses = { addresses: "10.9.0.10-10.9.0.12" };
    expect(members({ networks: { left: addresses, right: addresses } }, { networks })).toHaveLength(3);
    expect(
      faultsOf(() => members({ networks: { left: addresses, "left-again": addresses } }, { networks })),
    ).toMatch(
      "web-workers-1 to web-workers-3 would have address 10.9.0.10 to 10.9.0.12, already address of web-workers-1 to web-workers-3",
    );
  });
});

describe("an API address", () => {
  const resolve = (apiAddress: string, network: Partial<NetworkInput> = {}): string | undefined =>
    resolveTopology({
      ...base,
      network: { ...base.network, ...network },
      clusters: { web: { role: "apps", apiAddress, pools: { workers } } },
    }).clusters[0]?.apiAddress;

  test("may be among those reserved, and is printed in its one form", () => {
    expect(resolve("10.1.0.5", { reserved: ["10.1.0.2-10.1.0.9"] })).toBe("10.1.0.5");
    expect(resolve("2001:DB8:0::5", { ipv6: { cidr: "2001:db8::/64" } })).toBe("2001:db8::5");
  });

  test("is kept free of members that are told where to go", () => {
    const message = faultsOf(() => resolve("10.1.0.53", { reserved: ["10.1.0.50"] }));
    expect(message).toMatch("addresses 10.1.0.54-10.1.0.56 would be free");
  });
});
