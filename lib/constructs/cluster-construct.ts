import { Resource as NullResource } from "@cdktf/provider-null/lib/resource";
import { Construct } from "constructs";
import { InvalidPropsError } from "./prop-checks";
import { ProxmoxVmConstruct } from "./proxmox-vm-construct";
import type { ProxmoxVmProps } from "./proxmox-vm-props";
import { attributeExpression, setTerraformName, terraformAddress } from "./terraform-names";

/** What a {@link ClusterConstruct} is made from. */
export interface ClusterProps {
  /** The VMs by the name each has in Terraform, and in Proxmox where its own props do not name it; at least one. */
  readonly members: Readonly<Record<string, ProxmoxVmProps>>;

  /**
   * The cluster's name in Terraform: its gate is `null_resource.<terraformName>-ready`.
   * @default - the construct id
   */
  readonly terraformName?: string;

  /**
   * The clusters that must be ready before the first VM of this one is made.
   * @default - waits for none
   */
  readonly waitsFor?: readonly ClusterConstruct[];
}

/**
 * A cluster of VMs that ends in a ready gate: one `null_resource` that is there once every VM is.
 * Who waits for the cluster depends on the gate alone, which keeps the edges between N and M VMs at N + M.
 *
 * The stack needs a `PveProvider` and a `NullProvider`.
 */
export class ClusterConstruct extends Construct {
  /** The VMs by their names, in the order given. */
  readonly vms: ReadonlyMap<string, ProxmoxVmConstruct>;

  /** What to depend on in order to wait until the cluster is ready. Its triggers are the ids of the VMs. */
  readonly readyGate: NullResource;

  /**
   * @throws InvalidPropsError where there is no member, or the props of one cannot be used
   */
  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const members = Object.entries(props.members);
    if (members.length === 0)
      throw new InvalidPropsError(this.node.path, ["'members' must hold at least one VM, got none"]);
    const gates = (props.waitsFor ?? []).map(({ readyGate }) => terraformAddress(readyGate));
    const vms = new Map<string, ProxmoxVmConstruct>();
    // A loop and no callback: for each VM CDKTF takes a stack trace, which costs by the depth of the stack.
    for (const [name, vm] of members) vms.set(name, new ProxmoxVmConstruct(this, name, vm));
    this.vms = vms;
    const resources = [...this.vms.values()].map(({ resource }) => resource);
    if (gates.length > 0) {
      for (const resource of resources) resource.dependsOn = [...(resource.dependsOn ?? []), ...gates];
    }
    this.readyGate = new NullResource(this, "ready-gate", {
      triggers: Object.fromEntries(
        [...this.vms].map(([name, { resource }]) => [name, attributeExpression(resource, "id")]),
      ),
    });
    this.readyGate.dependsOn = resources.map(terraformAddress);
    setTerraformName(this.readyGate, `${props.terraformName ?? id}-ready`);
  }

  /** The plain IPv4 addresses of the VMs, in their order; known once the VMs are made. */
  get ipv4Addresses(): string[] {
    return [...this.vms.values()].map((vm) => vm.ipv4Address);
  }
}
