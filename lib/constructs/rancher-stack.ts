import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { PveProvider } from "../../.gen/providers/pve/provider";
import type { InterfaceAddress, NetworkInterface, Topology, Vm } from "../topology";
import { ClusterConstruct } from "./cluster-construct";
import type { FurtherInterfaceProps } from "./network-interface";
import type { ProxmoxVmProps } from "./proxmox-vm-props";
import { declareOutputs } from "./rancher-outputs";
import { RancherVariables } from "./rancher-variables";
import { SshKeys } from "./ssh-keys";

/** What a {@link RancherStack} is made from. */
export interface RancherStackProps {
  /** The clusters, resolved: see `loadTopology` and `resolveTopology`. */
  readonly topology: Topology;
}

/**
 * The whole deployment: provider, variables, every cluster of a topology after those it waits for, and outputs.
 * It renders what the topology has decided.
 */
export class RancherStack extends TerraformStack {
  /** The clusters by name. */
  readonly clusters: ReadonlyMap<string, ClusterConstruct>;

  /** The Terraform variables. */
  readonly variables: RancherVariables;

  constructor(scope: Construct, id: string, props: RancherStackProps) {
    super(scope, id);
    const { topology } = props;
    // What the expressions and conditions of the stack are written for; none needs a newer one.
    this.addOverride("terraform.required_version", ">= 1.5");
    this.variables = new RancherVariables(this, "variables", {
      rancherHostname: `rancher.${domainOf(topology)}`,
    });
    new PveProvider(this, "pve", {
      endpoint: this.variables.proxmoxApiUrl.stringValue,
      apiUser: this.variables.proxmoxApiUser.stringValue,
      apiTokenId: this.variables.proxmoxApiTokenId.stringValue,
      apiTokenSecret: this.variables.proxmoxApiTokenSecret.stringValue,
      insecure: this.variables.proxmoxTlsInsecure.booleanValue,
      caFile: this.variables.proxmoxCaFile.stringValue,
      fingerprint: this.variables.proxmoxFingerprint.stringValue,
    });
    new NullProvider(this, "null");
    const { publicKeyLines } = new SshKeys(this, "ssh");
    const clusters = new Map<string, ClusterConstruct>();
    for (const { name, vms, waitsFor } of topology.clusters) {
      const members = Object.fromEntries(vms.map((vm) => [vm.key, vmProps(vm, [publicKeyLines])]));
      const others = waitsFor.flatMap((other) => clusters.get(other) ?? []);
      // Whatever a cluster is called, with this prefix its name is no other construct's id.
      const id = `cluster-${name}`;
      clusters.set(name, new ClusterConstruct(this, id, { terraformName: name, members, waitsFor: others }));
    }
    this.clusters = clusters;
    declareOutputs(this, topology, clusters, this.variables);
  }
}

/** The domain that Rancher is in: the manager cluster's; without one, that of the first cluster. */
function domainOf({ clusters }: Topology): string {
  const cluster = clusters.find(({ role }) => role === "manager") ?? clusters[0];
  if (!cluster) throw new Error("the topology has no cluster: make it with loadTopology or resolveTopology");
  return cluster.domain;
}

function vmProps(vm: Vm, sshPublicKeys: string[]): ProxmoxVmProps {
  const [net0, ...further] = vm.interfaces;
  return {
    vmId: vm.vmId,
    name: vm.name,
    node: vm.node,
    templateId: vm.templateId,
    cores: vm.cores,
    cpu: vm.cpu,
    memoryMiB: vm.memoryMiB,
    storage: vm.storage,
    diskGiB: vm.diskGiB,
    extraDisks: Object.fromEntries(vm.extraDisks.map(({ device, ...disk }) => [device, disk])),
    ...(net0 && interfaceProps(net0)),
    furtherInterfaces: further.map(interfaceProps),
    dnsServers: vm.dnsServers.length > 0 ? vm.dnsServers : undefined,
    searchDomain: vm.domain,
    user: vm.user,
    sshPublicKeys,
    tags: vm.tags.length > 0 ? vm.tags : undefined,
  };
}

function interfaceProps({ bridge, vlanId, mtu, ipv4, ipv6 }: NetworkInterface): FurtherInterfaceProps {
  const [v4, v6] = [addressProps(ipv4), addressProps(ipv6)];
  return {
    bridge,
    vlanId,
    mtu,
    ipv4Cidr: v4.cidr,
    gateway: v4.gateway,
    ipv6Cidr: v6.cidr,
    gateway6: v6.gateway,
  };
}

function addressProps(address: InterfaceAddress | undefined): { cidr?: string; gateway?: string } {
  if (typeof address !== "object") return { cidr: address };
  return { cidr: `${address.address}/${address.prefixLength}`, gateway: address.gateway };
}
