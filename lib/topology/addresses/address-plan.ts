import { formatPath } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { checkInside, cidrPath } from "../networks/check-inside";
import type { NetworkPlan, RoutedSubnet } from "../networks/network-plan";
import { allot } from "../allotments/allotment";
import type { Allotment } from "../allotments/allotment";
import { listedSource, openSource } from "../numbers/number-source";
import type { NumberSource } from "../numbers/number-source";
import type { Run } from "../numbers/run";
import type { MemberOverride, PoolPlan } from "../pools/pool-plan";
import type { IpVersion } from "../networks/ip-version";

/** How the members of a pool get their addresses of one IP version in one network. */
export interface AddressPlan {
  /** How those without a fixed address get theirs. */
  readonly automatic?: "dhcp" | "auto";
  /** The fixed ones. */
  readonly allotment: Allotment;
  /** @default - not known: nothing is fixed, or its fault is told already */
  readonly subnet?: RoutedSubnet;
}

/** What is written about the addresses of a pool, of one IP version in one network. */
export interface WrittenAddresses {
  readonly version: IpVersion;
  readonly value: string | readonly string[] | undefined;
  /** Whether the value is there; without one it is bad then. */
  readonly given: boolean;
  /**
   * Whether nobody wrote the value.
   * @default - somebody did
   */
  readonly byDefault?: boolean;
  /** Whether it is the first address alone. */
  readonly open?: boolean;
  readonly path: FaultPath;
  readonly memberKey: readonly string[];
  /** Where to tell that the addresses are missing; left out where they may be. */
  readonly missingPath?: FaultPath;
  /** The address that an override sets, or "bad". */
  readonly ownOf: (override: MemberOverride) => string | undefined;
}

/** Plans the addresses of a pool's members; undefined where they have none of this version. */
export function planAddresses(
  pool: PoolPlan,
  network: NetworkPlan,
  written: WrittenAddresses,
  faults: FaultCollector,
): AddressPlan | undefined {
  const { version, value, given, memberKey } = written;
  const kind = version.addresses;
  const known = network[version.key];
  const subnet = typeof known === "object" ? known : undefined;
  const bounds = subnet?.hosts ?? { first: 0n, last: 2n ** BigInt(version.bits) - 1n };
  const check = (run: Run, at: FaultPath): boolean =>
    checkInside({ run, path: at }, known, { version, network }, faults);
  const automatic = value === "dhcp" || value === "auto" ? value : undefined;
  const source = automatic || value === undefined ? undefined : sourceOf(pool, value, written);
  const good = source && checkSource(source, pool, { known, network, check }, faults);
  const allotment = allot(
    { kind, pool, bounds, source: good ? source : undefined, memberKey },
    (override, at) => {
      const own = written.ownOf(override);
      if (own === undefined || own === "bad") return own;
      const address = kind.parse(own);
      return check({ first: address, last: address }, at) ? address : "bad";
    },
  );
  if (!given && written.missingPath && known !== undefined && !network.isUnread) {
    const missing = pool.numbers.some((number) => !allotment.own.has(number));
    const fix = "give the IPv4 address of member 1, or a range, a list or dhcp as addresses";
    if (missing) faults.add(written.missingPath, "is missing", fix);
  }
  if (automatic === "auto" && typeof known === "object")
    checkAuto(allotment, known, network, written, faults);
  if (!given && allotment.own.size === 0) return undefined;
  return { automatic, allotment, subnet };
}

/**
 * Checks that members can find out their addresses: SLAAC fills the rest of the prefix with an identifier of 64 bits,
 * and takes no prefix of another length (RFC 4862, 5.5.3; RFC 4291, 2.5.1).
 */
function checkAuto(
  { pool, own }: Allotment,
  { cidr, prefixLength, version }: RoutedSubnet,
  network: NetworkPlan,
  { path, byDefault }: WrittenAddresses,
  faults: FaultCollector,
): void {
  if (prefixLength === SLAAC_PREFIX_LENGTH || pool.numbers.every((number) => own.has(number))) return;
  const where = `${cidr} (${formatPath(cidrPath(network, version))})`;
  const got = byDefault ? 'is "auto" by default' : 'got "auto"';
  const problem = `${got}, but VMs find out their own addresses (SLAAC) in a /${SLAAC_PREFIX_LENGTH} alone, and the network is ${where}`;
  faults.add(path, problem, `make it a /${SLAAC_PREFIX_LENGTH}, or use "dhcp", a range or a list`);
}

const SLAAC_PREFIX_LENGTH = 64;

function sourceOf(
  pool: PoolPlan,
  value: string | readonly string[],
  { version, open, path }: WrittenAddresses,
): NumberSource | undefined {
  if (!open) return listedSource(version.addresses, value, path);
  return pool.count === undefined
    ? undefined
    : openSource(version.addresses.parse(String(value)), pool.count, path);
}

/** Checks that every run of a source is among the host addresses of its network. */
function checkSource(
  source: NumberSource,
  pool: PoolPlan,
  {
    known,
    network,
    check,
  }: {
    readonly known: NetworkPlan["ipv4"];
    readonly network: NetworkPlan;
    readonly check: (run: Run, path: FaultPath) => boolean;
  },
  faults: FaultCollector,
): boolean {
  if (!source.open) {
    // Of a network that has no addresses at all it is enough to be told once.
    const entries = known ? source.entries : source.entries.slice(0, 1);
    return entries.filter(({ run, path }) => !check(run, path)).length === 0;
  }
  const [entry] = source.entries;
  if (!entry) return false;
  const { first, last } = entry.run;
  if (!check({ first, last: first }, source.path)) return false;
  if (typeof known !== "object" || last <= known.hosts.last) return true;
  const left = Number(known.hosts.last - first + 1n);
  const where = `${known.cidr} (${formatPath(cidrPath(network, known.version))})`;
  const start = known.version.addresses.format(first);
  const problem = `got ${pool.count}, but from ${start} only ${left} ${left === 1 ? "address is" : "addresses are"} left in ${where}`;
  const key = String(pool.countPath.at(-1));
  const fix = `lower ${key} to ${left}, begin at a lower firstAddress or use a larger network`;
  faults.add(pool.countPath, problem, fix);
  return false;
}
