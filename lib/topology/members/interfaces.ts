import type { AddressPlan } from "../addresses/address-plan";
import type { InterfacePlan } from "../addresses/interface-plan";
import { ipVersions } from "../networks/ip-version";
import type { IpVersion } from "../networks/ip-version";
import type { AddressRange, InterfaceAddress, NetworkInterface } from "../topology";

/** The IP versions that a VM has a gateway of already. */
type Routed = Set<IpVersion["key"]>;

/**
 * Makes the interfaces of a pool's members, by number of the member. A VM has one gateway of each IP version, that of
 * the first of its interfaces which has one: of two default routes the kernel takes either.
 */
export function interfacesOf(
  plans: readonly InterfacePlan[],
): (number: number) => readonly NetworkInterface[] {
  const makers = plans.map(interfaceMaker);
  return (number) => {
    const routed: Routed = new Set();
    return Object.freeze(makers.map((make) => make(number, routed)));
  };
}

/** The addresses that are set aside for the members of a pool. */
export function addressRangesOf(plans: readonly InterfacePlan[]): AddressRange[] {
  return plans.flatMap((plan) =>
    ipVersions.flatMap(({ key, addresses }): AddressRange[] =>
      (plan[key]?.allotment.source?.entries ?? []).map(({ run }) => ({
        network: plan.network.name,
        first: addresses.format(run.first),
        last: addresses.format(run.last),
      })),
    ),
  );
}

function interfaceMaker(plan: InterfacePlan): (number: number, routed: Routed) => NetworkInterface {
  const { device, network, bridge = "", ipv4, ipv6 } = plan;
  const four = addressMaker("ipv4", ipv4);
  const six = addressMaker("ipv6", ipv6);
  const make = (number: number, routed: Routed): NetworkInterface =>
    Object.freeze({
      device,
      network: network.name,
      bridge,
      vlanId: network.vlanId,
      mtu: network.mtu,
      ipv4: four(number, routed),
      ipv6: six(number, routed),
    });
  if (ipv4?.allotment.values.size || ipv6?.allotment.values.size) return make;
  const shared = make(0, new Set());
  return () => shared;
}

function addressMaker(
  key: IpVersion["key"],
  plan: AddressPlan | undefined,
): (number: number, routed: Routed) => InterfaceAddress | undefined {
  if (!plan) return () => undefined;
  const { automatic, allotment, subnet } = plan;
  const { format } = allotment.kind;
  const prefixLength = subnet?.prefixLength ?? 0;
  const gateway = subnet?.gateway === undefined ? undefined : format(subnet.gateway);
  return (number, routed) => {
    const value = allotment.values.get(number);
    if (value === undefined) return automatic;
    const own = routed.has(key) ? undefined : gateway;
    if (own !== undefined) routed.add(key);
    return Object.freeze({ address: format(value), prefixLength, gateway: own });
  };
}
