/**
 * A topology while it is being checked. A value that is missing or bad is undefined,
 * so that every check can run on what is good and all faults come out at once.
 */
import type { TopologyDraft } from "./draft";
import type { FaultPath } from "./fault";
import type { FaultCollector } from "./fault-collector";
import type { ClusterRole } from "./input";
import { formatIpv4, parseCidr } from "./ipv4";

/** Good values of `proxmox`. */
export interface ProxmoxSettings {
  nodes?: string[];
  templateId?: number;
  storage?: string;
  bridge?: string;
}

/** Good values of `network`. */
export interface NetworkSettings {
  cidr?: string;
  gateway?: string;
  vlanId?: number | null;
  dnsServers?: string[];
  domain?: string;
}

/** Good values of one cluster, without those it shares with others. */
export interface ClusterSettings {
  role?: ClusterRole;
  waitsFor?: string[];
  members?: number;
  firstVmId?: number;
  firstAddress?: string;
  cores?: number;
  memoryMiB?: number;
  diskGiB?: number;
}

/** One cluster with the settings that hold for it, its own before those of the topology. */
export interface ClusterDraft {
  readonly name: string;
  readonly settings: ClusterSettings;
  readonly proxmox: ProxmoxSettings;
  readonly network: NetworkSettings;
  /** Where a setting that holds for this cluster was written. */
  readonly sourceOf: (section: "proxmox" | "network", key: string) => FaultPath;
}

const resolvedKeys: Readonly<Record<string, readonly string[]>> = {
  topology: ["proxmox", "network", "access", "clusters"],
  proxmox: ["nodes", "templateId", "storage", "bridge"],
  network: ["cidr", "gateway", "vlanId", "dnsServers", "domain"],
  cluster: [
    "role",
    "waitsFor",
    "members",
    "firstVmId",
    "firstAddress",
    "cores",
    "memoryMiB",
    "diskGiB",
    "proxmox",
    "network",
  ],
};

/** The clusters of a draft, each with the settings that hold for it; keys that are not resolved are refused. */
export function clusterDraftsOf(draft: TopologyDraft, faults: FaultCollector): ClusterDraft[] {
  refuseUnresolved("topology", draft, [], faults);
  const shared = {
    proxmox: section("proxmox", draft.proxmox, ["proxmox"], faults),
    network: section("network", draft.network, ["network"], faults),
  };
  return Object.entries(draft.clusters ?? {}).map(([name, cluster = {}]) => {
    const path = ["clusters", name];
    refuseUnresolved("cluster", cluster, path, faults);
    for (const key of ["firstAddress", "cores", "memoryMiB", "diskGiB"] as const) {
      if (!(key in cluster)) faults.add([...path, key], "is missing", MISSING[key]);
    }
    const own = {
      proxmox: "proxmox" in cluster ? section("proxmox", cluster.proxmox, [...path, "proxmox"], faults) : {},
      network: "network" in cluster ? section("network", cluster.network, [...path, "network"], faults) : {},
    };
    return mergeCluster(name, { waitsFor: [], ...cluster } as ClusterSettings, own, shared);
  });
}

const MISSING = {
  firstAddress: "must be the IPv4 address of the first VM",
  cores: "must be a whole number from 1 to 1024 cores",
  memoryMiB: "must be a whole number from 16 to 4194304 MiB (8 GiB are 8192)",
  diskGiB: "must be a whole number from 1 to 65536 GiB",
};

/** The settings of a section; where the section itself is bad, so is each of its keys. */
function section(
  name: "proxmox" | "network",
  draft: object | undefined,
  path: FaultPath,
  faults: FaultCollector,
): ProxmoxSettings & NetworkSettings {
  if (!draft) return Object.fromEntries((resolvedKeys[name] ?? []).map((key) => [key, undefined]));
  refuseUnresolved(name, draft, path, faults);
  return name === "proxmox" && path.length === 1 ? { bridge: "vmbr0", ...draft } : draft;
}

function refuseUnresolved(name: string, draft: object, path: FaultPath, faults: FaultCollector): void {
  for (const key of Object.keys(draft)) {
    if (resolvedKeys[name]?.includes(key)) continue;
    faults.add([...path, key], "is not resolved by this version", "take it out");
  }
}

/** Joins a cluster's own settings with the topology's, and derives the defaults that hang on them. */
export function mergeCluster(
  name: string,
  settings: ClusterSettings,
  own: { readonly proxmox: ProxmoxSettings; readonly network: NetworkSettings },
  shared: { readonly proxmox: ProxmoxSettings; readonly network: NetworkSettings },
): ClusterDraft {
  return {
    name,
    settings,
    proxmox: { ...shared.proxmox, ...own.proxmox },
    network: withDerivedDefaults({ ...shared.network, ...own.network }),
    sourceOf: (section, key) => {
      const path = key in own[section] ? ["clusters", name, section, key] : [section, key];
      // A derived default was written nowhere: what it derives from is the place to change it.
      if (section === "proxmox" || key in own.network || key in shared.network) return path;
      return "cidr" in own.network ? ["clusters", name, "network", "cidr"] : ["network", "cidr"];
    },
  };
}

/** The path of a cluster or of one of its keys. */
export function clusterPath(name: string, ...keys: string[]): FaultPath {
  return ["clusters", name, ...keys];
}

/** The name of a cluster's member, counted from 1. It depends on nothing but the two. */
export function memberName(cluster: string, number: number): string {
  return `${cluster}-${number}`;
}

function withDerivedDefaults(network: NetworkSettings): NetworkSettings {
  const { cidr } = network;
  const parsed = cidr === undefined ? undefined : parseCidr(cidr);
  const gateway = "gateway" in network ? network.gateway : parsed && formatIpv4(parsed.base + 1);
  const dnsServers =
    "dnsServers" in network ? network.dnsServers : gateway === undefined ? undefined : [gateway];
  return { ...network, gateway, dnsServers };
}
