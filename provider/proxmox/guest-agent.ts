import type { ApiClient } from "./api-client";
import { ApiError } from "./api-error";
import { familyLabel, isAddress, isLinkLocal, sameAddress, type IpFamily } from "./ip-address";
import { vmPath, type VmPlace } from "./virtual-machine";
import { waitFor, type Deadline } from "./waiting";

interface Interface {
  readonly name: string;
  /** Lower case. */
  readonly "hardware-address"?: string;
  readonly "ip-addresses"?: readonly {
    readonly "ip-address": string;
    readonly "ip-address-type": IpFamily;
  }[];
}

/** The address that a guest is to report. */
export interface ExpectedAddress {
  readonly family: IpFamily;
  /** @default - any that is neither loopback nor link-local */
  readonly address?: string;
  /**
   * Upper case. Where no address is given only those count that a card with this MAC address has, if the guest has such
   * a card: a bridge of Docker's has an address long before the VM can be reached.
   *
   * @default - every card's count
   */
  readonly macAddress?: string;
}

/**
 * Waits until the guest agent reports an address.
 *
 * @returns the address
 * @throws WaitError where it does not come in time, ApiError where the VM or its agent cannot be asked at all
 */
export async function waitForAddress(
  client: ApiClient,
  place: VmPlace,
  expected: ExpectedAddress,
  deadline: Deadline,
): Promise<string> {
  const label = expected.address ?? `an ${familyLabel(expected.family)} address`;
  const awaited = `the guest agent of VM ${place.vmid} to report ${label}`;
  return await waitFor(awaited, deadline, async (seen) => {
    const interfaces = await readInterfaces(client, place);
    if (interfaces === undefined) {
      seen("the guest agent did not answer");
      return undefined;
    }
    const reported = interfaces.flatMap((card) => usableAddresses(card, expected.family));
    seen(`the guest agent reported ${reported.length === 0 ? "no address" : reported.join(", ")}`);
    return expected.address === undefined
      ? cardsWithMac(interfaces, expected.macAddress).flatMap((card) =>
          usableAddresses(card, expected.family),
        )[0]
      : reported.find((address) => sameAddress(address, expected.address ?? ""));
  });
}

function cardsWithMac(
  interfaces: readonly Interface[],
  macAddress: string | undefined,
): readonly Interface[] {
  if (macAddress === undefined) return interfaces;
  const cards = interfaces.filter((card) => card["hardware-address"]?.toUpperCase() === macAddress);
  return cards.length > 0 ? cards : interfaces;
}

function usableAddresses(card: Interface, family: IpFamily): string[] {
  return (card["ip-addresses"] ?? [])
    .filter((entry) => entry["ip-address-type"] === family)
    .map((entry) => entry["ip-address"])
    .filter(
      (address) => isAddress(address, family) && !/^127\.|^::1$/.test(address) && !isLinkLocal(address),
    );
}

/** The guest's interfaces but its loopback; `undefined` while the agent does not answer. */
async function readInterfaces(client: ApiClient, place: VmPlace): Promise<Interface[] | undefined> {
  try {
    const { result } = await client.get<{ result: readonly Interface[] | { error: unknown } }>(
      `${vmPath(place)}/agent/network-get-interfaces`,
    );
    // An agent too old for the command answers 200 with an error inside.
    if (!Array.isArray(result)) return undefined;
    return (result as readonly Interface[]).filter((card) => card.name !== "lo");
  } catch (error) {
    if (error instanceof ApiError && /guest agent is not running|got timeout|timed out/i.test(error.said))
      return undefined;
    throw error;
  }
}
