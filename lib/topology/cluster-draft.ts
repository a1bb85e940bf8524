/**
 * A topology while it is being checked. A value that is missing or bad is undefined,
 * so that every check can run on what is good and all faults come out at once.
 */
import type { FaultPath } from "./fault";
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

/** A topology as far as its single values are good. A key that is there with the value undefined was bad. */
export interface TopologyDraft {
  readonly proxmox: ProxmoxSettings;
  readonly network: NetworkSettings;
  readonly user?: string;
  readonly clusters: readonly ClusterDraft[];
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
