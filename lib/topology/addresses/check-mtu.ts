import { formatPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { AddressPlan } from "./address-plan";
import type { InterfacePlan } from "./interface-plan";

/** RFC 8200, 5: what every link that carries IPv6 can. Linux turns IPv6 off on an interface below it. */
const LEAST_FOR_IPV6 = 1280;

/** Checks that packets are large enough where members have IPv6, once for each network. */
export function checkMtu(interfaces: Iterable<InterfacePlan>, faults: FaultCollector): void {
  const told = new Set<string>();
  for (const { network, ipv6 } of interfaces) {
    if (!ipv6 || !isKnown(ipv6) || network.mtu === undefined || network.mtu >= LEAST_FOR_IPV6) continue;
    const path = network.sourceOf("mtu");
    if (told.has(formatPath(path))) continue;
    told.add(formatPath(path));
    const problem = `got ${network.mtu}, but its members have IPv6, which takes ${LEAST_FOR_IPV6} bytes at least`;
    faults.add(path, problem, `use ${LEAST_FOR_IPV6} or more, or leave IPv6 out`);
  }
}

/** Whether it is known that members have addresses, and not only that a key for them is there. */
function isKnown({ automatic, allotment }: AddressPlan): boolean {
  return automatic !== undefined || allotment.source !== undefined || allotment.own.size > 0;
}
