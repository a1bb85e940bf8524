import { resolveTopology } from "../../../../lib/topology";
import type { FurtherNetworkInput, NetworkInput } from "../../../../lib/topology";

const left = { bridge: "vmbr1", cidr: "10.2.0.0/24", gateway: "10.2.0.254" };
const right = { bridge: "vmbr2", cidr: "10.3.0.0/24", gateway: "10.3.0.254" };

/** The gateways of a member of both networks, interface by interface. */
function gateways(
  network: Partial<NetworkInput>,
  key: "ipv4" | "ipv6" = "ipv4",
  more: Partial<FurtherNetworkInput> = {},
): unknown[] {
  const { clusters } = resolveTopology({
    proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
    network: { cidr: "10.1.0.0/24", domain: "lab.example", ...network },
    networks: { left: { ...left, ...more }, right: { ...right, ...more } },
    clusters: {
      web: {
        role: "apps",
        members: 1,
        firstVmId: 401,
        firstAddress: "10.1.0.10",
        addresses6: network.ipv6 ? "2001:db8:1::10" : undefined,
        networks: {
          left: { addresses: "10.2.0.10", addresses6: more.ipv6 ? "2001:db8:2::10" : undefined },
          right: { addresses: "10.3.0.10", addresses6: more.ipv6 ? "2001:db8:2::11" : undefined },
        },
        cores: 2,
        memoryMiB: 4096,
        diskGiB: 20,
      },
    },
  });
  return (clusters[0]?.vms[0]?.interfaces ?? []).map(({ [key]: own }) =>
    typeof own === "object" ? own.gateway : own,
  );
}

test("a VM has the gateway of its main network alone", () => {
  expect(gateways({})).toEqual(["10.1.0.1", undefined, undefined]);
});

test("without one there it has that of the first of its networks", () => {
  expect(gateways({ gateway: null, dnsServers: ["9.9.9.9"] })).toEqual([undefined, "10.2.0.254", undefined]);
});

test("the IP versions are routed apart from each other", () => {
  const ipv6 = { cidr: "2001:db8:1::/64" };
  const further = { ipv6: { cidr: "2001:db8:2::/64", gateway: "fe80::2" } };
  expect(gateways({ ipv6 }, "ipv6", further)).toEqual([undefined, "fe80::2", undefined]);
  expect(gateways({ ipv6: { ...ipv6, gateway: "fe80::1" } }, "ipv6", further)).toEqual([
    "fe80::1",
    undefined,
    undefined,
  ]);
  expect(gateways({ ipv6 }, "ipv4", further)).toEqual(["10.1.0.1", undefined, undefined]);
});
