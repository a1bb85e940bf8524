import { clusterPath, memberName } from "./cluster-draft";
import type { ClusterDraft } from "./cluster-draft";
import { formatPath } from "./fault";
import type { FaultCollector } from "./fault-collector";
import { contains, formatCidr, formatIpv4, parseCidr, parseIpv4 } from "./ipv4";
import { firstFreeRun, intersection } from "./ranges";
import type { NumberRange } from "./topology";

/** A kind of number that each VM has one of, given to a cluster's members in a row. */
interface Series {
  /** The key of the cluster that holds its first number. */
  readonly key: "firstVmId" | "firstAddress";
  /** What one of the numbers is called: "VM id", "address". */
  readonly noun: string;
  readonly format: (value: number) => string;
  /** What to know before following advice to begin elsewhere. */
  readonly caution: string;
}

/** What holds a range of numbers already. */
interface Holding {
  readonly range: NumberRange;
  /** Who holds the given part of the range, as an error names it: "rancher-manager-2 (clusters.rancher-manager)". */
  readonly describe: (part: NumberRange) => string;
}

/** What one cluster takes of a series. */
interface Claim {
  readonly cluster: ClusterDraft;
  readonly range: NumberRange;
  /** What the numbers may come from. */
  readonly bounds: NumberRange;
}

const vmIds: Series = {
  key: "firstVmId",
  noun: "VM id",
  format: String,
  caution: " (but a cluster that is deployed is made anew under other ids)",
};
const addresses: Series = { key: "firstAddress", noun: "address", format: formatIpv4, caution: "" };

/** So many owners of what one cluster takes are named; the advice keeps clear of all of them anyway. */
const MOST_OWNERS = 10;

/** The VM ids that Proxmox VE allows (pve-common:src/PVE/JSONSchema.pm, pve-vmid). */
const allVmIds: NumberRange = { first: 100, last: 999_999_999 };

const allAddresses: NumberRange = { first: 1, last: 2 ** 32 - 2 };

/** Checks that no VM id is taken twice or is a template's, and that there are enough of them. */
export function checkVmIds(clusters: readonly ClusterDraft[], faults: FaultCollector): void {
  const claims = clusters.flatMap((cluster): Claim[] => {
    const { firstVmId, members } = cluster.settings;
    if (firstVmId === undefined || members === undefined) return [];
    const range = { first: firstVmId, last: firstVmId + members - 1 };
    if (range.last <= allVmIds.last) return [{ cluster, range, bounds: allVmIds }];
    const problem = `got ${firstVmId}, which leaves VM ids for ${allVmIds.last - firstVmId + 1} of ${members} members`;
    faults.add(clusterPath(cluster.name, vmIds.key), problem, `use at most ${allVmIds.last - members + 1}`);
    return [];
  });
  const templates = holdingsBySource(clusters, ({ proxmox, sourceOf }) =>
    proxmox.templateId === undefined
      ? []
      : [[proxmox.templateId, `the template's (${formatPath(sourceOf("proxmox", "templateId"))})`]],
  );
  checkSeries(vmIds, claims, templates, faults);
}

/** Checks that each VM's address is a host address of its network that nobody else has, and that there are enough. */
export function checkAddresses(clusters: readonly ClusterDraft[], faults: FaultCollector): void {
  const claims = clusters.flatMap((cluster): Claim[] => claimAddresses(cluster, faults));
  const machines = holdingsBySource(clusters, ({ network, sourceOf }) => {
    const gateway = parseIpv4(network.gateway ?? "");
    const path = formatPath(sourceOf("network", "gateway"));
    const source = path.endsWith("cidr") ? `the first host of ${path} by default` : path;
    const servers = (network.dnsServers ?? []).flatMap((server): [number, string][] => {
      const address = parseIpv4(server);
      const where = formatPath(sourceOf("network", "dnsServers"));
      return address === undefined || address === gateway ? [] : [[address, `a DNS resolver's (${where})`]];
    });
    return gateway === undefined ? servers : [[gateway, `the gateway's (${source})`], ...servers];
  });
  checkSeries(addresses, claims, machines, faults);
}

function claimAddresses(cluster: ClusterDraft, faults: FaultCollector): Claim[] {
  const { members } = cluster.settings;
  const first = parseIpv4(cluster.settings.firstAddress ?? "");
  const network = parseCidr(cluster.network.cidr ?? "");
  if (first === undefined || members === undefined) return [];
  // Whatever the fault in the network, addresses that clash with each other are told along with it.
  if (!network) return [{ cluster, range: { first, last: first + members - 1 }, bounds: allAddresses }];
  const bounds = { first: network.base + 1, last: network.broadcast - 1 };
  const path = clusterPath(cluster.name, addresses.key);
  const where = `${formatCidr(network)} (${formatPath(cluster.sourceOf("network", "cidr"))})`;
  const hosts = `use one from ${formatIpv4(bounds.first)} to ${formatIpv4(bounds.last)}`;
  const got = `got ${formatIpv4(first)}`;
  if (!contains(network, first)) {
    faults.add(path, `${got}, which is not in ${where}`, hosts);
  } else if (first === network.base) {
    faults.add(path, `${got}, which is the network address of ${where}`, hosts);
  } else if (first === network.broadcast) {
    faults.add(path, `${got}, which is the broadcast address of ${where}`, hosts);
  } else if (first + members - 1 > bounds.last) {
    const left = bounds.last - first + 1;
    const problem = `got ${members}, but from ${formatIpv4(first)} only ${left} ${left === 1 ? "address is" : "addresses are"} left in ${where}`;
    const fix = `lower members to ${left}, begin at a lower firstAddress or use a larger network`;
    faults.add(clusterPath(cluster.name, "members"), problem, fix);
  } else {
    return [{ cluster, range: { first, last: first + members - 1 }, bounds }];
  }
  return [];
}

/** Tells each cluster what it takes that others hold: fixed holders, and the clusters before it. */
function checkSeries(
  series: Series,
  claims: readonly Claim[],
  fixed: readonly Holding[],
  faults: FaultCollector,
): void {
  const holdings = [...fixed, ...claims.map((claim) => heldBy(series, claim))];
  const occupied = holdings.map((holding) => holding.range).sort((a, b) => a.first - b.first);
  claims.forEach(({ cluster, range, bounds }, index) => {
    const before = holdings.slice(0, fixed.length + index);
    const conflicts = before.filter((holding) => intersection(range, holding.range)).slice(0, MOST_OWNERS);
    if (conflicts.length === 0) return;
    const others = occupied.filter((other) => other !== range);
    const fix = adviseStart(series, range, bounds, others);
    for (const holding of conflicts) {
      const part = intersection(range, holding.range) ?? range;
      const members = membersText(cluster.name, range, part);
      const taken = `so ${members} would have ${series.noun} ${rangeText(series, part)}`;
      const problem = `got ${series.format(range.first)}, ${taken}, already ${holding.describe(part)}`;
      faults.add(clusterPath(cluster.name, series.key), problem, fix);
    }
  });
}

/** Where a cluster could begin instead, clear of everyone. */
function adviseStart(
  series: Series,
  range: NumberRange,
  bounds: NumberRange,
  occupied: readonly NumberRange[],
): string {
  const count = range.last - range.first + 1;
  const start =
    firstFreeRun(range.first, count, bounds, occupied) ?? firstFreeRun(bounds.first, count, bounds, occupied);
  if (start !== undefined) return `${series.key} ${series.format(start)} would be free${series.caution}`;
  return `no ${count} in a row are free from ${rangeText(series, bounds)}: use a larger network or fewer members`;
}

function heldBy(series: Series, { cluster, range }: Claim): Holding {
  return {
    range,
    describe: (part) =>
      `${series.noun} of ${membersText(cluster.name, range, part)} (clusters.${cluster.name})`,
  };
}

/** One holding for each number, however many clusters share the setting it is written in. */
function holdingsBySource(
  clusters: readonly ClusterDraft[],
  numbersOf: (cluster: ClusterDraft) => [number, string][],
): Holding[] {
  const owners = new Map<number, string>();
  for (const [value, owner] of clusters.flatMap(numbersOf)) {
    if (!owners.has(value)) owners.set(value, owner);
  }
  return [...owners].map(([value, owner]) => ({
    range: { first: value, last: value },
    describe: () => owner,
  }));
}

function rangeText({ format }: Series, { first, last }: NumberRange): string {
  return first === last ? format(first) : `${format(first)} to ${format(last)}`;
}

/** The members that have the numbers of `part`, out of a cluster that has those of `range`: "apps-2 to apps-4". */
function membersText(cluster: string, range: NumberRange, part: NumberRange): string {
  const numbers = [part.first - range.first + 1, part.last - range.first + 1];
  return [...new Set(numbers.map((number) => memberName(cluster, number)))].join(" to ");
}
