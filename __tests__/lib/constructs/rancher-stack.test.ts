import * as path from "node:path";
import { RancherStack, loadTopology, resolveTopology } from "../../../lib";
import type { ClusterInput, InterfaceAddress, Topology, Vm } from "../../../lib";
import { synthesizedText, withApp } from "./synthesized";
import type { Synthesized } from "./synthesized";

const textOf = (topology: Topology): string =>
  synthesizedText((app) => new RancherStack(app, "rancher-proxmox", { topology }));
const documentOf = (topology: Topology): Synthesized => JSON.parse(textOf(topology)) as Synthesized;

const web: ClusterInput = {
  role: "apps",
  members: 1,
  firstVmId: 401,
  firstAddress: "10.1.0.10",
  cores: 2,
  memoryMiB: 4096,
  diskGiB: 20,
};
const topologyOf = (clusters: Record<string, ClusterInput>): Topology =>
  resolveTopology({
    proxmox: { nodes: ["pve1"], templateId: 400, storage: "local-zfs" },
    network: { cidr: "10.1.0.0/24", domain: "lab.example" },
    clusters,
  });

describe("the reference stack", () => {
  const text = textOf(loadTopology(path.join(__dirname, "..", "..", "..", "topology.yaml")));
  const document = JSON.parse(text) as Synthesized;
  const vms = document.resource?.pve_qemu ?? {};

  test("is this document", () => {
    expect(text).toMatchSnapshot();
  });

  test("has six VMs and two gates, and no other resource", () => {
    expect(Object.keys(document.resource ?? {})).toEqual(["null_resource", "pve_qemu"]);
    expect(Object.keys(vms)).toHaveLength(6);
    expect(Object.keys(document.resource?.null_resource ?? {})).toEqual([
      "nprd-apps-ready",
      "rancher-manager-ready",
    ]);
  });

  test("gives each VM its id and address", () => {
    expect(
      Object.fromEntries(Object.entries(vms).map(([name, vm]) => [name, [vm.vmid, vm.ipconfig0]])),
    ).toEqual({
      "rancher-manager-1": [401, "ip=192.168.1.100/24,gw=192.168.1.1"],
      "rancher-manager-2": [402, "ip=192.168.1.101/24,gw=192.168.1.1"],
      "rancher-manager-3": [403, "ip=192.168.1.102/24,gw=192.168.1.1"],
      "nprd-apps-1": [404, "ip=192.168.1.110/24,gw=192.168.1.1"],
      "nprd-apps-2": [405, "ip=192.168.1.111/24,gw=192.168.1.1"],
      "nprd-apps-3": [406, "ip=192.168.1.112/24,gw=192.168.1.1"],
    });
  });

  test("sets exactly these attributes on a VM, and on an apps VM the manager's gate", () => {
    expect(vms["rancher-manager-1"]).toEqual({
      vmid: 401,
      name: "rancher-manager-1",
      node: "pve1",
      clone: 400,
      cores: 4,
      sockets: 1,
      memory: 8192,
      net0: "virtio,bridge=vmbr0,tag=14",
      scsi0: "local-vm-zfs:20",
      ciuser: "ubuntu",
      ipconfig0: "ip=192.168.1.100/24,gw=192.168.1.1",
      nameserver: "192.168.1.1 192.168.1.2",
      searchdomain: "example.com",
      sshkeys: '${join("\\n", local.ssh_public_keys)}',
      agent: true,
      startup: true,
      wait_for: "agent",
    });
    for (const number of [1, 2, 3]) {
      expect(vms[`nprd-apps-${number}`]?.depends_on).toEqual(["null_resource.rancher-manager-ready"]);
      expect(vms[`rancher-manager-${number}`]).not.toHaveProperty("depends_on");
    }
  });

  test("takes the provider's settings from variables", () => {
    expect(document.provider?.pve).toEqual([
      {
        endpoint: "${var.proxmox_api_url}",
        api_user: "${var.proxmox_api_user}",
        api_token_id: "${var.proxmox_api_token_id}",
        api_token_secret: "${var.proxmox_api_token_secret}",
        insecure: "${var.proxmox_tls_insecure}",
        ca_file: "${var.proxmox_ca_file}",
        fingerprint: "${var.proxmox_fingerprint}",
      },
    ]);
  });

  test("keeps the names, defaults and secrecy of the variables", () => {
    const variables = Object.entries(document.variable ?? {}).map(([name, variable]) => [
      name,
      { default: variable.default, sensitive: variable.sensitive ?? false },
    ]);
    expect(Object.fromEntries(variables)).toEqual({
      proxmox_api_url: { default: undefined, sensitive: false },
      proxmox_api_user: { default: undefined, sensitive: false },
      proxmox_api_token_id: { default: undefined, sensitive: true },
      proxmox_api_token_secret: { default: undefined, sensitive: true },
      proxmox_tls_insecure: { default: false, sensitive: false },
      proxmox_ca_file: { default: null, sensitive: false },
      proxmox_fingerprint: { default: null, sensitive: false },
      rancher_hostname: { default: "rancher.example.com", sensitive: false },
      rancher_password: { default: null, sensitive: true },
      ssh_private_key: { default: "~/.ssh/id_ed25519", sensitive: false },
      ssh_public_keys: { default: [], sensitive: false },
    });
    for (const variable of Object.values(document.variable ?? {})) expect(variable.description).toBeTruthy();
  });

  test("keeps the names and shapes of the outputs, each of which hangs on the VMs", () => {
    const addresses = (cluster: string): string[] =>
      [1, 2, 3].map((number) => `\${pve_qemu.${cluster}-${number}.ipv4_address}`);
    const outputs = document.output ?? {};
    expect(Object.keys(outputs)).toEqual([
      "cluster_ips",
      "kubeconfig_path",
      "nprd_apps_cluster_ips",
      "rancher_manager_cluster_ips",
      "rancher_manager_ip",
      "rancher_manager_url",
      "ssh_public_keys",
    ]);
    expect(outputs.rancher_manager_ip?.value).toEqual(addresses("rancher-manager"));
    expect(outputs.rancher_manager_cluster_ips?.value).toEqual(addresses("rancher-manager"));
    expect(outputs.nprd_apps_cluster_ips?.value).toEqual(addresses("nprd-apps"));
    expect(outputs.cluster_ips?.value).toEqual({
      manager: addresses("rancher-manager"),
      nprd_apps: addresses("nprd-apps"),
    });
    const depends_on = ["null_resource.rancher-manager-ready"];
    expect(outputs.rancher_manager_url).toMatchObject({
      value: "https://${var.rancher_hostname}",
      depends_on,
    });
    expect(outputs.kubeconfig_path).toMatchObject({ value: "~/.kube/rancher-manager.yaml", depends_on });
  });

  test("needs a Terraform that knows what it uses", () => {
    expect(document.terraform?.required_version).toBe(">= 1.5");
  });
});

test("a VM that is in no VLAN is not tagged", () => {
  const vm = documentOf(topologyOf({ web })).resource?.pve_qemu?.["web-1"];
  expect(vm?.net0).toBe("virtio,bridge=vmbr0");
});

test("without a manager there is no output about one, and Rancher is expected in the clusters' domain", () => {
  const document = documentOf(topologyOf({ web }));
  expect(Object.keys(document.output ?? {})).toEqual(["cluster_ips", "ssh_public_keys", "web_cluster_ips"]);
  expect(document.variable?.rancher_hostname?.default).toBe("rancher.lab.example");
});

test("clusters may be called what CDKTF or the stack call things of their own", () => {
  const names = ["backend", "null", "pve", "ssh", "variables", "clusters", "constructor"];
  const clusters = names.map((name, index): [string, ClusterInput] => [
    name,
    { ...web, firstVmId: 401 + index, firstAddress: `10.1.0.${10 + index}` },
  ]);
  const topology = topologyOf(Object.fromEntries(clusters));
  expect(documentOf(topology).output?.cluster_ips?.value).toEqual(
    Object.fromEntries(names.map((name) => [name, [`\${pve_qemu.${name}-1.ipv4_address}`]])),
  );
  withApp((app) => {
    new RancherStack(app, "rancher-proxmox", { topology });
    expect(() => {
      app.synth();
    }).not.toThrow();
  });
});

test("a growing cluster changes no other VM of the document", () => {
  const other: ClusterInput = { ...web, firstVmId: 501, firstAddress: "10.1.0.50", waitsFor: ["web"] };
  const before = documentOf(topologyOf({ web, other })).resource?.pve_qemu ?? {};
  const after = documentOf(topologyOf({ web: { ...web, members: 4 }, other })).resource?.pve_qemu ?? {};
  expect(Object.keys(after)).toHaveLength(Object.keys(before).length + 3);
  expect(after).toMatchObject(before);
});

/** The topology with other VMs in the places of its own. */
function withVms(topology: Topology, change: (vm: Vm) => Vm): Topology {
  const clusters = topology.clusters.map((cluster) => ({ ...cluster, vms: cluster.vms.map(change) }));
  return { ...topology, clusters };
}

test("a VM has the CPU, tags, disks and interfaces that the topology says", () => {
  const topology = withVms(topologyOf({ web }), (vm) => ({
    ...vm,
    cpu: "host",
    tags: ["rancher", "web"],
    dnsServers: [],
    extraDisks: [{ device: "scsi1", storage: "ceph", sizeGiB: 200 }],
    interfaces: [
      ...vm.interfaces.map((net0) => ({ ...net0, mtu: 9000, ipv6: "auto" as const })),
      {
        device: "net1",
        network: "storage",
        bridge: "vmbr1",
        vlanId: 40,
        ipv4: { address: "10.40.0.10", prefixLength: 24 },
        ipv6: { address: "2001:db8::10", prefixLength: 64, gateway: "fe80::1" },
      },
      { device: "net2", network: "backup", bridge: "vmbr2", ipv4: "dhcp" },
    ],
  }));
  const vm = documentOf(topology).resource?.pve_qemu?.["web-1"];
  expect(vm).toMatchObject({
    cpu: "host",
    tags: ["rancher", "web"],
    scsi0: "local-zfs:20",
    scsi1: "ceph:200",
    net0: "virtio,bridge=vmbr0,mtu=9000",
    ipconfig0: "ip=10.1.0.10/24,gw=10.1.0.1,ip6=auto",
    net1: "virtio,bridge=vmbr1,tag=40",
    ipconfig1: "ip=10.40.0.10/24,ip6=2001:db8::10/64,gw6=fe80::1",
    net2: "virtio,bridge=vmbr2",
    ipconfig2: "ip=dhcp",
  });
  expect(vm).not.toHaveProperty("nameserver");
});

describe("the addresses in the outputs", () => {
  const ipv6: InterfaceAddress = { address: "2001:db8::10", prefixLength: 64 };
  const outputsOf = (change: (vm: Vm) => Partial<Vm["interfaces"][number]>): Record<string, unknown> => {
    const clusters = { web, db: { ...web, firstVmId: 501, firstAddress: "10.1.0.50" } };
    const topology = withVms(topologyOf(clusters), (vm) => ({
      ...vm,
      interfaces: vm.interfaces.map((net0) => ({ ...net0, ...change(vm) })),
    }));
    const outputs = Object.entries(documentOf(topology).output ?? {});
    return Object.fromEntries(outputs.map(([name, { value, description }]) => [name, [value, description]]));
  };

  test("are IPv6 ones where a VM has no other", () => {
    expect(outputsOf(() => ({ ipv4: undefined, ipv6 }))).toMatchObject({
      web_cluster_ips: [["${pve_qemu.web-1.ipv6_address}"], "IPv6 addresses of the cluster web."],
      cluster_ips: [
        { web: ["${pve_qemu.web-1.ipv6_address}"], db: ["${pve_qemu.db-1.ipv6_address}"] },
        "IPv6 addresses of every cluster.",
      ],
    });
  });

  test("are IPv4 ones where it has both; the IPv6 ones are beside them, of the clusters that have any", () => {
    expect(outputsOf(({ cluster }) => (cluster === "web" ? { ipv6 } : {}))).toMatchObject({
      web_cluster_ips: [["${pve_qemu.web-1.ipv4_address}"], "IPv4 addresses of the cluster web."],
      cluster_ips: [
        { web: ["${pve_qemu.web-1.ipv4_address}"], db: ["${pve_qemu.db-1.ipv4_address}"] },
        "IPv4 addresses of every cluster.",
      ],
      cluster_ipv6s: [
        { web: ["${pve_qemu.web-1.ipv6_address}"] },
        "IPv6 addresses of every cluster that has any.",
      ],
    });
  });

  test("are of both kinds where the VMs are", () => {
    const outputs = outputsOf(({ cluster }) => (cluster === "web" ? { ipv4: undefined, ipv6: "auto" } : {}));
    expect(outputs.cluster_ips).toEqual([
      { web: ["${pve_qemu.web-1.ipv6_address}"], db: ["${pve_qemu.db-1.ipv4_address}"] },
      "IP addresses of every cluster.",
    ]);
  });
});

describe("the addresses of the clusters' APIs", () => {
  test("are in an output, which is there when the VMs are", () => {
    const db = { ...web, firstVmId: 501, firstAddress: "10.1.0.50" };
    const outputs = documentOf(topologyOf({ "my-web": { ...web, apiAddress: "10.1.0.9" }, db })).output;
    expect(outputs?.cluster_api_addresses).toMatchObject({
      value: { my_web: "10.1.0.9" },
      depends_on: ["null_resource.my-web-ready"],
    });
  });

  test("are in none where there are none", () => {
    expect(documentOf(topologyOf({ web })).output).not.toHaveProperty("cluster_api_addresses");
  });
});
