import type { AddressPlan } from "../addresses/address-plan";
import type { InterfacePlan } from "../addresses/interface-plan";
import { ipVersions } from "../networks/ip-version";
import type { AddressRange, InterfaceAddress, NetworkInterface } from "../topology";

/** Makes the interfaces of a pool's members, by number of the member. */
export function interfacesOf(
  plans: readonly InterfacePlan[],
): (number: number) => readonly NetworkInterface[] {
  const makers = plans.map(interfaceMaker);
  return (number) => Object.freeze(makers.map((make) => make(number)));
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

function interfaceMaker(plan: InterfacePlan): (number: number) => NetworkInterface {
  const { device, network, bridge = "", ipv4, ipv6 } = plan;
  const four = addressMaker(ipv4);
  const six = addressMaker(ipv6);
  const make = (number: number): NetworkInterface =>
    Object.freeze({
      device,
      network: network.name,
      bridge,
      vlanId: network.vlanId,
      mtu: network.mtu,
      ipv4: four(number),
      ipv6: six(number),
    });
  if (ipv4?.allotment.values.size || ipv6?.allotment.values.size) return make;
  const shared = make(0);
  return () => shared;
}

function addressMaker(plan: AddressPlan | undefined): (number: number) => InterfaceAddress | undefined {
  if (!plan) return () => undefined;
  const { automatic, allotment, subnet } = plan;
  const { format } = allotment.kind;
  const prefixLength = subnet?.prefixLength ?? 0;
  const gateway = subnet?.gateway === undefined ? undefined : format(subnet.gateway);
  return (number) => {
    const value = allotment.values.get(number);
    if (value === undefined) return automatic;
    return Object.freeze({ address: format(value), prefixLength, gateway });
  };
}
