import type { Vm } from "../world/vm";
import { configuredInterfaces } from "./cloud-init-files";

/** Networks of the addresses that simulated DHCP servers hand out, card by card: TEST-NET-1 to 3, which no real network has. */
const DHCP_PREFIXES = ["192.0.2", "198.51.100", "203.0.113"];

/** Network of IPv6 addresses that are leased or that a guest makes of what a router announces: for documentation only. */
const IPV6_PREFIX = "2001:db8";

/** The addresses, as `ADDRESS/PREFIX`, that cloud-init gives the interfaces of a guest that starts; by their names. */
export function cloudInitAddresses({ vmid, config }: Vm): Record<string, readonly string[]> {
  return Object.fromEntries(
    configuredInterfaces(config).map(({ name, addressing: { ip, ip6 } }) => {
      const card = Number(name.slice(3));
      const leased = `${DHCP_PREFIXES[card % DHCP_PREFIXES.length] ?? ""}.${2 + (vmid % 250)}/24`;
      const network = card === 0 ? IPV6_PREFIX : `${IPV6_PREFIX}:${card.toString(16)}`;
      const made = `${network}::${(vmid % 0xffff).toString(16)}/64`;
      return [name, [...addressOf(ip, leased), ...addressOf(ip6, made)]];
    }),
  );
}

/** @param found where the guest finds its address itself */
function addressOf(configured: string | undefined, found: string): string[] {
  if (configured === undefined || configured === "manual") return [];
  return [configured === "dhcp" || configured === "auto" ? found : configured];
}
