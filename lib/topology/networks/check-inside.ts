import { formatPath } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { formatRun } from "../numbers/number-source";
import { encloses, overlap } from "../numbers/run";
import type { Run } from "../numbers/run";
import { edgeName } from "./ip-version";
import type { IpVersion } from "./ip-version";
import type { NetworkPlan, RoutedSubnet } from "./network-plan";

/** Checks that addresses are among those that machines of a network can have. */
export function checkInside(
  { run, path }: { readonly run: Run; readonly path: FaultPath },
  subnet: RoutedSubnet | "bad" | undefined,
  { version, network }: { readonly version: IpVersion; readonly network: NetworkPlan },
  faults: Pick<FaultCollector, "add">,
): boolean {
  // Whatever the fault in the network, addresses that clash with each other are told along with it.
  if (subnet === "bad") return true;
  const { format } = version.addresses;
  const got = `got ${formatRun(version.addresses, run)}`;
  const wanted = formatPath(cidrPath(network, version));
  if (!subnet) {
    const fix = `give ${wanted}, or take this out`;
    faults.add(path, `${got}, but its network has no ${version.name} addresses`, fix);
    return false;
  }
  if (encloses(subnet.hosts, run)) return true;
  const single = run.first === run.last;
  const where = `${subnet.cidr} (${wanted})`;
  const hosts = `use ${single ? "one" : "those"} from ${format(subnet.hosts.first)} to ${format(subnet.hosts.last)}`;
  if (!overlap(subnet.edges, run)) {
    faults.add(path, `${got}, which is not in ${where}`, hosts);
  } else if (!encloses(subnet.edges, run)) {
    faults.add(path, `${got}, which is not wholly in ${where}`, hosts);
  } else {
    const edge = edgeName(subnet, run.first) ?? edgeName(subnet, run.last) ?? "an edge";
    faults.add(path, `${got}, which ${single ? "is" : "includes"} ${edge} of ${where}`, hosts);
  }
  return false;
}

/** Where a network's own address of one IP version is written, or would be. */
export function cidrPath(network: NetworkPlan, version: IpVersion): FaultPath {
  return version.key === "ipv6" ? network.sourceOf("ipv6", "cidr") : network.sourceOf("cidr");
}
