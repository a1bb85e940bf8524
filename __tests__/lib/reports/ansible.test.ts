import * as path from "node:path";
import { parse } from "yaml";
import { renderAnsible } from "../../../lib/reports";
import { loadTopology, type Topology } from "../../../lib/topology";
import { sampleTopology } from "./sample-topology";

interface Group {
  hosts?: Record<string, unknown>;
  vars?: Record<string, unknown>;
  children?: Record<string, null>;
}

function groupsOf(topology: Topology): Record<string, Group> {
  const inventory = parse(renderAnsible(topology)) as { all: { children: Record<string, Group> } };
  return inventory.all.children;
}

/** Hosts of a group and of those below it. */
function hostsOf(name: string, groups: Record<string, Group>): string[] {
  const { hosts = {}, children = {} } = groups[name] ?? {};
  return [...Object.keys(hosts), ...Object.keys(children).flatMap((child) => hostsOf(child, groups))];
}

test("the reference: each cluster a group, by role too", () => {
  const groups = groupsOf(loadTopology(path.join(__dirname, "..", "..", "..", "topology.yaml")));
  const managers = ["rancher-manager-1", "rancher-manager-2", "rancher-manager-3"];
  const apps = ["nprd-apps-1", "nprd-apps-2", "nprd-apps-3"];
  const members = Object.keys(groups).map((name) => [name, hostsOf(name, groups)]);
  expect(Object.fromEntries(members)).toEqual({
    rancher_manager: managers,
    nprd_apps: apps,
    servers: [...managers, ...apps],
    manager: managers,
    apps,
  });
  expect(groups["rancher_manager"]?.hosts?.["rancher-manager-1"]).toEqual({
    ansible_host: "192.168.1.100",
    ansible_user: "ubuntu",
    proxmox_vm_id: 401,
    proxmox_node: "pve1",
    addresses: { main: ["192.168.1.100"] },
  });
});

describe("a topology with pools", () => {
  const groups = groupsOf(sampleTopology());

  test("has a group for each pool, in that of its cluster and in those by role", () => {
    expect(groups["lab"]).toEqual({
      vars: { cluster_name: "lab", cluster_api_address: "10.0.0.10" },
      children: { lab_servers: null, lab_workers: null },
    });
    expect(hostsOf("lab_workers", groups)).toEqual(["lab-workers-1", "lab-workers-2"]);
    expect(hostsOf("servers", groups)).toEqual(["lab-servers-1", "lab-servers-2"]);
    expect(hostsOf("agents", groups)).toEqual(["lab-workers-1", "lab-workers-2"]);
    expect(Object.keys(groups)).not.toContain("manager");
  });

  test("gives labels and taints as K3s takes them", () => {
    expect(groups["lab_workers"]?.hosts?.["lab-workers-1"]).toMatchObject({
      ansible_host: "10.0.0.21",
      node_config: { "node-label": ["tier=db"], "node-taint": ["dedicated=db:NoSchedule"] },
    });
  });

  test("gives the fixed addresses of every interface, by network", () => {
    const hosts = groups["lab_workers"]?.hosts;
    expect(hosts?.["lab-workers-1"]).toMatchObject({
      addresses: { main: ["10.0.0.21", "2001:db8::21"], storage: ["10.5.0.21"] },
    });
    expect(hosts?.["lab-workers-2"]).toMatchObject({ addresses: { storage: ["10.5.0.22"] } });
    expect(hosts?.["lab-workers-2"]).not.toHaveProperty("addresses.main");
  });

  test("leaves out the address of a VM that gets it by DHCP, and says so", () => {
    expect(groups["lab_workers"]?.hosts?.["lab-workers-2"]).not.toHaveProperty("ansible_host");
    expect(renderAnsible(sampleTopology())).toMatch(
      /# Its address is not known beforehand.*\n +lab-workers-2:/,
    );
    expect(renderAnsible(sampleTopology()).match(/not known beforehand/g)).toHaveLength(1);
  });
});

test("a VM with IPv6 alone is reached at its IPv6 address", () => {
  const [cluster] = sampleTopology().clusters;
  const [vm] = cluster?.vms ?? [];
  if (!cluster || !vm) throw new Error("the sample is empty");
  const ipv6 = { address: "2001:db8::5", prefixLength: 64 };
  const device = { device: "net0", network: "main", bridge: "vmbr0", ipv6 };
  const only = { ...vm, interfaces: [device] };
  const pools = cluster.pools.slice(0, 1).map((pool) => ({ ...pool, vms: [only] }));
  const groups = groupsOf({ ...sampleTopology(), clusters: [{ ...cluster, pools, vms: [only] }] });
  expect(groups["lab_servers"]?.hosts?.[only.name]).toMatchObject({ ansible_host: "2001:db8::5" });
});

test("names that are the same without hyphens, or those of other groups, are told apart", () => {
  const [cluster] = sampleTopology().clusters;
  if (!cluster) throw new Error("the sample is empty");
  const named = (name: string) => ({
    ...cluster,
    name,
    pools: cluster.pools.map((pool) => ({
      ...pool,
      vms: pool.vms.map((vm) => ({ ...vm, name: `${name}-${vm.number}` })),
    })),
  });
  const clusters = ["servers", "lab-workers", "lab", "all"].map(named);
  const names = Object.keys(groupsOf({ ...sampleTopology(), clusters }));
  expect(names).toEqual(
    expect.arrayContaining(["servers", "servers_2", "lab_workers", "lab_workers_2", "all_2"]),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z_][a-z0-9_]*$/.test(name))).toEqual([]);
});
