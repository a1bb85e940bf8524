/** What single mappings must keep: keys that go together, and numbers of members that there are. */
import type { ClusterInputDraft, Draft, PoolDraft, TopologyDraft } from "../draft";
import { quote } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { NetworkInput } from "../input";
import { membersShape } from "../schema/pool";
import { isMapping } from "./misplaced";

/** Keys of which a pool has one. */
const alternatives = [
  ["firstVmId", "vmIds", "firstVmId counts up from one id, vmIds lists them"],
  ["firstAddress", "addresses", "firstAddress counts up from one address, addresses lists them"],
] as const;

const shortForm = ["members", ...Object.keys(membersShape)];

/** Whether a key was written where it stands: it is no misspelling of it, and not only told to belong there. */
type IsWritten = (key: string) => boolean;

/**
 * Checks each mapping of a draft for itself.
 * @param input what the draft was read from
 * @returns the draft, with a network that lacks its addresses marked as bad, so that nothing follows from that
 */
export function checkOwnRules(draft: TopologyDraft, input: unknown, faults: FaultCollector): TopologyDraft {
  const { network, clusters = {} } = draft;
  const lacksCidr = network !== undefined && !hasSubnet(network) && needSubnet(clusters);
  if (lacksCidr) {
    faults.add(
      ["network", "cidr"],
      "is missing",
      "must be an IPv4 network with a prefix of 8 to 30 bits, such as 192.168.1.0/24; or give ipv6, or addresses: dhcp to all pools",
    );
  }
  const written = below(input, "clusters");
  for (const [name, cluster] of Object.entries(clusters)) {
    if (cluster) checkCluster(cluster, below(written, name), ["clusters", name], faults);
  }
  return lacksCidr ? { ...draft, network: { ...network, cidr: undefined } } : draft;
}

/** Whether any member has an address in the network of the topology that no server gives it. */
function needSubnet(clusters: NonNullable<TopologyDraft["clusters"]>): boolean {
  return Object.values(clusters).some((cluster) => {
    if (!cluster || hasSubnet(cluster.network ?? {})) return false;
    const pools = "pools" in cluster ? Object.values(cluster.pools ?? {}) : [cluster];
    return pools.some((pool) => pool && !isServed(pool));
  });
}

function hasSubnet(network: Draft<Partial<NetworkInput>>): boolean {
  return "cidr" in network || ("ipv6" in network && network.ipv6 !== null);
}

/** Whether a pool says that a server gives its members their addresses, or says it in a way that is bad already. */
function isServed(pool: Pick<PoolDraft, "firstAddress" | "addresses" | "addresses6">): boolean {
  if (pool.firstAddress !== undefined) return false;
  const ways = (["firstAddress", "addresses", "addresses6"] as const).filter((key) => key in pool);
  return ways.length > 0 && ways.every((key) => [undefined, "dhcp", "auto"].includes(pool[key] as string));
}

function checkCluster(
  cluster: ClusterInputDraft,
  written: unknown,
  path: FaultPath,
  faults: FaultCollector,
): void {
  const has = writtenIn(cluster, written);
  if (!("pools" in cluster)) {
    if (!("members" in cluster)) {
      faults.add(
        [...path, "members"],
        "is missing",
        "must be a whole number from 1 to 5000 VMs; or declare pools",
      );
    }
    checkPool(cluster, has, cluster.members, "members", path, faults);
    return;
  }
  if (!has("pools")) return;
  for (const key of shortForm.filter(has)) {
    const fix = "take it out, or move it into the pools that it is meant for";
    faults.add([...path, key], "is no key of a cluster that has pools", fix);
  }
  for (const [name, pool] of Object.entries(cluster.pools ?? {})) {
    if (!pool) continue;
    const hasOwn = writtenIn(pool, below(below(written, "pools"), name));
    checkPool(pool, hasOwn, pool.count, "count", [...path, "pools", name], faults);
  }
}

function writtenIn(draft: object, written: unknown): IsWritten {
  return (key) => key in draft && below(written, key) !== undefined;
}

function below(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function checkPool(
  pool: Omit<PoolDraft, "role">,
  has: IsWritten,
  count: number | undefined,
  countKey: string,
  path: FaultPath,
  faults: FaultCollector,
): void {
  for (const [one, other, difference] of alternatives) {
    if (has(one) && has(other)) {
      faults.add([...path, other], `is given beside ${one}`, `keep one of the two: ${difference}`);
    }
  }
  if (!("firstVmId" in pool) && !("vmIds" in pool)) {
    const fix = "must be a whole number from 100 to 999999999 (a Proxmox VM id); or give vmIds";
    faults.add([...path, "firstVmId"], "is missing", fix);
  }
  if (count === undefined) return;
  const { without = [], overrides = {} } = pool;
  const beyond = `there is no such member: ${countKey} is ${count}`;
  const fix = `use numbers from 1 to ${count}, or raise ${countKey}`;
  const leftOut = new Set(without);
  without.forEach((number, index) => {
    if (number > count) faults.add([...path, "without", index], `got ${quote(number)}, and ${beyond}`, fix);
  });
  if (without.filter((number) => number <= count).length === count) {
    faults.add([...path, "without"], `leaves out all ${count} members`, "keep one of them at least");
  }
  for (const key of Object.keys(overrides)) {
    const number = Number(key);
    if (number > count) {
      faults.add([...path, "overrides", key], beyond, fix);
    } else if (leftOut.has(number)) {
      faults.add(
        [...path, "overrides", key],
        "is about a member that is left out",
        "take it out here or in without",
      );
    }
  }
}
