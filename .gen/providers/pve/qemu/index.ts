// https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface QemuConfig extends cdktf.TerraformMetaArguments {
  /**
  * Whether Proxmox talks to the QEMU guest agent in the VM.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#agent Qemu#agent}
  */
  readonly agent?: boolean | cdktf.IResolvable;
  /**
  * How long a started VM's guest agent is waited for before that fails, such as `90s`. A VM is up long before; this is how soon a missing agent is told.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#agent_timeout Qemu#agent_timeout}
  */
  readonly agentTimeout?: string;
  /**
  * User that cloud-init makes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#ciuser Qemu#ciuser}
  */
  readonly ciuser?: string;
  /**
  * VM id of the template to clone (a VM that is stopped does too). Needed to create a VM. Proxmox does not report it, so an imported VM has none and takes it from the configuration without being touched. Any other change replaces the VM, except one that comes together with a `node` that the VM was migrated to: that is taken to be the same template on another node.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#clone Qemu#clone}
  */
  readonly clone?: number;
  /**
  * CPU cores per socket. A running VM takes a change up at its next start.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#cores Qemu#cores}
  */
  readonly cores?: number;
  /**
  * CPU type, such as `host` or `x86-64-v2-AES`, with flags if need be: `host,flags=+aes;+pcid`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#cpu Qemu#cpu}
  */
  readonly cpu?: string;
  /**
  * Notes shown in Proxmox's web interface. Empty clears them.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#description Qemu#description}
  */
  readonly description?: string;
  /**
  * Addresses of the first card: `ip=192.168.1.100/24,gw=192.168.1.1`, `ip=dhcp`, and `ip6=`, `gw6=` likewise.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#ipconfig0 Qemu#ipconfig0}
  */
  readonly ipconfig0?: string;
  /**
  * Addresses of `net1`, as `ipconfig0`; a gateway belongs to one card alone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#ipconfig1 Qemu#ipconfig1}
  */
  readonly ipconfig1?: string;
  /**
  * Addresses of `net2`, as `ipconfig0`; a gateway belongs to one card alone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#ipconfig2 Qemu#ipconfig2}
  */
  readonly ipconfig2?: string;
  /**
  * Addresses of `net3`, as `ipconfig0`; a gateway belongs to one card alone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#ipconfig3 Qemu#ipconfig3}
  */
  readonly ipconfig3?: string;
  /**
  * Addresses of `net4`, as `ipconfig0`; a gateway belongs to one card alone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#ipconfig4 Qemu#ipconfig4}
  */
  readonly ipconfig4?: string;
  /**
  * Addresses of `net5`, as `ipconfig0`; a gateway belongs to one card alone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#ipconfig5 Qemu#ipconfig5}
  */
  readonly ipconfig5?: string;
  /**
  * Addresses of `net6`, as `ipconfig0`; a gateway belongs to one card alone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#ipconfig6 Qemu#ipconfig6}
  */
  readonly ipconfig6?: string;
  /**
  * Addresses of `net7`, as `ipconfig0`; a gateway belongs to one card alone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#ipconfig7 Qemu#ipconfig7}
  */
  readonly ipconfig7?: string;
  /**
  * Memory in MiB. A running VM takes a change up at its next start.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#memory Qemu#memory}
  */
  readonly memory?: number;
  /**
  * Name of the VM: a DNS name. Its first label becomes the guest's hostname.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#name Qemu#name}
  */
  readonly name: string;
  /**
  * Resolvers, separated by spaces.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#nameserver Qemu#nameserver}
  */
  readonly nameserver?: string;
  /**
  * First network card, as Proxmox writes it: `virtio,bridge=vmbr0,tag=14`; without VLAN leave `tag` out. `mtu` is 1 for the bridge's, or 576 to 65520. Where no MAC address is given the VM keeps the one it has.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#net0 Qemu#net0}
  */
  readonly net0?: string;
  /**
  * Network card 2, as `net0`. Empty removes it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#net1 Qemu#net1}
  */
  readonly net1?: string;
  /**
  * Network card 3, as `net0`. Empty removes it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#net2 Qemu#net2}
  */
  readonly net2?: string;
  /**
  * Network card 4, as `net0`. Empty removes it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#net3 Qemu#net3}
  */
  readonly net3?: string;
  /**
  * Network card 5, as `net0`. Empty removes it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#net4 Qemu#net4}
  */
  readonly net4?: string;
  /**
  * Network card 6, as `net0`. Empty removes it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#net5 Qemu#net5}
  */
  readonly net5?: string;
  /**
  * Network card 7, as `net0`. Empty removes it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#net6 Qemu#net6}
  */
  readonly net6?: string;
  /**
  * Network card 8, as `net0`. Empty removes it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#net7 Qemu#net7}
  */
  readonly net7?: string;
  /**
  * Proxmox node to make the VM on. A change replaces the VM, unless it already runs on the new node. A VM that Proxmox moved elsewhere is followed, not replaced.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#node Qemu#node}
  */
  readonly nodeAttribute: string;
  /**
  * Whether the VM starts with its Proxmox node.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#onboot Qemu#onboot}
  */
  readonly onboot?: boolean | cdktf.IResolvable;
  /**
  * Proxmox resource pool to put the VM into; it must exist.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#pool Qemu#pool}
  */
  readonly pool?: string;
  /**
  * Whether a running VM is rebooted when a change needs it: the guest is asked to shut down and started again. `false` leaves such changes waiting, with a warning.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#reboot_on_change Qemu#reboot_on_change}
  */
  readonly rebootOnChange?: boolean | cdktf.IResolvable;
  /**
  * Boot disk as `storage:GiB`, such as `local-vm-zfs:20`: the template's disk, copied to that storage and grown to that size. More GiB grow it in place, fewer are refused, another storage replaces the VM.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi0 Qemu#scsi0}
  */
  readonly scsi0?: string;
  /**
  * Data disk as `storage:GiB`: a new, empty one, or the template's, where it has one there. More GiB grow it in place, fewer and another storage are refused. Left out it stays; empty deletes it with its data.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi1 Qemu#scsi1}
  */
  readonly scsi1?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi10 Qemu#scsi10}
  */
  readonly scsi10?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi11 Qemu#scsi11}
  */
  readonly scsi11?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi12 Qemu#scsi12}
  */
  readonly scsi12?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi13 Qemu#scsi13}
  */
  readonly scsi13?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi2 Qemu#scsi2}
  */
  readonly scsi2?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi3 Qemu#scsi3}
  */
  readonly scsi3?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi4 Qemu#scsi4}
  */
  readonly scsi4?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi5 Qemu#scsi5}
  */
  readonly scsi5?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi6 Qemu#scsi6}
  */
  readonly scsi6?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi7 Qemu#scsi7}
  */
  readonly scsi7?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi8 Qemu#scsi8}
  */
  readonly scsi8?: string;
  /**
  * Data disk, as `scsi1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#scsi9 Qemu#scsi9}
  */
  readonly scsi9?: string;
  /**
  * DNS search domains, separated by spaces.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#searchdomain Qemu#searchdomain}
  */
  readonly searchdomain?: string;
  /**
  * How long the guest may take to shut down, such as `2m`, before it is stopped the hard way on delete, or before a reboot fails. Where it is left out a delete stops the VM at once, and a reboot gives it 60 s.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#shutdown_timeout Qemu#shutdown_timeout}
  */
  readonly shutdownTimeout?: string;
  /**
  * CPU sockets. A running VM takes a change up at its next start.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#sockets Qemu#sockets}
  */
  readonly sockets?: number;
  /**
  * OpenSSH public keys of that user, one a line.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#sshkeys Qemu#sshkeys}
  */
  readonly sshkeys?: string;
  /**
  * Whether the VM is started, and started again by the next apply when it is found stopped. `false` leaves its power state alone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#startup Qemu#startup}
  */
  readonly startup?: boolean | cdktf.IResolvable;
  /**
  * Tags. Proxmox keeps them in lower case; upper case is not seen as a change.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#tags Qemu#tags}
  */
  readonly tags?: string[];
  /**
  * VM id, unique in the Proxmox cluster, containers included.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#vmid Qemu#vmid}
  */
  readonly vmid: number;
  /**
  * What a started VM is waited for: `agent`, until the guest agent reports the address of `ipconfig0` (the IPv6 address where it has no IPv4, any address of the first card with DHCP), or `none`. Without `startup` nothing is waited for.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#wait_for Qemu#wait_for}
  */
  readonly waitFor?: string;
  /**
  * timeouts block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#timeouts Qemu#timeouts}
  */
  readonly timeouts?: QemuTimeouts;
}
export interface QemuTimeouts {
  /**
  * Limit for create, such as `90s` or `10m`; 30m where it is left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#create Qemu#create}
  */
  readonly create?: string;
  /**
  * Limit for delete, such as `90s` or `10m`; 10m where it is left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#delete Qemu#delete}
  */
  readonly delete?: string;
  /**
  * Limit for update, such as `90s` or `10m`; 15m where it is left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#update Qemu#update}
  */
  readonly update?: string;
}

export function qemuTimeoutsToTerraform(struct?: QemuTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    create: cdktf.stringToTerraform(struct!.create),
    delete: cdktf.stringToTerraform(struct!.delete),
    update: cdktf.stringToTerraform(struct!.update),
  }
}


export function qemuTimeoutsToHclTerraform(struct?: QemuTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    create: {
      value: cdktf.stringToHclTerraform(struct!.create),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    delete: {
      value: cdktf.stringToHclTerraform(struct!.delete),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    update: {
      value: cdktf.stringToHclTerraform(struct!.update),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class QemuTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): QemuTimeouts | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._create !== undefined) {
      hasAnyValues = true;
      internalValueResult.create = this._create;
    }
    if (this._delete !== undefined) {
      hasAnyValues = true;
      internalValueResult.delete = this._delete;
    }
    if (this._update !== undefined) {
      hasAnyValues = true;
      internalValueResult.update = this._update;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: QemuTimeouts | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._create = undefined;
      this._delete = undefined;
      this._update = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._create = value.create;
      this._delete = value.delete;
      this._update = value.update;
    }
  }

  // create - computed: false, optional: true, required: false
  private _create?: string; 
  public get create() {
    return this.getStringAttribute('create');
  }
  public set create(value: string) {
    this._create = value;
  }
  public resetCreate() {
    this._create = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get createInput() {
    return this._create;
  }

  // delete - computed: false, optional: true, required: false
  private _delete?: string; 
  public get delete() {
    return this.getStringAttribute('delete');
  }
  public set delete(value: string) {
    this._delete = value;
  }
  public resetDelete() {
    this._delete = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deleteInput() {
    return this._delete;
  }

  // update - computed: false, optional: true, required: false
  private _update?: string; 
  public get update() {
    return this.getStringAttribute('update');
  }
  public set update(value: string) {
    this._update = value;
  }
  public resetUpdate() {
    this._update = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get updateInput() {
    return this._update;
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu pve_qemu}
*/
export class Qemu extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "pve_qemu";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Qemu resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Qemu to import
  * @param importFromId The id of the existing Qemu that should be imported. Refer to the {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Qemu to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "pve_qemu", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs/resources/qemu pve_qemu} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options QemuConfig
  */
  public constructor(scope: Construct, id: string, config: QemuConfig) {
    super(scope, id, {
      terraformResourceType: 'pve_qemu',
      terraformGeneratorMetadata: {
        providerName: 'pve',
        providerVersion: '1.0.0',
        providerVersionConstraint: '1.0.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._agent = config.agent;
    this._agentTimeout = config.agentTimeout;
    this._ciuser = config.ciuser;
    this._clone = config.clone;
    this._cores = config.cores;
    this._cpu = config.cpu;
    this._description = config.description;
    this._ipconfig0 = config.ipconfig0;
    this._ipconfig1 = config.ipconfig1;
    this._ipconfig2 = config.ipconfig2;
    this._ipconfig3 = config.ipconfig3;
    this._ipconfig4 = config.ipconfig4;
    this._ipconfig5 = config.ipconfig5;
    this._ipconfig6 = config.ipconfig6;
    this._ipconfig7 = config.ipconfig7;
    this._memory = config.memory;
    this._name = config.name;
    this._nameserver = config.nameserver;
    this._net0 = config.net0;
    this._net1 = config.net1;
    this._net2 = config.net2;
    this._net3 = config.net3;
    this._net4 = config.net4;
    this._net5 = config.net5;
    this._net6 = config.net6;
    this._net7 = config.net7;
    this._node = config.nodeAttribute;
    this._onboot = config.onboot;
    this._pool = config.pool;
    this._rebootOnChange = config.rebootOnChange;
    this._scsi0 = config.scsi0;
    this._scsi1 = config.scsi1;
    this._scsi10 = config.scsi10;
    this._scsi11 = config.scsi11;
    this._scsi12 = config.scsi12;
    this._scsi13 = config.scsi13;
    this._scsi2 = config.scsi2;
    this._scsi3 = config.scsi3;
    this._scsi4 = config.scsi4;
    this._scsi5 = config.scsi5;
    this._scsi6 = config.scsi6;
    this._scsi7 = config.scsi7;
    this._scsi8 = config.scsi8;
    this._scsi9 = config.scsi9;
    this._searchdomain = config.searchdomain;
    this._shutdownTimeout = config.shutdownTimeout;
    this._sockets = config.sockets;
    this._sshkeys = config.sshkeys;
    this._startup = config.startup;
    this._tags = config.tags;
    this._vmid = config.vmid;
    this._waitFor = config.waitFor;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // agent - computed: true, optional: true, required: false
  private _agent?: boolean | cdktf.IResolvable; 
  public get agent() {
    return this.getBooleanAttribute('agent');
  }
  public set agent(value: boolean | cdktf.IResolvable) {
    this._agent = value;
  }
  public resetAgent() {
    this._agent = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get agentInput() {
    return this._agent;
  }

  // agent_timeout - computed: true, optional: true, required: false
  private _agentTimeout?: string; 
  public get agentTimeout() {
    return this.getStringAttribute('agent_timeout');
  }
  public set agentTimeout(value: string) {
    this._agentTimeout = value;
  }
  public resetAgentTimeout() {
    this._agentTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get agentTimeoutInput() {
    return this._agentTimeout;
  }

  // ciuser - computed: true, optional: true, required: false
  private _ciuser?: string; 
  public get ciuser() {
    return this.getStringAttribute('ciuser');
  }
  public set ciuser(value: string) {
    this._ciuser = value;
  }
  public resetCiuser() {
    this._ciuser = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ciuserInput() {
    return this._ciuser;
  }

  // clone - computed: false, optional: true, required: false
  private _clone?: number; 
  public get clone() {
    return this.getNumberAttribute('clone');
  }
  public set clone(value: number) {
    this._clone = value;
  }
  public resetClone() {
    this._clone = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get cloneInput() {
    return this._clone;
  }

  // cores - computed: true, optional: true, required: false
  private _cores?: number; 
  public get cores() {
    return this.getNumberAttribute('cores');
  }
  public set cores(value: number) {
    this._cores = value;
  }
  public resetCores() {
    this._cores = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get coresInput() {
    return this._cores;
  }

  // cpu - computed: true, optional: true, required: false
  private _cpu?: string; 
  public get cpu() {
    return this.getStringAttribute('cpu');
  }
  public set cpu(value: string) {
    this._cpu = value;
  }
  public resetCpu() {
    this._cpu = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get cpuInput() {
    return this._cpu;
  }

  // description - computed: true, optional: true, required: false
  private _description?: string; 
  public get description() {
    return this.getStringAttribute('description');
  }
  public set description(value: string) {
    this._description = value;
  }
  public resetDescription() {
    this._description = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get descriptionInput() {
    return this._description;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // ipconfig0 - computed: true, optional: true, required: false
  private _ipconfig0?: string; 
  public get ipconfig0() {
    return this.getStringAttribute('ipconfig0');
  }
  public set ipconfig0(value: string) {
    this._ipconfig0 = value;
  }
  public resetIpconfig0() {
    this._ipconfig0 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ipconfig0Input() {
    return this._ipconfig0;
  }

  // ipconfig1 - computed: true, optional: true, required: false
  private _ipconfig1?: string; 
  public get ipconfig1() {
    return this.getStringAttribute('ipconfig1');
  }
  public set ipconfig1(value: string) {
    this._ipconfig1 = value;
  }
  public resetIpconfig1() {
    this._ipconfig1 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ipconfig1Input() {
    return this._ipconfig1;
  }

  // ipconfig2 - computed: true, optional: true, required: false
  private _ipconfig2?: string; 
  public get ipconfig2() {
    return this.getStringAttribute('ipconfig2');
  }
  public set ipconfig2(value: string) {
    this._ipconfig2 = value;
  }
  public resetIpconfig2() {
    this._ipconfig2 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ipconfig2Input() {
    return this._ipconfig2;
  }

  // ipconfig3 - computed: true, optional: true, required: false
  private _ipconfig3?: string; 
  public get ipconfig3() {
    return this.getStringAttribute('ipconfig3');
  }
  public set ipconfig3(value: string) {
    this._ipconfig3 = value;
  }
  public resetIpconfig3() {
    this._ipconfig3 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ipconfig3Input() {
    return this._ipconfig3;
  }

  // ipconfig4 - computed: true, optional: true, required: false
  private _ipconfig4?: string; 
  public get ipconfig4() {
    return this.getStringAttribute('ipconfig4');
  }
  public set ipconfig4(value: string) {
    this._ipconfig4 = value;
  }
  public resetIpconfig4() {
    this._ipconfig4 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ipconfig4Input() {
    return this._ipconfig4;
  }

  // ipconfig5 - computed: true, optional: true, required: false
  private _ipconfig5?: string; 
  public get ipconfig5() {
    return this.getStringAttribute('ipconfig5');
  }
  public set ipconfig5(value: string) {
    this._ipconfig5 = value;
  }
  public resetIpconfig5() {
    this._ipconfig5 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ipconfig5Input() {
    return this._ipconfig5;
  }

  // ipconfig6 - computed: true, optional: true, required: false
  private _ipconfig6?: string; 
  public get ipconfig6() {
    return this.getStringAttribute('ipconfig6');
  }
  public set ipconfig6(value: string) {
    this._ipconfig6 = value;
  }
  public resetIpconfig6() {
    this._ipconfig6 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ipconfig6Input() {
    return this._ipconfig6;
  }

  // ipconfig7 - computed: true, optional: true, required: false
  private _ipconfig7?: string; 
  public get ipconfig7() {
    return this.getStringAttribute('ipconfig7');
  }
  public set ipconfig7(value: string) {
    this._ipconfig7 = value;
  }
  public resetIpconfig7() {
    this._ipconfig7 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ipconfig7Input() {
    return this._ipconfig7;
  }

  // ipv4_address - computed: true, optional: false, required: false
  public get ipv4Address() {
    return this.getStringAttribute('ipv4_address');
  }

  // ipv6_address - computed: true, optional: false, required: false
  public get ipv6Address() {
    return this.getStringAttribute('ipv6_address');
  }

  // memory - computed: true, optional: true, required: false
  private _memory?: number; 
  public get memory() {
    return this.getNumberAttribute('memory');
  }
  public set memory(value: number) {
    this._memory = value;
  }
  public resetMemory() {
    this._memory = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get memoryInput() {
    return this._memory;
  }

  // name - computed: false, optional: false, required: true
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // nameserver - computed: true, optional: true, required: false
  private _nameserver?: string; 
  public get nameserver() {
    return this.getStringAttribute('nameserver');
  }
  public set nameserver(value: string) {
    this._nameserver = value;
  }
  public resetNameserver() {
    this._nameserver = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get nameserverInput() {
    return this._nameserver;
  }

  // net0 - computed: true, optional: true, required: false
  private _net0?: string; 
  public get net0() {
    return this.getStringAttribute('net0');
  }
  public set net0(value: string) {
    this._net0 = value;
  }
  public resetNet0() {
    this._net0 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get net0Input() {
    return this._net0;
  }

  // net1 - computed: true, optional: true, required: false
  private _net1?: string; 
  public get net1() {
    return this.getStringAttribute('net1');
  }
  public set net1(value: string) {
    this._net1 = value;
  }
  public resetNet1() {
    this._net1 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get net1Input() {
    return this._net1;
  }

  // net2 - computed: true, optional: true, required: false
  private _net2?: string; 
  public get net2() {
    return this.getStringAttribute('net2');
  }
  public set net2(value: string) {
    this._net2 = value;
  }
  public resetNet2() {
    this._net2 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get net2Input() {
    return this._net2;
  }

  // net3 - computed: true, optional: true, required: false
  private _net3?: string; 
  public get net3() {
    return this.getStringAttribute('net3');
  }
  public set net3(value: string) {
    this._net3 = value;
  }
  public resetNet3() {
    this._net3 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get net3Input() {
    return this._net3;
  }

  // net4 - computed: true, optional: true, required: false
  private _net4?: string; 
  public get net4() {
    return this.getStringAttribute('net4');
  }
  public set net4(value: string) {
    this._net4 = value;
  }
  public resetNet4() {
    this._net4 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get net4Input() {
    return this._net4;
  }

  // net5 - computed: true, optional: true, required: false
  private _net5?: string; 
  public get net5() {
    return this.getStringAttribute('net5');
  }
  public set net5(value: string) {
    this._net5 = value;
  }
  public resetNet5() {
    this._net5 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get net5Input() {
    return this._net5;
  }

  // net6 - computed: true, optional: true, required: false
  private _net6?: string; 
  public get net6() {
    return this.getStringAttribute('net6');
  }
  public set net6(value: string) {
    this._net6 = value;
  }
  public resetNet6() {
    this._net6 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get net6Input() {
    return this._net6;
  }

  // net7 - computed: true, optional: true, required: false
  private _net7?: string; 
  public get net7() {
    return this.getStringAttribute('net7');
  }
  public set net7(value: string) {
    this._net7 = value;
  }
  public resetNet7() {
    this._net7 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get net7Input() {
    return this._net7;
  }

  // node - computed: false, optional: false, required: true
  private _node?: string; 
  public get nodeAttribute() {
    return this.getStringAttribute('node');
  }
  public set nodeAttribute(value: string) {
    this._node = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nodeAttributeInput() {
    return this._node;
  }

  // onboot - computed: true, optional: true, required: false
  private _onboot?: boolean | cdktf.IResolvable; 
  public get onboot() {
    return this.getBooleanAttribute('onboot');
  }
  public set onboot(value: boolean | cdktf.IResolvable) {
    this._onboot = value;
  }
  public resetOnboot() {
    this._onboot = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get onbootInput() {
    return this._onboot;
  }

  // pool - computed: false, optional: true, required: false
  private _pool?: string; 
  public get pool() {
    return this.getStringAttribute('pool');
  }
  public set pool(value: string) {
    this._pool = value;
  }
  public resetPool() {
    this._pool = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get poolInput() {
    return this._pool;
  }

  // reboot_on_change - computed: true, optional: true, required: false
  private _rebootOnChange?: boolean | cdktf.IResolvable; 
  public get rebootOnChange() {
    return this.getBooleanAttribute('reboot_on_change');
  }
  public set rebootOnChange(value: boolean | cdktf.IResolvable) {
    this._rebootOnChange = value;
  }
  public resetRebootOnChange() {
    this._rebootOnChange = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rebootOnChangeInput() {
    return this._rebootOnChange;
  }

  // reboot_pending - computed: true, optional: false, required: false
  public get rebootPending() {
    return this.getBooleanAttribute('reboot_pending');
  }

  // scsi0 - computed: true, optional: true, required: false
  private _scsi0?: string; 
  public get scsi0() {
    return this.getStringAttribute('scsi0');
  }
  public set scsi0(value: string) {
    this._scsi0 = value;
  }
  public resetScsi0() {
    this._scsi0 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi0Input() {
    return this._scsi0;
  }

  // scsi1 - computed: true, optional: true, required: false
  private _scsi1?: string; 
  public get scsi1() {
    return this.getStringAttribute('scsi1');
  }
  public set scsi1(value: string) {
    this._scsi1 = value;
  }
  public resetScsi1() {
    this._scsi1 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi1Input() {
    return this._scsi1;
  }

  // scsi10 - computed: true, optional: true, required: false
  private _scsi10?: string; 
  public get scsi10() {
    return this.getStringAttribute('scsi10');
  }
  public set scsi10(value: string) {
    this._scsi10 = value;
  }
  public resetScsi10() {
    this._scsi10 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi10Input() {
    return this._scsi10;
  }

  // scsi11 - computed: true, optional: true, required: false
  private _scsi11?: string; 
  public get scsi11() {
    return this.getStringAttribute('scsi11');
  }
  public set scsi11(value: string) {
    this._scsi11 = value;
  }
  public resetScsi11() {
    this._scsi11 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi11Input() {
    return this._scsi11;
  }

  // scsi12 - computed: true, optional: true, required: false
  private _scsi12?: string; 
  public get scsi12() {
    return this.getStringAttribute('scsi12');
  }
  public set scsi12(value: string) {
    this._scsi12 = value;
  }
  public resetScsi12() {
    this._scsi12 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi12Input() {
    return this._scsi12;
  }

  // scsi13 - computed: true, optional: true, required: false
  private _scsi13?: string; 
  public get scsi13() {
    return this.getStringAttribute('scsi13');
  }
  public set scsi13(value: string) {
    this._scsi13 = value;
  }
  public resetScsi13() {
    this._scsi13 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi13Input() {
    return this._scsi13;
  }

  // scsi2 - computed: true, optional: true, required: false
  private _scsi2?: string; 
  public get scsi2() {
    return this.getStringAttribute('scsi2');
  }
  public set scsi2(value: string) {
    this._scsi2 = value;
  }
  public resetScsi2() {
    this._scsi2 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi2Input() {
    return this._scsi2;
  }

  // scsi3 - computed: true, optional: true, required: false
  private _scsi3?: string; 
  public get scsi3() {
    return this.getStringAttribute('scsi3');
  }
  public set scsi3(value: string) {
    this._scsi3 = value;
  }
  public resetScsi3() {
    this._scsi3 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi3Input() {
    return this._scsi3;
  }

  // scsi4 - computed: true, optional: true, required: false
  private _scsi4?: string; 
  public get scsi4() {
    return this.getStringAttribute('scsi4');
  }
  public set scsi4(value: string) {
    this._scsi4 = value;
  }
  public resetScsi4() {
    this._scsi4 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi4Input() {
    return this._scsi4;
  }

  // scsi5 - computed: true, optional: true, required: false
  private _scsi5?: string; 
  public get scsi5() {
    return this.getStringAttribute('scsi5');
  }
  public set scsi5(value: string) {
    this._scsi5 = value;
  }
  public resetScsi5() {
    this._scsi5 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi5Input() {
    return this._scsi5;
  }

  // scsi6 - computed: true, optional: true, required: false
  private _scsi6?: string; 
  public get scsi6() {
    return this.getStringAttribute('scsi6');
  }
  public set scsi6(value: string) {
    this._scsi6 = value;
  }
  public resetScsi6() {
    this._scsi6 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi6Input() {
    return this._scsi6;
  }

  // scsi7 - computed: true, optional: true, required: false
  private _scsi7?: string; 
  public get scsi7() {
    return this.getStringAttribute('scsi7');
  }
  public set scsi7(value: string) {
    this._scsi7 = value;
  }
  public resetScsi7() {
    this._scsi7 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi7Input() {
    return this._scsi7;
  }

  // scsi8 - computed: true, optional: true, required: false
  private _scsi8?: string; 
  public get scsi8() {
    return this.getStringAttribute('scsi8');
  }
  public set scsi8(value: string) {
    this._scsi8 = value;
  }
  public resetScsi8() {
    this._scsi8 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi8Input() {
    return this._scsi8;
  }

  // scsi9 - computed: true, optional: true, required: false
  private _scsi9?: string; 
  public get scsi9() {
    return this.getStringAttribute('scsi9');
  }
  public set scsi9(value: string) {
    this._scsi9 = value;
  }
  public resetScsi9() {
    this._scsi9 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scsi9Input() {
    return this._scsi9;
  }

  // searchdomain - computed: true, optional: true, required: false
  private _searchdomain?: string; 
  public get searchdomain() {
    return this.getStringAttribute('searchdomain');
  }
  public set searchdomain(value: string) {
    this._searchdomain = value;
  }
  public resetSearchdomain() {
    this._searchdomain = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get searchdomainInput() {
    return this._searchdomain;
  }

  // shutdown_timeout - computed: false, optional: true, required: false
  private _shutdownTimeout?: string; 
  public get shutdownTimeout() {
    return this.getStringAttribute('shutdown_timeout');
  }
  public set shutdownTimeout(value: string) {
    this._shutdownTimeout = value;
  }
  public resetShutdownTimeout() {
    this._shutdownTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get shutdownTimeoutInput() {
    return this._shutdownTimeout;
  }

  // smbios_uuid - computed: true, optional: false, required: false
  public get smbiosUuid() {
    return this.getStringAttribute('smbios_uuid');
  }

  // sockets - computed: true, optional: true, required: false
  private _sockets?: number; 
  public get sockets() {
    return this.getNumberAttribute('sockets');
  }
  public set sockets(value: number) {
    this._sockets = value;
  }
  public resetSockets() {
    this._sockets = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get socketsInput() {
    return this._sockets;
  }

  // sshkeys - computed: true, optional: true, required: false
  private _sshkeys?: string; 
  public get sshkeys() {
    return this.getStringAttribute('sshkeys');
  }
  public set sshkeys(value: string) {
    this._sshkeys = value;
  }
  public resetSshkeys() {
    this._sshkeys = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sshkeysInput() {
    return this._sshkeys;
  }

  // startup - computed: true, optional: true, required: false
  private _startup?: boolean | cdktf.IResolvable; 
  public get startup() {
    return this.getBooleanAttribute('startup');
  }
  public set startup(value: boolean | cdktf.IResolvable) {
    this._startup = value;
  }
  public resetStartup() {
    this._startup = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get startupInput() {
    return this._startup;
  }

  // tags - computed: true, optional: true, required: false
  private _tags?: string[]; 
  public get tags() {
    return cdktf.Fn.tolist(this.getListAttribute('tags'));
  }
  public set tags(value: string[]) {
    this._tags = value;
  }
  public resetTags() {
    this._tags = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tagsInput() {
    return this._tags;
  }

  // vmid - computed: false, optional: false, required: true
  private _vmid?: number; 
  public get vmid() {
    return this.getNumberAttribute('vmid');
  }
  public set vmid(value: number) {
    this._vmid = value;
  }
  // Temporarily expose input value. Use with caution.
  public get vmidInput() {
    return this._vmid;
  }

  // wait_for - computed: true, optional: true, required: false
  private _waitFor?: string; 
  public get waitFor() {
    return this.getStringAttribute('wait_for');
  }
  public set waitFor(value: string) {
    this._waitFor = value;
  }
  public resetWaitFor() {
    this._waitFor = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get waitForInput() {
    return this._waitFor;
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new QemuTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: QemuTimeouts) {
    this._timeouts.internalValue = value;
  }
  public resetTimeouts() {
    this._timeouts.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutsInput() {
    return this._timeouts.internalValue;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      agent: cdktf.booleanToTerraform(this._agent),
      agent_timeout: cdktf.stringToTerraform(this._agentTimeout),
      ciuser: cdktf.stringToTerraform(this._ciuser),
      clone: cdktf.numberToTerraform(this._clone),
      cores: cdktf.numberToTerraform(this._cores),
      cpu: cdktf.stringToTerraform(this._cpu),
      description: cdktf.stringToTerraform(this._description),
      ipconfig0: cdktf.stringToTerraform(this._ipconfig0),
      ipconfig1: cdktf.stringToTerraform(this._ipconfig1),
      ipconfig2: cdktf.stringToTerraform(this._ipconfig2),
      ipconfig3: cdktf.stringToTerraform(this._ipconfig3),
      ipconfig4: cdktf.stringToTerraform(this._ipconfig4),
      ipconfig5: cdktf.stringToTerraform(this._ipconfig5),
      ipconfig6: cdktf.stringToTerraform(this._ipconfig6),
      ipconfig7: cdktf.stringToTerraform(this._ipconfig7),
      memory: cdktf.numberToTerraform(this._memory),
      name: cdktf.stringToTerraform(this._name),
      nameserver: cdktf.stringToTerraform(this._nameserver),
      net0: cdktf.stringToTerraform(this._net0),
      net1: cdktf.stringToTerraform(this._net1),
      net2: cdktf.stringToTerraform(this._net2),
      net3: cdktf.stringToTerraform(this._net3),
      net4: cdktf.stringToTerraform(this._net4),
      net5: cdktf.stringToTerraform(this._net5),
      net6: cdktf.stringToTerraform(this._net6),
      net7: cdktf.stringToTerraform(this._net7),
      node: cdktf.stringToTerraform(this._node),
      onboot: cdktf.booleanToTerraform(this._onboot),
      pool: cdktf.stringToTerraform(this._pool),
      reboot_on_change: cdktf.booleanToTerraform(this._rebootOnChange),
      scsi0: cdktf.stringToTerraform(this._scsi0),
      scsi1: cdktf.stringToTerraform(this._scsi1),
      scsi10: cdktf.stringToTerraform(this._scsi10),
      scsi11: cdktf.stringToTerraform(this._scsi11),
      scsi12: cdktf.stringToTerraform(this._scsi12),
      scsi13: cdktf.stringToTerraform(this._scsi13),
      scsi2: cdktf.stringToTerraform(this._scsi2),
      scsi3: cdktf.stringToTerraform(this._scsi3),
      scsi4: cdktf.stringToTerraform(this._scsi4),
      scsi5: cdktf.stringToTerraform(this._scsi5),
      scsi6: cdktf.stringToTerraform(this._scsi6),
      scsi7: cdktf.stringToTerraform(this._scsi7),
      scsi8: cdktf.stringToTerraform(this._scsi8),
      scsi9: cdktf.stringToTerraform(this._scsi9),
      searchdomain: cdktf.stringToTerraform(this._searchdomain),
      shutdown_timeout: cdktf.stringToTerraform(this._shutdownTimeout),
      sockets: cdktf.numberToTerraform(this._sockets),
      sshkeys: cdktf.stringToTerraform(this._sshkeys),
      startup: cdktf.booleanToTerraform(this._startup),
      tags: cdktf.listMapper(cdktf.stringToTerraform, false)(this._tags),
      vmid: cdktf.numberToTerraform(this._vmid),
      wait_for: cdktf.stringToTerraform(this._waitFor),
      timeouts: qemuTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      agent: {
        value: cdktf.booleanToHclTerraform(this._agent),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      agent_timeout: {
        value: cdktf.stringToHclTerraform(this._agentTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ciuser: {
        value: cdktf.stringToHclTerraform(this._ciuser),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      clone: {
        value: cdktf.numberToHclTerraform(this._clone),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      cores: {
        value: cdktf.numberToHclTerraform(this._cores),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      cpu: {
        value: cdktf.stringToHclTerraform(this._cpu),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      description: {
        value: cdktf.stringToHclTerraform(this._description),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ipconfig0: {
        value: cdktf.stringToHclTerraform(this._ipconfig0),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ipconfig1: {
        value: cdktf.stringToHclTerraform(this._ipconfig1),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ipconfig2: {
        value: cdktf.stringToHclTerraform(this._ipconfig2),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ipconfig3: {
        value: cdktf.stringToHclTerraform(this._ipconfig3),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ipconfig4: {
        value: cdktf.stringToHclTerraform(this._ipconfig4),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ipconfig5: {
        value: cdktf.stringToHclTerraform(this._ipconfig5),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ipconfig6: {
        value: cdktf.stringToHclTerraform(this._ipconfig6),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ipconfig7: {
        value: cdktf.stringToHclTerraform(this._ipconfig7),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      memory: {
        value: cdktf.numberToHclTerraform(this._memory),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      nameserver: {
        value: cdktf.stringToHclTerraform(this._nameserver),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      net0: {
        value: cdktf.stringToHclTerraform(this._net0),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      net1: {
        value: cdktf.stringToHclTerraform(this._net1),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      net2: {
        value: cdktf.stringToHclTerraform(this._net2),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      net3: {
        value: cdktf.stringToHclTerraform(this._net3),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      net4: {
        value: cdktf.stringToHclTerraform(this._net4),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      net5: {
        value: cdktf.stringToHclTerraform(this._net5),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      net6: {
        value: cdktf.stringToHclTerraform(this._net6),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      net7: {
        value: cdktf.stringToHclTerraform(this._net7),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      node: {
        value: cdktf.stringToHclTerraform(this._node),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      onboot: {
        value: cdktf.booleanToHclTerraform(this._onboot),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      pool: {
        value: cdktf.stringToHclTerraform(this._pool),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      reboot_on_change: {
        value: cdktf.booleanToHclTerraform(this._rebootOnChange),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      scsi0: {
        value: cdktf.stringToHclTerraform(this._scsi0),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi1: {
        value: cdktf.stringToHclTerraform(this._scsi1),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi10: {
        value: cdktf.stringToHclTerraform(this._scsi10),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi11: {
        value: cdktf.stringToHclTerraform(this._scsi11),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi12: {
        value: cdktf.stringToHclTerraform(this._scsi12),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi13: {
        value: cdktf.stringToHclTerraform(this._scsi13),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi2: {
        value: cdktf.stringToHclTerraform(this._scsi2),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi3: {
        value: cdktf.stringToHclTerraform(this._scsi3),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi4: {
        value: cdktf.stringToHclTerraform(this._scsi4),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi5: {
        value: cdktf.stringToHclTerraform(this._scsi5),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi6: {
        value: cdktf.stringToHclTerraform(this._scsi6),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi7: {
        value: cdktf.stringToHclTerraform(this._scsi7),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi8: {
        value: cdktf.stringToHclTerraform(this._scsi8),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scsi9: {
        value: cdktf.stringToHclTerraform(this._scsi9),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      searchdomain: {
        value: cdktf.stringToHclTerraform(this._searchdomain),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      shutdown_timeout: {
        value: cdktf.stringToHclTerraform(this._shutdownTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      sockets: {
        value: cdktf.numberToHclTerraform(this._sockets),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      sshkeys: {
        value: cdktf.stringToHclTerraform(this._sshkeys),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      startup: {
        value: cdktf.booleanToHclTerraform(this._startup),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      tags: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._tags),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      vmid: {
        value: cdktf.numberToHclTerraform(this._vmid),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      wait_for: {
        value: cdktf.stringToHclTerraform(this._waitFor),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      timeouts: {
        value: qemuTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "QemuTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
