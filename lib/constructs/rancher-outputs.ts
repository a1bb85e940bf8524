import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Topology } from "../topology";
import type { ClusterConstruct } from "./cluster-construct";
import type { RancherVariables } from "./rancher-variables";

/**
 * Declares the outputs of a Rancher stack directly under `scope`. Their names are public contract: pipelines read them.
 * All hang on the VMs, so that an output exists only when the VMs do.
 */
export function declareOutputs(
  scope: Construct,
  topology: Topology,
  clusters: ReadonlyMap<string, ClusterConstruct>,
  variables: RancherVariables,
): void {
  const addresses: Record<string, string[]> = {};
  for (const { name, role } of topology.clusters) {
    const cluster = clusters.get(name);
    if (!cluster) continue;
    const key = name.replaceAll("-", "_");
    addresses[role === "manager" ? "manager" : key] = cluster.ipv4Addresses;
    new TerraformOutput(scope, `${key}_cluster_ips`, {
      value: cluster.ipv4Addresses,
      description: `IPv4 addresses of the cluster ${name}.`,
    });
    if (role === "manager") declareManagerOutputs(scope, name, cluster, variables);
  }
  new TerraformOutput(scope, "cluster_ips", {
    value: addresses,
    description: "IPv4 addresses of every cluster.",
  });
}

function declareManagerOutputs(
  scope: Construct,
  name: string,
  cluster: ClusterConstruct,
  variables: RancherVariables,
): void {
  new TerraformOutput(scope, "rancher_manager_ip", {
    value: cluster.ipv4Addresses,
    description: "IPv4 addresses of the cluster that runs Rancher.",
  });
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
  const { terraformResourceType, friendlyUniqueId } = cluster.readyGate;
  for (const output of outputs) {
    // CDKTF renders an output's dependsOn as an expression ("${...}"), which Terraform refuses there.
    output.addOverride("depends_on", [`${terraformResourceType}.${friendlyUniqueId}`]);
  }
}
