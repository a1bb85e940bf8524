import type { InterfacePlan } from "../addresses/interface-plan";
import type { Allotment } from "../allotments/allotment";
import { canonicalAddress } from "../networks/ip-version";
import type { MainNetworkPlan } from "../networks/network-plan";
import type { Taint } from "../input";
import { templateOn } from "../placement/check-templates";
import type { ClusterPlan, PoolPlan } from "../pools/pool-plan";
import type { Cluster, Pool, Vm } from "../topology";
import { addressRangesOf, interfacesOf } from "./interfaces";
import type { MemberPlan } from "./member-plan";

/** What has been found out about a pool whose checks have found nothing. */
export interface SoundPool {
  readonly vmIds: Allotment | undefined;
  readonly interfaces: readonly InterfacePlan[];
  readonly members: readonly MemberPlan[];
}

/** What all VMs of a topology have alike. */
export interface Ground {
  readonly user: string;
  /** The Proxmox node of each member, by its key. */
  readonly nodes: ReadonlyMap<string, string>;
}

/** Makes a cluster out of its pools. */
export function buildCluster(
  plan: ClusterPlan,
  ground: Ground,
  soundPool: (pool: PoolPlan) => SoundPool,
): Cluster {
  const { name, settings, network } = plan;
  const pools = plan.pools.map((pool) => buildPool(pool, soundPool(pool), network, ground));
  return {
    name,
    role: settings.role ?? "apps",
    waitsFor: [...(settings.waitsFor ?? [])],
    domain: network.domain ?? "",
    apiAddress: settings.apiAddress === undefined ? undefined : canonicalAddress(settings.apiAddress),
    pools,
    vms: pools.flatMap(({ vms }) => vms),
  };
}

function buildPool(
  pool: PoolPlan,
  { vmIds, interfaces, members }: SoundPool,
  network: MainNetworkPlan,
  { user, nodes }: Ground,
): Pool {
  const { name, cluster, role, placement, settings, proxmox } = pool;
  const makeInterfaces = interfacesOf(interfaces);
  const kubernetes = kubernetesOf(settings);
  const dnsServers = Object.freeze([...(network.dnsServers ?? [])]);
  const vms = members.map(({ key, number, hardware, override }): Vm => {
    const node = nodes.get(key) ?? "";
    const { storage, cores, cpu, memoryMiB, diskGiB, extraDisks } = hardware;
    const { tags, labels, taints } = changesKubernetes(override)
      ? kubernetesOf({
          tags: override.tags ?? settings.tags,
          labels: { ...settings.labels, ...override.labels },
          taints: override.taints ?? settings.taints,
        })
      : kubernetes;
    return Object.freeze({
      key,
      name: key,
      cluster,
      pool: name,
      number,
      role,
      vmId: Number(vmIds?.values.get(number)),
      node,
      templateId: templateOn(node, proxmox.templateId ?? 0) ?? 0,
      storage,
      cores,
      cpu,
      memoryMiB,
      diskGiB,
      extraDisks,
      interfaces: makeInterfaces(number),
      dnsServers,
      domain: network.domain ?? "",
      user,
      tags,
      labels,
      taints,
    });
  });
  return {
    name,
    role,
    placement,
    vmIdRanges: (vmIds?.source?.entries ?? []).map(({ run }) => ({
      first: Number(run.first),
      last: Number(run.last),
    })),
    addressRanges: addressRangesOf(interfaces),
    templateDiskGiB: proxmox.templateDiskGiB,
    leftOut: [...new Set(settings.without)].sort((a, b) => a - b),
    vms,
  };
}

type Kubernetes = Pick<Vm, "tags" | "labels" | "taints">;

interface KubernetesSettings {
  readonly tags?: readonly string[];
  readonly labels?: Readonly<Record<string, string | undefined>>;
  readonly taints?: readonly string[];
}

function kubernetesOf({ tags = [], labels = {}, taints = [] }: KubernetesSettings): Kubernetes {
  const entries = Object.entries(labels).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return {
    // Proxmox sorts them, and a plan must find them as they are.
    tags: Object.freeze([...new Set(tags.map((tag) => tag.toLowerCase()))].sort()),
    labels: Object.freeze(Object.fromEntries(entries)),
    taints: Object.freeze(taints.map(parseTaint)),
  };
}

function changesKubernetes(override: MemberPlan["override"]): boolean {
  return "tags" in override || "labels" in override || "taints" in override;
}

/** "dedicated=db:NoSchedule"; the text is sure to parse. */
function parseTaint(text: string): Taint {
  const [, key = "", value, effect] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text) ?? [];
  return Object.freeze({ key, value: value || undefined, effect: effect as Taint["effect"] });
}
