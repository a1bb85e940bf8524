import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Topology, Vm } from "../topology";
import type { ClusterConstruct } from "./cluster-construct";
import type { RancherVariables } from "./rancher-variables";
import { attributeExpression, terraformAddress } from "./terraform-names";

/**
 * Declares the outputs of a Rancher stack directly under `scope`. Their names are public contract: pipelines read them.
 * All hang on the VMs, so that an output exists only when the VMs do. The address of a VM is its IPv4 address; that of
 * one without IPv4 is its IPv6 address.
 */
export function declareOutputs(
  scope: Construct,
  topology: Topology,
  clusters: ReadonlyMap<string, ClusterConstruct>,
  variables: RancherVariables,
): void {
  const addresses: Record<string, string[]> = {};
  const ipv6Addresses: Record<string, string[]> = {};
  const apiAddresses = new Map<string, { readonly address: string; readonly cluster: ClusterConstruct }>();
  for (const { name, role, vms, apiAddress } of topology.clusters) {
    const cluster = clusters.get(name);
    if (!cluster) continue;
    const key = name.replaceAll("-", "_");
    const clusterKey = role === "manager" ? "manager" : key;
    const expressions = (of: readonly Vm[], attributeOf: (vm: Vm) => string): string[] =>
      of.flatMap((vm) => {
        const member = cluster.vms.get(vm.key);
        return member ? [attributeExpression(member.resource, attributeOf(vm))] : [];
      });
    const ips = expressions(vms, (vm) => (hasIpv4(vm) ? "ipv4_address" : "ipv6_address"));
    const withIpv6 = vms.filter(hasIpv6);
    addresses[clusterKey] = ips;
    if (withIpv6.length > 0) ipv6Addresses[clusterKey] = expressions(withIpv6, () => "ipv6_address");
    if (apiAddress !== undefined) apiAddresses.set(clusterKey, { address: apiAddress, cluster });
    const kind = kindOf(vms);
    new TerraformOutput(scope, `${key}_cluster_ips`, {
      value: ips,
      description: `${kind} addresses of the cluster ${name}.`,
    });
    if (role !== "manager") continue;
    new TerraformOutput(scope, "rancher_manager_ip", {
      value: ips,
      description: `${kind} addresses of the cluster that runs Rancher.`,
    });
    declareManagerOutputs(scope, name, cluster, variables);
  }
  new TerraformOutput(scope, "cluster_ips", {
    value: addresses,
    description: `${kindOf(topology.clusters.flatMap(({ vms }) => vms))} addresses of every cluster.`,
  });
  if (Object.keys(ipv6Addresses).length > 0) {
    new TerraformOutput(scope, "cluster_ipv6s", {
      value: ipv6Addresses,
      description: "IPv6 addresses of every cluster that has any.",
    });
  }
  if (apiAddresses.size > 0) {
    const output = new TerraformOutput(scope, "cluster_api_addresses", {
      value: Object.fromEntries(Array.from(apiAddresses, ([key, { address }]) => [key, address])),
      description:
        "Address of the API of every cluster that has one set aside. Making the VMs gives it to none of them.",
    });
    dependOn(
      output,
      Array.from(apiAddresses.values(), ({ cluster }) => cluster),
    );
  }
}

const hasIpv4 = ({ interfaces }: Vm): boolean => interfaces[0]?.ipv4 !== undefined;
const hasIpv6 = ({ interfaces }: Vm): boolean => interfaces[0]?.ipv6 !== undefined;

/** What kind of address VMs are reached at: IPv4 where they have one, else IPv6. */
function kindOf(vms: readonly Vm[]): string {
  if (vms.every(hasIpv4)) return "IPv4";
  return vms.some(hasIpv4) ? "IP" : "IPv6";
}

function declareManagerOutputs(
  scope: Construct,
  name: string,
  cluster: ClusterConstruct,
  variables: RancherVariables,
): void {
  const outputs = [
    new TerraformOutput(scope, "rancher_manager_url", {
      value: `https://${variables.rancherHostname.stringValue}`,
      description: "Where Rancher is reached once it is installed and its DNS name is set.",
    }),
    new TerraformOutput(scope, "kubeconfig_path", {
      value: `~/.kube/${name}.yaml`,
      description:
        "Where to keep the kubeconfig of the cluster that runs Rancher. Making the VMs does not write it.",
    }),
  ];
  for (const output of outputs) dependOn(output, [cluster]);
}

/** Makes an output that says nothing of VMs exist only when those of the clusters do. */
function dependOn(output: TerraformOutput, clusters: readonly ClusterConstruct[]): void {
  const gates = clusters.map(({ readyGate }) => terraformAddress(readyGate));
  // CDKTF renders an output's dependsOn as an expression ("${...}"), which Terraform refuses there.
  output.addOverride("depends_on", gates);
}
