import { checkInside, cidrPath } from "./check-inside";
import { edgeName, ipVersions, versionOf } from "./ip-version";
import type { IpVersion } from "./ip-version";
import { formatPath } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { formatRun } from "../numbers/number-source";
import { encloses, overlap } from "../numbers/run";
import { isLinkLocalOf } from "./network-plan";
import type { NetworkPlan, RoutedSubnet } from "./network-plan";

type FaultSink = Pick<FaultCollector, "add">;

/**
 * Checks that routers, resolvers and reserved addresses go with each network.
 * A fault in settings that several clusters share is told once.
 */
export function checkNetworks(networks: Iterable<NetworkPlan>, faults: FaultCollector): void {
  const told = new Set<string>();
  const once: FaultSink = {
    add(path, problem, fix) {
      const key = `${formatPath(path)} ${problem}`;
      if (!told.has(key)) faults.add(path, problem, fix);
      told.add(key);
    },
  };
  for (const network of new Set(networks)) {
    if (network.strayGateway !== undefined) {
      const problem = `got ${network.strayGateway}, but there is no cidr that it could be in`;
      const path = network.sourceOf("gateway");
      const lift = path[0] === "networks" ? "" : " (null lifts one that the topology sets)";
      once.add(path, problem, `give cidr, or take this out${lift}`);
    }
    if (network.lacksResolvers) {
      const gateway = network.sourceOf("ipv6", "gateway");
      const problem = `is missing, and the gateway (${formatPath(gateway)}) is link-local, where no resolver can be asked`;
      const fix = "give the IP addresses of DNS resolvers";
      once.add([...gateway.slice(0, -2), "dnsServers"], problem, fix);
    }
    for (const version of ipVersions) {
      const subnet = network[version.key];
      if (typeof subnet === "object") {
        checkGateway(network, subnet, once);
        checkResolvers(network, subnet, once);
      }
      if (subnet !== "bad") checkReserved(network, version, subnet, once);
    }
  }
}

function checkGateway(network: NetworkPlan, subnet: RoutedSubnet, faults: FaultSink): void {
  const { gateway, gatewayDerived, version } = subnet;
  // Routers of IPv6 are reached at link-local addresses too (RFC 4861).
  if (gateway === undefined || gatewayDerived || isLinkLocalOf(subnet, gateway)) return;
  const path = version.key === "ipv6" ? network.sourceOf("ipv6", "gateway") : network.sourceOf("gateway");
  const networkPath = cidrPath(network, version);
  // The gateway of all serves the others still: this network is the one that needs another.
  if (path[0] === "network" && networkPath[0] !== "network") {
    if (encloses(subnet.hosts, { first: gateway, last: gateway })) return;
    const { format } = version.addresses;
    const shared = `${format(gateway)} (${formatPath(path)})`;
    const own = formatPath([...networkPath.slice(0, -1), "gateway"]);
    const fix = `set ${own} to one from ${format(subnet.hosts.first)} to ${format(subnet.hosts.last)}, or to null for none`;
    faults.add(networkPath, `got ${subnet.cidr}, which the gateway is not in: ${shared}`, fix);
    return;
  }
  checkInside({ run: { first: gateway, last: gateway }, path }, subnet, { version, network }, faults);
}

function checkResolvers(network: NetworkPlan, subnet: RoutedSubnet, faults: FaultSink): void {
  const { version } = subnet;
  network.dnsServers?.forEach((server, index) => {
    if (versionOf(server) !== version) return;
    const address = version.addresses.parse(server);
    if (!edgeName(subnet, address)) return;
    const path = [...network.sourceOf("dnsServers"), index];
    checkInside({ run: { first: address, last: address }, path }, subnet, { version, network }, faults);
  });
}

/** Reserved addresses that are in another network protect nothing: a slip, unless another network came in later. */
function checkReserved(
  network: NetworkPlan,
  version: IpVersion,
  subnet: RoutedSubnet | undefined,
  faults: FaultSink,
): void {
  for (const { run, path, version: own } of network.reserved) {
    if (own !== version || (subnet && overlap(subnet.edges, run))) continue;
    const networkPath = cidrPath(network, version);
    if (!sameSection(networkPath, path)) continue;
    const where = subnet ? `${subnet.cidr} (${formatPath(networkPath)})` : `any ${version.name} network here`;
    const fix = "use addresses of the network, or take this out";
    faults.add(path, `got ${formatRun(version.addresses, run)}, which is not in ${where}`, fix);
  }
}

/** Whether two settings stand under the same `network`. */
function sameSection(a: FaultPath, b: FaultPath): boolean {
  return a[0] === b[0] && (a[0] === "network" || a[1] === b[1]);
}
