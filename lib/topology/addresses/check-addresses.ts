import { formatPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { NetworkPlan } from "../networks/network-plan";
import { checkEnough } from "../allotments/check-enough";
import { addClashFaults } from "../allotments/clash-faults";
import { Ledger } from "../allotments/ledger";
import type { Outsider } from "../allotments/ledger";
import type { ClusterPlan } from "../pools/pool-plan";
import { wireOf } from "../wire";
import { checkApiAddresses } from "./api-address";
import { checkMtu } from "./check-mtu";
import type { AddressPlan } from "./address-plan";
import type { InterfacePlan } from "./interface-plan";
import { ipVersions, versionOf } from "../networks/ip-version";
import type { IpVersion } from "../networks/ip-version";

/** The main networks of all clusters reach each other, so that no address may be in two of them. */
const MAIN = "the main networks";

/** Checks that no two have the same address where they could meet, that there are enough, and that packets can carry them. */
export function checkAddresses(
  clusters: readonly ClusterPlan[],
  interfaces: ReadonlyMap<unknown, readonly InterfacePlan[]>,
  faults: FaultCollector,
): void {
  const all = [...interfaces.values()].flat();
  checkMtu(all, faults);
  const segments = new Set(all.filter(({ device }) => device === "net0").map(segmentOf));
  const realmOf = (each: InterfacePlan): string => (segments.has(segmentOf(each)) ? MAIN : segmentOf(each));
  const realms = new Map<string, Set<NetworkPlan>>([[MAIN, new Set(clusters.map(({ network }) => network))]]);
  for (const each of all) {
    const realm = realmOf(each);
    realms.set(realm, (realms.get(realm) ?? new Set()).add(each.network));
  }
  for (const version of ipVersions) {
    const ledgers = new Map(
      [...realms].map(([realm, networks]) => [realm, new Ledger(outsidersOf(version, networks))]),
    );
    const plans: [AddressPlan, Ledger][] = [];
    for (const each of all) {
      const ledger = ledgers.get(realmOf(each));
      const plan = each[version.key];
      if (plan && ledger) plans.push([plan, ledger]);
    }
    for (const [{ allotment }, ledger] of plans) ledger.enter(allotment);
    const main = ledgers.get(MAIN);
    if (main) checkApiAddresses(version, clusters, main, faults);
    for (const ledger of ledgers.values()) addClashFaults(ledger, faults);
    for (const [{ allotment }, ledger] of plans) checkEnough(allotment, ledger, faults);
  }
}

/** The piece of wire that an interface is on. Where the bridge is not known, its network stands for it. */
function segmentOf({ bridge, network }: InterfacePlan): string {
  return bridge === undefined ? network.name : wireOf({ bridge, vlanId: network.vlanId });
}

/** The machines of networks that are no VMs: routers, resolvers, then those of reserved addresses; each once. */
function outsidersOf(version: IpVersion, networks: Iterable<NetworkPlan>): Outsider[] {
  const all = [...networks];
  const outsiders = new Map<string, Outsider>();
  const note = (outsider: Outsider): void => {
    const key = `${outsider.run.first}-${outsider.run.last}`;
    if (!outsiders.has(key)) outsiders.set(key, outsider);
  };
  for (const network of all) {
    const subnet = network[version.key];
    if (typeof subnet !== "object" || subnet.gateway === undefined) continue;
    note({ run: { first: subnet.gateway, last: subnet.gateway }, owner: gatewayOwner(network, version) });
  }
  for (const network of all) {
    for (const server of network.dnsServers ?? []) {
      if (versionOf(server) !== version) continue;
      const address = version.addresses.parse(server);
      const path = formatPath(network.sourceOf("dnsServers"));
      note({ run: { first: address, last: address }, owner: `a DNS resolver's (${path})` });
    }
  }
  // Clusters that change nothing in it share the topology's list.
  for (const reserved of new Set(all.map((network) => network.reserved))) {
    for (const { run, path, version: own } of reserved)
      if (own === version) note({ run, owner: `reserved (${formatPath(path)})`, reserved: true });
  }
  return [...outsiders.values()];
}

function gatewayOwner(network: NetworkPlan, version: IpVersion): string {
  const subnet = network[version.key];
  if (version.key === "ipv6") return `the gateway's (${formatPath(network.sourceOf("ipv6", "gateway"))})`;
  const path = formatPath(network.sourceOf("gateway"));
  const derived = typeof subnet === "object" && subnet.gatewayDerived;
  return `the gateway's (${derived ? `the first host of ${path} by default` : path})`;
}
