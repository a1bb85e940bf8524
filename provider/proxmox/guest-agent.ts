import type { ApiClient } from "./api-client";
import { ApiError } from "./api-error";
import { vmPath, type VmPlace } from "./virtual-machine";
import { waitFor, type Deadline } from "./waiting";

interface Interface {
  readonly name: string;
  readonly "ip-addresses"?: readonly {
    readonly "ip-address": string;
    readonly "ip-address-type": "ipv4" | "ipv6";
  }[];
}

/**
 * Waits until the guest agent reports an IPv4 address.
 *
 * @param expected the address to wait for; any that is not loopback or link-local where it is left out
 * @returns the address
 * @throws WaitError where it does not come in time, ApiError where the VM or its agent cannot be asked at all
 */
export async function waitForAddress(
  client: ApiClient,
  place: VmPlace,
  expected: string | undefined,
  deadline: Deadline,
): Promise<string> {
  const awaited = `the guest agent of VM ${place.vmid} to report ${expected ?? "an IPv4 address"}`;
  return await waitFor(awaited, deadline, async (seen) => {
    const addresses = await readIpv4Addresses(client, place);
    if (addresses === undefined) {
      seen("the guest agent did not answer");
      return undefined;
    }
    seen(`the guest agent reported ${addresses.length === 0 ? "no address" : addresses.join(", ")}`);
    return expected === undefined ? addresses[0] : addresses.find((address) => address === expected);
  });
}

/** Addresses the agent reports now; `undefined` while it does not answer. */
async function readIpv4Addresses(client: ApiClient, place: VmPlace): Promise<string[] | undefined> {
  try {
    const { result } = await client.get<{ result: readonly Interface[] | { error: unknown } }>(
      `${vmPath(place)}/agent/network-get-interfaces`,
    );
    // An agent too old for the command answers 200 with an error inside.
    if (!Array.isArray(result)) return undefined;
    return (result as readonly Interface[])
      .filter((card) => card.name !== "lo")
      .flatMap((card) => card["ip-addresses"] ?? [])
      .filter((entry) => entry["ip-address-type"] === "ipv4")
      .map((entry) => entry["ip-address"])
      .filter((address) => !/^(127\.|169\.254\.)/.test(address));
  } catch (error) {
    if (error instanceof ApiError && /guest agent is not running|got timeout|timed out/i.test(error.said))
      return undefined;
    throw error;
  }
}
