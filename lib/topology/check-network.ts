import type { ClusterDraft } from "./cluster-draft";
import { quote } from "./fault";
import type { FaultPath } from "./fault";
import { formatPath } from "./fault";
import type { FaultCollector } from "./fault-collector";
import { contains, formatCidr, formatIpv4, parseCidr, parseIpv4 } from "./ipv4";

/**
 * Checks that gateway and resolvers go with the network of each cluster.
 * A fault in settings that several clusters share is told once.
 */
export function checkNetworks(clusters: readonly ClusterDraft[], faults: FaultCollector): void {
  const told = new Set<string>();
  for (const { network: settings, sourceOf } of clusters) {
    const network = settings.cidr === undefined ? undefined : parseCidr(settings.cidr);
    if (!network) continue;
    const cidrSource = formatPath(sourceOf("network", "cidr"));
    const add = (path: FaultPath, problem: string, fix: string): void => {
      const key = `${formatPath(path)} ${problem}`;
      if (!told.has(key)) faults.add(path, problem, fix);
      told.add(key);
    };
    const edges = new Map([
      [network.base, "the network address of"],
      [network.broadcast, "the broadcast address of"],
    ]);
    const hosts = `${formatIpv4(network.base + 1)} to ${formatIpv4(network.broadcast - 1)}`;

    const gateway = settings.gateway === undefined ? undefined : parseIpv4(settings.gateway);
    if (gateway !== undefined) {
      const edge = edges.get(gateway);
      const path = sourceOf("network", "gateway");
      const got = `got ${quote(settings.gateway)}`;
      if (!contains(network, gateway)) {
        add(path, `${got}, which is not in ${formatCidr(network)} (${cidrSource})`, `use one from ${hosts}`);
      } else if (edge) {
        add(path, `${got}, which is ${edge} ${formatCidr(network)} (${cidrSource})`, `use one from ${hosts}`);
      }
    }
    (settings.dnsServers ?? []).forEach((server, index) => {
      const address = parseIpv4(server);
      const edge = address === undefined ? undefined : edges.get(address);
      if (!edge) return;
      const path = [...sourceOf("network", "dnsServers"), index];
      add(
        path,
        `got ${quote(server)}, which is ${edge} ${formatCidr(network)} (${cidrSource})`,
        `use one from ${hosts}`,
      );
    });
  }
}
