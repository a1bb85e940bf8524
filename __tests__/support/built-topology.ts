import type {
  Cluster,
  ClusterRole,
  InterfaceAddress,
  MemberRole,
  Network,
  NetworkInterface,
  Pool,
  ProxmoxNode,
  Storage,
  Topology,
  Vm,
} from "../../lib/topology";

/** A pool to build; its members get ids, addresses and hosts one after the other. */
export interface BuiltPool {
  readonly name?: string;
  /** @default "server" */
  readonly role?: MemberRole;
  readonly count: number;
  /** @default 4 */
  readonly cores?: number;
  /** @default 8192 */
  readonly memoryMiB?: number;
  /** @default 20 */
  readonly diskGiB?: number;
  /** On scsi1. @default - none */
  readonly dataDiskGiB?: number;
  /** Names of networks, net0's first. @default - the first network alone */
  readonly networks?: readonly string[];
}

/** A cluster to build. */
export interface BuiltCluster extends Partial<Pick<Cluster, "waitsFor" | "apiAddress" | "domain">> {
  readonly name: string;
  /** @default "apps" */
  readonly role?: ClusterRole;
  readonly pools: readonly BuiltPool[];
}

/** A resolved topology to build, without the checks of the resolver. */
export interface BuiltTopology {
  /** A number: so many hosts, pve1 and on, with nothing declared. @default 1 */
  readonly nodes?: number | readonly ProxmoxNode[];
  /** @default - VLAN 14, 192.168.1.0/24 */
  readonly networks?: readonly Network[];
  readonly storages?: readonly Storage[];
  readonly clusters: readonly BuiltCluster[];
  readonly warnings?: Topology["warnings"];
}

export const MAIN_NETWORK: Network = {
  name: "main",
  bridge: "vmbr0",
  vlanId: 14,
  ipv4: { cidr: "192.168.1.0/24", gateway: "192.168.1.1" },
  dnsServers: ["192.168.1.1", "192.168.1.2"],
};

/** A host; what is left out of its capacity is not known. */
export function builtNode(name: string, capacity: Partial<ProxmoxNode["capacity"]> = {}): ProxmoxNode {
  return {
    name,
    capacity: { storageGiB: {}, overcommit: { cores: 1, memory: 1, storage: 1 }, ...capacity },
  };
}

/** Builds a resolved topology: VM ids from 401, addresses from the hundredth of each network, hosts in turn. */
export function buildTopology(built: BuiltTopology): Topology {
  const networks = built.networks ?? [MAIN_NETWORK];
  const nodes =
    typeof built.nodes === "object"
      ? built.nodes
      : Array.from({ length: built.nodes ?? 1 }, (_, index) => builtNode(`pve${index + 1}`));
  const storages = built.storages ?? [{ name: "local-vm-zfs" }];
  let made = 0;
  const build = (cluster: BuiltCluster, pool: BuiltPool, number: number): Vm => {
    const index = made++;
    const name = [cluster.name, pool.name, number].filter((part) => part !== undefined).join("-");
    const storage = storages[0]?.name ?? "local";
    const wanted = pool.networks ?? [networks[0]?.name];
    return {
      key: name,
      name,
      cluster: cluster.name,
      pool: pool.name,
      number,
      role: pool.role ?? "server",
      vmId: 401 + index,
      node: nodes[index % nodes.length]?.name ?? "pve1",
      templateId: 400,
      storage,
      cores: pool.cores ?? 4,
      memoryMiB: pool.memoryMiB ?? 8192,
      diskGiB: pool.diskGiB ?? 20,
      extraDisks: pool.dataDiskGiB ? [{ device: "scsi1", storage, sizeGiB: pool.dataDiskGiB }] : [],
      interfaces: networks
        .filter((network) => wanted.includes(network.name))
        .map((network, net) => interfaceIn(network, net, index)),
      dnsServers: networks[0]?.dnsServers ?? [],
      domain: cluster.domain ?? "example.com",
      user: "ubuntu",
      tags: [],
      labels: {},
      taints: [],
    };
  };
  const clusters = built.clusters.map((cluster): Cluster => {
    const pools = cluster.pools.map((pool): Pool => {
      const vms = Array.from({ length: pool.count }, (_, index) => build(cluster, pool, index + 1));
      return {
        name: pool.name,
        role: pool.role ?? "server",
        placement: "rotate",
        vmIdRanges: [],
        addressRanges: [],
        leftOut: [],
        vms,
      };
    });
    return {
      name: cluster.name,
      role: cluster.role ?? "apps",
      waitsFor: cluster.waitsFor ?? [],
      domain: cluster.domain ?? "example.com",
      apiAddress: cluster.apiAddress,
      pools,
      vms: pools.flatMap(({ vms }) => vms),
    };
  });
  return { clusters, nodes, storages, networks, warnings: built.warnings ?? [] };
}

function interfaceIn(network: Network, net: number, index: number): NetworkInterface {
  return {
    device: `net${net}`,
    network: network.name,
    bridge: network.bridge,
    vlanId: network.vlanId,
    mtu: network.mtu,
    ipv4: ipv4In(network, index),
    ipv6: network.ipv6 && {
      address: `${network.ipv6.cidr.split("::")[0]}::${(256 + index).toString(16)}`,
      prefixLength: 64,
      gateway: network.ipv6.gateway,
    },
  };
}

function ipv4In({ ipv4, ipv6 }: Network, index: number): InterfaceAddress | undefined {
  if (!ipv4) return ipv6 ? undefined : "dhcp";
  const [base = "", prefix = ""] = ipv4.cidr.split("/");
  const octets = base.split(".").map(Number);
  const host = 100 + index;
  const address = [octets[0], octets[1], (octets[2] ?? 0) + Math.floor(host / 256), host % 256].join(".");
  return { address, prefixLength: Number(prefix), gateway: ipv4.gateway };
}
