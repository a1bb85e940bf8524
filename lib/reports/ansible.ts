import { Document, isMap, isScalar } from "yaml";
import type { Cluster, Pool, Topology, Vm } from "../topology";
import { nameGroups, type GroupNames } from "./ansible-groups";
import { labelTexts, taintTexts } from "./labels";
import { YAML_OPTIONS } from "./yaml-options";

/** A group of the inventory. */
interface Group {
  readonly hosts?: Readonly<Record<string, object>>;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly children?: Readonly<Record<string, Group | null>>;
}

const HEADER = ` An Ansible inventory of a topology: ansible-inventory -i THIS_FILE --list
 Groups: one for each cluster and pool, servers and agents by what members do in Kubernetes, manager and apps by
 what clusters are for. node_config is what config.yaml of K3s and RKE2 takes.`;

const NO_ADDRESS = " Its address is not known beforehand (DHCP or SLAAC): Ansible connects to its name.";

/**
 * An Ansible inventory in YAML: every VM as a host with the address it is reached at, by cluster, by pool and by role.
 * A VM without a fixed address on its first interface has no `ansible_host`, and a comment says so.
 */
export function renderAnsible(topology: Topology): string {
  const document = new Document({ all: { children: groupsOf(topology) } }, YAML_OPTIONS);
  document.commentBefore = HEADER;
  commentHosts(document);
  return document.toString(YAML_OPTIONS);
}

function groupsOf(topology: Topology): Record<string, Group> {
  const names = nameGroups(topology);
  const { clusters } = topology;
  const poolGroups = new Map(
    clusters.flatMap((cluster) =>
      cluster.pools.map((pool): [Pool, string] => [pool, groupOf(cluster, pool, names)]),
    ),
  );
  const ofRole = (role: Vm["role"]): Group =>
    childrenOf([...poolGroups].filter(([pool]) => pool.role === role).map(([, group]) => group));
  const ofCluster = (role: Cluster["role"]): Group =>
    childrenOf(clusters.filter((each) => each.role === role).map((each) => names.ofCluster.get(each) ?? ""));
  return {
    ...Object.fromEntries(clusters.flatMap((cluster) => clusterGroups(cluster, names))),
    ...givenGroups({
      servers: ofRole("server"),
      agents: ofRole("agent"),
      manager: ofCluster("manager"),
      apps: ofCluster("apps"),
    }),
  };
}

function clusterGroups(cluster: Cluster, names: GroupNames): [string, Group][] {
  const vars = {
    cluster_name: cluster.name,
    ...(cluster.apiAddress === undefined ? {} : { cluster_api_address: cluster.apiAddress }),
  };
  const pools = cluster.pools.filter((pool) => names.ofPool.has(pool));
  const own = cluster.pools.filter((pool) => !names.ofPool.has(pool)).flatMap(({ vms }) => vms);
  const group: Group = {
    ...(own.length > 0 ? { hosts: hostsOf(own) } : {}),
    vars,
    ...childrenOf(pools.map((pool) => names.ofPool.get(pool) ?? "")),
  };
  return [
    [names.ofCluster.get(cluster) ?? "", group],
    ...pools.map((pool): [string, Group] => [names.ofPool.get(pool) ?? "", { hosts: hostsOf(pool.vms) }]),
  ];
}

function groupOf(cluster: Cluster, pool: Pool, names: GroupNames): string {
  return names.ofPool.get(pool) ?? names.ofCluster.get(cluster) ?? "";
}

/** Those that hold anything. */
function givenGroups(groups: Readonly<Record<string, Group>>): Record<string, Group> {
  return Object.fromEntries(Object.entries(groups).filter(([, { children }]) => children !== undefined));
}

function childrenOf(groups: readonly string[]): Group {
  return groups.length === 0 ? {} : { children: Object.fromEntries(groups.map((group) => [group, null])) };
}

function hostsOf(vms: readonly Vm[]): Record<string, object> {
  return Object.fromEntries(vms.map((vm) => [vm.name, hostVars(vm)]));
}

function hostVars(vm: Vm): object {
  const address = fixedAddress(vm);
  const addresses = fixedAddresses(vm);
  const config = nodeConfig(vm);
  return {
    ...(address === undefined ? {} : { ansible_host: address }),
    ansible_user: vm.user,
    proxmox_vm_id: vm.vmId,
    proxmox_node: vm.node,
    ...(Object.keys(addresses).length === 0 ? {} : { addresses }),
    ...(Object.keys(config).length === 0 ? {} : { node_config: config }),
  };
}

/** What config.yaml of K3s and RKE2 takes for the node; empty where there is nothing to say. */
function nodeConfig(vm: Vm): Record<string, readonly string[]> {
  const lists = { "node-label": labelTexts(vm), "node-taint": taintTexts(vm) };
  return Object.fromEntries(Object.entries(lists).filter(([, texts]) => texts.length > 0));
}

/** The address of its first interface, IPv4 before IPv6; undefined where it has no fixed one. */
function fixedAddress({ interfaces }: Vm): string | undefined {
  const { ipv4, ipv6 } = interfaces[0] ?? {};
  const fixed = [ipv4, ipv6].find((ip) => typeof ip === "object");
  return fixed?.address;
}

/** The fixed addresses of all its interfaces by network, in their order, IPv4 before IPv6. */
function fixedAddresses({ interfaces }: Vm): Record<string, readonly string[]> {
  const byNetwork: Record<string, readonly string[]> = {};
  for (const { network, ipv4, ipv6 } of interfaces) {
    const fixed = [ipv4, ipv6].flatMap((ip) => (typeof ip === "object" ? [ip.address] : []));
    if (fixed.length > 0) byNetwork[network] = [...(byNetwork[network] ?? []), ...fixed];
  }
  return byNetwork;
}

function commentHosts(document: Document): void {
  const groups = document.getIn(["all", "children"]);
  for (const { value: group } of isMap(groups) ? groups.items : []) {
    const hosts = isMap(group) ? group.get("hosts") : undefined;
    for (const { key, value } of isMap(hosts) ? hosts.items : []) {
      if (isScalar(key) && isMap(value) && !value.has("ansible_host")) key.commentBefore = NO_ADDRESS;
    }
  }
}
