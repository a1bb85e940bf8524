import { ApiClient } from "../../../provider/proxmox/api-client";
import { waitForAddress, type ExpectedAddress } from "../../../provider/proxmox/guest-agent";

const ignore = (): void => undefined;

/** A card as an agent reports it. */
function card(name: string, mac: string, ...addresses: string[]): unknown {
  return {
    name,
    "hardware-address": mac,
    "ip-addresses": addresses.map((address) => ({
      "ip-address": address,
      "ip-address-type": address.includes(":") ? "ipv6" : "ipv4",
    })),
  };
}

const LOOPBACK = card("lo", "00:00:00:00:00:00", "127.0.0.1", "::1");
const DOCKER = card("docker0", "02:42:ac:11:00:01", "172.17.0.1");
const MAC = "BC:24:11:AA:BB:CC";
const mac = MAC.toLowerCase();

/** What is waited for, of an agent that gives these answers one after the other. */
async function awaited(expected: ExpectedAddress, ...answers: unknown[][]): Promise<string | Error> {
  const client = new ApiClient({
    endpoint: new URL("https://fake.invalid"),
    tokenId: "terraform@pve!provider",
    tokenSecret: "",
    logger: { error: ignore, warn: ignore, info: ignore, debug: ignore },
  });
  const stopping = new AbortController();
  const next = answers.values();
  jest.spyOn(client, "get").mockImplementation(() => {
    const { value } = next.next();
    if (value === undefined) stopping.abort();
    return Promise.resolve({ result: value ?? [] });
  });
  const deadline = { atMs: Infinity, stopping: stopping.signal };
  try {
    return await waitForAddress(client, { node: "pve1", vmid: 401 }, expected, deadline);
  } catch (error) {
    return error as Error;
  }
}

test("with DHCP only the first card's addresses count, for others have theirs before it", async () => {
  const expected = { family: "ipv4", macAddress: MAC } as const;
  const early = [LOOPBACK, DOCKER, card("eth0", mac, "169.254.3.4", "fe80::1")];
  const ready = [LOOPBACK, DOCKER, card("eth0", mac, "192.0.2.7")];
  expect(await awaited(expected, early, ready)).toBe("192.0.2.7");
});

test("every card counts where the guest has none with that address", async () => {
  const expected = { family: "ipv4", macAddress: MAC } as const;
  expect(await awaited(expected, [LOOPBACK, card("bond0", "bc:24:11:00:00:01", "192.0.2.8")])).toBe(
    "192.0.2.8",
  );
});

test("an address that is known is awaited on whatever card, however it is written", async () => {
  const bridge = card("br0", "02:00:00:00:00:01", "fd00::1:100");
  const expected = { family: "ipv6", address: "fd00:0:0::0001:100", macAddress: MAC } as const;
  expect(await awaited(expected, [LOOPBACK, card("eth0", mac, "fd00::5"), bridge])).toBe("fd00::1:100");
});

test("a link-local address is none that a VM can be reached by", async () => {
  const eth0 = card("eth0", mac, "fe80::be24:11ff:feaa:bbcc");
  expect(await awaited({ family: "ipv6" }, [LOOPBACK, eth0])).toMatchObject({
    name: "WaitError",
    awaited: "the guest agent of VM 401 to report an IPv6 address",
  });
});
