import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { Qemu } from "../../.gen/providers/pve/qemu";
import { renderExtraDisks } from "./extra-disks";
import { renderNetworkInterfaces } from "./network-interface";
import { checkVmProps } from "./proxmox-vm-checks";
import type { ProxmoxVmProps } from "./proxmox-vm-props";
import { setTerraformName } from "./terraform-names";

/**
 * One VM on Proxmox VE: a full clone of a template, set up by cloud-init (`pve_qemu`).
 *
 * The construct id is the VM's name in Proxmox and in Terraform (`pve_qemu.<id>`) unless the props say otherwise,
 * wherever in the tree the construct is. The stack needs a `PveProvider`.
 */
export class ProxmoxVmConstruct extends Construct {
  /** The resource itself; what the props do not offer can be set on it (`addOverride`, `lifecycle`). */
  readonly resource: Qemu;

  /**
   * @throws InvalidPropsError that lists everything that is wrong with the props
   */
  constructor(scope: Construct, id: string, props: ProxmoxVmProps) {
    super(scope, id);
    checkVmProps(this, props);
    const { agent = true, started = true } = props;
    this.resource = new Qemu(this, "vm", {
      vmid: props.vmId,
      name: props.name ?? id,
      nodeAttribute: props.node,
      clone: props.templateId,
      cores: props.cores,
      sockets: props.sockets ?? 1,
      cpu: props.cpu,
      memory: props.memoryMiB,
      ...renderNetworkInterfaces([props, ...(props.furtherInterfaces ?? [])]),
      scsi0: props.storage === undefined ? undefined : `${props.storage}:${props.diskGiB}`,
      ...renderExtraDisks(props.extraDisks),
      ciuser: props.user,
      nameserver: props.dnsServers && joinList(" ", props.dnsServers),
      searchdomain: props.searchDomain,
      sshkeys: props.sshPublicKeys && joinList("\n", props.sshPublicKeys),
      agent,
      startup: started,
      waitFor: props.waitFor ?? (agent ? "agent" : "none"),
      onboot: props.onBoot,
      tags: props.tags && [...props.tags],
      description: props.description,
      pool: props.pool,
      timeouts: renderTimeouts(props),
      dependsOn: props.dependsOn && [...props.dependsOn],
      provider: props.provider,
    });
    setTerraformName(this.resource, props.terraformName ?? id);
  }

  /** The VM's id in Terraform, `node/vmid`; known once the VM is made. */
  get vmResourceId(): string {
    return this.resource.id;
  }

  /** The plain IPv4 address of net0; known once the VM is made. */
  get ipv4Address(): string {
    return this.resource.ipv4Address;
  }

  /** The plain IPv6 address of net0, never a link-local one; known once the VM is made. */
  get ipv6Address(): string {
    return this.resource.ipv6Address;
  }
}

/** Joins a list at synth; a list that only Terraform will know is joined by Terraform. */
function joinList(separator: string, list: readonly string[]): string {
  return Token.isUnresolved(list) ? Fn.join(separator, [...list]) : list.join(separator);
}

function renderTimeouts(props: ProxmoxVmProps): Record<string, string> | undefined {
  const given = Object.entries({
    create: props.createTimeoutSeconds,
    update: props.updateTimeoutSeconds,
    delete: props.deleteTimeoutSeconds,
  }).filter(([, seconds]) => seconds !== undefined);
  return given.length === 0
    ? undefined
    : Object.fromEntries(given.map(([name, seconds]) => [name, `${seconds}s`]));
}
