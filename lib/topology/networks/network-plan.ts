import { canonicalAddress, ipv4, ipv6, subnetOf, versionOf } from "./ip-version";
import type { IpVersion, Subnet } from "./ip-version";
import type { Draft } from "../draft";
import type { FaultPath } from "../fault";
import type { FurtherNetworkInput, NetworkInput } from "../input";
import { isLinkLocal6 } from "../ipv6";
import { parseRun } from "../numbers/number-source";
import type { Run } from "../numbers/run";

/** A network that members may be in, with its defaults filled in. */
export interface NetworkPlan {
  /** As in {@link Topology.networks}. */
  readonly name: string;
  readonly vlanId?: number;
  readonly mtu?: number;
  /** "bad" where its fault is told already, and nothing may follow from it. */
  readonly ipv4?: RoutedSubnet | "bad";
  readonly ipv6?: RoutedSubnet | "bad";
  /** Whether none of its settings is known, nor which kinds of addresses it has. */
  readonly isUnread?: boolean;
  /** The IPv4 gateway where there is no IPv4 network that it could be in. */
  readonly strayGateway?: string;
  /** Canonical text. Undefined where their fault is told already, or they are missing. */
  readonly dnsServers?: readonly string[];
  /** Whether nobody wrote the resolvers, and the only gateway is one that none of them can be at. */
  readonly lacksResolvers?: boolean;
  readonly reserved: readonly Reserved[];
  /** Where a key was written; for a default, what it derives from. */
  readonly sourceOf: (...keys: string[]) => FaultPath;
}

/** The addresses of a network, and its router. */
export interface RoutedSubnet extends Subnet {
  readonly gateway?: bigint;
  /** Whether nobody wrote the gateway: it is the first host address. */
  readonly gatewayDerived: boolean;
}

/** Addresses of other machines. */
export interface Reserved {
  readonly version: IpVersion;
  readonly run: Run;
  readonly path: FaultPath;
}

/** The main network of a cluster or of the topology. */
export interface MainNetworkPlan extends NetworkPlan {
  readonly domain?: string;
}

type NetworkDraft = Draft<Partial<NetworkInput>>;

/** What is known of a network whose settings are no mapping at all. */
const allBad: NetworkDraft = {
  cidr: undefined,
  gateway: undefined,
  ipv6: undefined,
  dnsServers: undefined,
  domain: undefined,
};

/**
 * Joins the main network of the topology with what a cluster changes in it.
 * @param shared that of the topology; undefined where it is bad
 * @param own the changes, undefined where they are bad
 * @param ofTopology the topology's main network, whose reserved addresses are used again; left out where this is it
 */
export function planMainNetwork(
  name: string,
  shared: NetworkDraft | undefined = allBad,
  own: NetworkDraft | undefined = allBad,
  ownPath: FaultPath = [],
  ofTopology?: MainNetworkPlan,
): MainNetworkPlan {
  const settings = { ...shared, ...own };
  const sourceOf = (...keys: string[]): FaultPath => {
    const [key = ""] = keys;
    if (key in own) return [...ownPath, ...keys];
    // A derived default was written nowhere: what it derives from is the place to change it.
    const derived = key === "gateway" || key === "dnsServers";
    return derived && !(key in shared) ? sourceOf("cidr") : ["network", ...keys];
  };
  const four = planIpv4(settings);
  const six = planIpv6(settings.ipv6, "ipv6" in settings);
  const derived = "dnsServers" in settings ? undefined : derivedResolvers(four, six);
  return {
    name,
    vlanId: settings.vlanId ?? undefined,
    mtu: settings.mtu ?? undefined,
    ipv4: four,
    ipv6: six,
    isUnread: shared === allBad || own === allBad,
    strayGateway: four === undefined ? (settings.gateway ?? undefined) : undefined,
    dnsServers: derived === "missing" ? undefined : (derived ?? settings.dnsServers?.map(canonicalAddress)),
    lacksResolvers: derived === "missing",
    reserved:
      ofTopology && !("reserved" in own)
        ? ofTopology.reserved
        : planReserved(settings.reserved, sourceOf("reserved")),
    domain: settings.domain,
    sourceOf,
  };
}

/** A network besides the main one. Its routers serve those who have none in the main network, so none is derived. */
export function planFurtherNetwork(
  name: string,
  settings: Draft<FurtherNetworkInput> = { cidr: undefined, gateway: undefined, ipv6: undefined },
): NetworkPlan {
  const path = ["networks", name];
  const withGateway = "gateway" in settings ? settings : { ...settings, gateway: null };
  return {
    name,
    vlanId: settings.vlanId,
    mtu: settings.mtu,
    ipv4: planIpv4(withGateway),
    ipv6: planIpv6(settings.ipv6, "ipv6" in settings),
    strayGateway: "cidr" in settings ? undefined : settings.gateway,
    dnsServers: [],
    reserved: planReserved(settings.reserved, [...path, "reserved"]),
    sourceOf: (...keys) => [...path, ...keys],
  };
}

function planIpv4(settings: Pick<NetworkDraft, "cidr" | "gateway">): RoutedSubnet | "bad" | undefined {
  if (!("cidr" in settings)) return undefined;
  if (settings.cidr === undefined) return "bad";
  const subnet = subnetOf(ipv4, settings.cidr);
  if (!("gateway" in settings)) return { ...subnet, gateway: subnet.hosts.first, gatewayDerived: true };
  const gateway = parseGateway(ipv4, settings.gateway);
  return { ...subnet, gateway, gatewayDerived: false };
}

function planIpv6(settings: NetworkDraft["ipv6"], given: boolean): RoutedSubnet | "bad" | undefined {
  if (settings === null || !given) return undefined;
  if (settings?.cidr === undefined) return "bad";
  const gateway = parseGateway(ipv6, settings.gateway);
  return { ...subnetOf(ipv6, settings.cidr), gateway, gatewayDerived: false };
}

function parseGateway({ addresses }: IpVersion, text: string | null | undefined): bigint | undefined {
  return typeof text === "string" ? addresses.parse(text) : undefined;
}

/** The first gateway; "missing" where the only one is link-local, which programs do not take for a resolver's address. */
function derivedResolvers(
  ...subnets: (RoutedSubnet | "bad" | undefined)[]
): string[] | "missing" | undefined {
  if (subnets.includes("bad")) return undefined;
  const gateways = subnets.flatMap((subnet) =>
    typeof subnet === "object" && subnet.gateway !== undefined ? [{ subnet, gateway: subnet.gateway }] : [],
  );
  const [first] = gateways.filter(({ subnet, gateway }) => !isLinkLocalOf(subnet, gateway));
  if (first) return [first.subnet.version.addresses.format(first.gateway)];
  return gateways.length > 0 ? "missing" : [];
}

/** Whether a router is at an address that every link has for itself, which stands for nothing without its interface. */
export function isLinkLocalOf({ version }: Subnet, address: bigint): boolean {
  return version === ipv6 && isLinkLocal6(address);
}

function planReserved(entries: readonly string[] | undefined, path: FaultPath): Reserved[] {
  return (entries ?? []).map((text, index) => {
    const version = versionOf(text);
    return { version, run: parseRun(version.addresses, text), path: [...path, index] };
  });
}

/** Whether two networks are the same to whoever is in them. */
export function sameNetwork(a: NetworkPlan, b: NetworkPlan): boolean {
  return describe(a) === describe(b);
}

function describe({ vlanId, mtu, ipv4: four, ipv6: six, dnsServers }: NetworkPlan): string {
  const subnets = [four, six].map((subnet) =>
    typeof subnet === "object" ? `${subnet.cidr} ${subnet.gateway ?? ""}` : subnet,
  );
  return JSON.stringify([vlanId, mtu, subnets, dnsServers]);
}
