import { formatPath, quote } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { freeFrom, noAdvice } from "../allotments/ledger";
import type { Holder, Ledger } from "../allotments/ledger";
import { memberName } from "../pools/pool-plan";
import type { ClusterPlan } from "../pools/pool-plan";
import { checkInside } from "../networks/check-inside";
import { versionOf } from "../networks/ip-version";
import type { IpVersion } from "../networks/ip-version";

/**
 * Checks that the address of each cluster's API is in its main network and nobody else's; it may be reserved for it.
 * @param ledger what the VMs and other machines of the main networks have; it gets these addresses too
 */
export function checkApiAddresses(
  version: IpVersion,
  clusters: readonly ClusterPlan[],
  ledger: Ledger,
  faults: FaultCollector,
): void {
  for (const { path: clusterPath, settings, network } of clusters) {
    const { apiAddress } = settings;
    if (apiAddress === undefined || versionOf(apiAddress) !== version) continue;
    const path = [...clusterPath, "apiAddress"];
    const address = version.addresses.parse(apiAddress);
    const run = { first: address, last: address };
    const subnet = network[version.key];
    if (!checkInside({ run, path }, subnet, { version, network }, faults)) continue;
    const owner = `the address of an API (${formatPath(path)})`;
    const holder = ledger.enterOutsider({ run, owner });
    if (!holder || ("owner" in holder && holder.reserved)) continue;
    const problem = `got ${quote(apiAddress)}, already ${holderText(holder)}`;
    if (!ledger.mayAdvise()) {
      faults.add(path, problem, noAdvice);
      continue;
    }
    const free = typeof subnet === "object" ? freeFrom(ledger, subnet.hosts, address, 1) : undefined;
    const fix = free === undefined ? "use another" : `${version.addresses.format(free)} would be free`;
    faults.add(path, problem, fix);
    ledger.keepAdvised();
  }
}

function holderText(holder: Holder): string {
  if ("owner" in holder) return holder.owner;
  const { pool, own } = holder.allotment;
  const path = formatPath(own.get(holder.number) ?? pool.path);
  return `that of ${memberName(pool, holder.number)} (${path})`;
}
