import { didYouMean } from "../did-you-mean";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { MainNetworkPlan, NetworkPlan } from "../networks/network-plan";
import type { PoolPlan } from "../pools/pool-plan";
import { listed } from "../listed";
import { planAddresses } from "./address-plan";
import type { AddressPlan } from "./address-plan";
import { ipv4, ipv6 } from "../networks/ip-version";

/** A network interface that all members of a pool have. */
export interface InterfacePlan {
  /** "net0". */
  readonly device: string;
  readonly network: NetworkPlan;
  /** Undefined where its fault is told already. */
  readonly bridge?: string;
  /** @default - no IPv4 */
  readonly ipv4?: AddressPlan;
  /** @default - no IPv6 */
  readonly ipv6?: AddressPlan;
}

/** Proxmox VE gives a VM up to 32 interfaces, the provider up to these. */
const MOST_FURTHER = 7;

/** A further network with the bridge that it is on. */
export interface FurtherNetwork {
  readonly network: NetworkPlan;
  readonly bridge?: string;
}

/**
 * Plans the interfaces of a pool: net0 in the main network, the others in the order in which the pool names its networks.
 * @param further the further networks by name; undefined where these are bad
 */
export function planInterfaces(
  pool: PoolPlan,
  main: MainNetworkPlan,
  further: ReadonlyMap<string, FurtherNetwork> | undefined,
  faults: FaultCollector,
): InterfacePlan[] {
  const interfaces = [planMainInterface(pool, main, faults)];
  const networks = Object.entries(pool.settings.networks ?? {});
  const path = [...pool.path, "networks"];
  if (networks.length > MOST_FURTHER) {
    const problem = `got ${networks.length} networks`;
    faults.add(path, problem, `a VM has at most ${MOST_FURTHER} besides the main one: take some out`);
  }
  for (const [name, settings] of networks) {
    const found = further?.get(name);
    if (!further || !settings) continue;
    if (!found) {
      faults.add([...path, name], "there is no such network", networkAdvice(name, [...further.keys()]));
      continue;
    }
    const planOf = (version: typeof ipv4): AddressPlan | undefined =>
      planAddresses(
        pool,
        found.network,
        {
          version,
          value: settings[version.poolKey],
          given: version.poolKey in settings,
          path: [...path, name, version.poolKey],
          memberKey: ["networks", name, version.memberKey],
          ownOf: (override) => keyOf(override.networks?.[name], version.memberKey),
        },
        faults,
      );
    interfaces.push({
      ...found,
      device: `net${interfaces.length}`,
      ipv4: planOf(ipv4),
      ipv6: planOf(ipv6),
    });
  }
  checkOverrides(pool, faults);
  return interfaces;
}

function planMainInterface(pool: PoolPlan, main: MainNetworkPlan, faults: FaultCollector): InterfacePlan {
  const { settings, path } = pool;
  const network = main.name === pool.mainNetwork ? main : { ...main, name: pool.mainNetwork };
  const first = "firstAddress" in settings;
  const four = planAddresses(
    pool,
    network,
    {
      version: ipv4,
      value: first ? settings.firstAddress : settings.addresses,
      given: first || "addresses" in settings,
      open: first,
      path: [...path, first ? "firstAddress" : "addresses"],
      memberKey: ["address"],
      missingPath: [...path, "firstAddress"],
      ownOf: (override) => keyOf(override, "address"),
    },
    faults,
  );
  const auto = network.ipv6 !== undefined && !("addresses6" in settings);
  const six = planAddresses(
    pool,
    network,
    {
      version: ipv6,
      value: auto ? "auto" : settings.addresses6,
      given: auto || "addresses6" in settings,
      byDefault: auto,
      path: [...path, "addresses6"],
      memberKey: ["address6"],
      ownOf: (override) => keyOf(override, "address6"),
    },
    faults,
  );
  if (!four && !six && !network.ipv4 && !network.ipv6) {
    const problem = "has no addresses: its main network has neither cidr nor ipv6";
    faults.add(path, problem, "give network.cidr, network.ipv6, or addresses: dhcp");
  }
  return { device: "net0", network, bridge: pool.proxmox.bridge, ipv4: four, ipv6: six };
}

/** Tells of addresses in networks that the members are not in. */
function checkOverrides(pool: PoolPlan, faults: FaultCollector): void {
  const known = "networks" in pool.settings ? pool.settings.networks : {};
  if (!known) return;
  for (const [number, override] of Object.entries(pool.settings.overrides ?? {})) {
    for (const name of Object.keys(override?.networks ?? {})) {
      if (Object.hasOwn(known, name)) continue;
      const path: FaultPath = [...pool.path, "overrides", number, "networks", name];
      const fix =
        didYouMean(name, Object.keys(known)) ??
        "name the network under networks of the pool, or take this out";
      faults.add(path, "is no network of this pool", fix);
    }
  }
}

function networkAdvice(name: string, names: readonly string[]): string {
  const choice =
    names.length > 0 ? `the networks are ${listed(names)}` : "declare it under networks of the topology";
  return didYouMean(name, names) ?? choice;
}

/** A key's value: "bad" where it is there without one, undefined where it is left out. */
function keyOf<K extends string>(
  mapping: { readonly [key in K]?: string | undefined } | undefined,
  key: K,
): string | undefined {
  return mapping && key in mapping ? (mapping[key] ?? "bad") : undefined;
}
