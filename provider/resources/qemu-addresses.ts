import type { ObjectValue, Value } from "../plugin/value";
import { isLinkLocal, parseInterfaceAddress, type IpFamily } from "../proxmox/ip-address";
import { parseIpConfig, type IpConfig } from "../proxmox/ip-config";

/** The address of one IP version that an `ipconfigN` gives; `undefined` where it is found out by the guest, or there is none. */
export function staticAddress(ipconfig: Value, family: IpFamily): string | undefined {
  const { ip, ip6 } = ipConfigOf(ipconfig);
  const address = parseInterfaceAddress((family === "ipv4" ? ip : ip6) ?? "", family)?.address;
  // With one that holds on its link alone nobody reaches the VM.
  return address === undefined || (family === "ipv6" && isLinkLocal(address)) ? undefined : address;
}

/** Whether an `ipconfigN` lets the guest find its IPv6 address itself, by DHCP or from its router. */
export function findsIpv6(ipconfig: Value): boolean {
  return ["dhcp", "auto"].includes(ipConfigOf(ipconfig).ip6 ?? "");
}

/** Whether an `ipconfigN` asks for IPv6 and for no IPv4. */
export function isOnlyIpv6(ipconfig: Value): boolean {
  const { ip = "manual", ip6 = "manual" } = ipConfigOf(ipconfig);
  return ip === "manual" && ip6 !== "manual";
}

/**
 * The addresses of a VM as far as its `ipconfig0` gives them.
 *
 * @param known what the guest is known to have: it holds as long as nothing else is asked for
 */
export function addressesOf(ipconfig0: Value, known: ObjectValue): ObjectValue {
  const found = findsIpv6(ipconfig0) ? (known["ipv6_address"] ?? null) : null;
  return {
    ipv4_address: staticAddress(ipconfig0, "ipv4") ?? known["ipv4_address"] ?? null,
    ipv6_address: staticAddress(ipconfig0, "ipv6") ?? found,
  };
}

function ipConfigOf(ipconfig: Value): IpConfig {
  if (typeof ipconfig !== "string" || ipconfig === "") return {};
  try {
    return parseIpConfig(ipconfig);
  } catch {
    // Proxmox stores more than this provider takes, such as a gateway beside dhcp.
    return {};
  }
}
