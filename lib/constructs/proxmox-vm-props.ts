import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { ExtraDiskProps } from "./extra-disks";
import type { FurtherInterfaceProps, NetworkInterfaceProps } from "./network-interface";

/**
 * What a {@link ProxmoxVmConstruct} is made from; what is of {@link NetworkInterfaceProps} is of net0. Any value may be
 * a CDKTF token.
 */
export interface ProxmoxVmProps extends NetworkInterfaceProps {
  /** VM id, 100-999999999, unique in the Proxmox cluster. Another id replaces the VM. */
  readonly vmId: number;

  /** Name of the Proxmox host. */
  readonly node: string;

  /** VM id of the template to clone in full: an image with cloud-init. Another template replaces the VM. */
  readonly templateId: number;

  /**
   * Name of the VM in Proxmox, a DNS name; its first label is the hostname.
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * What Terraform calls the VM: `pve_qemu.<terraformName>`.
   * @default - the construct id
   */
  readonly terraformName?: string;

  /**
   * CPU cores of each socket, 1-1024.
   * @default - as the template has it
   */
  readonly cores?: number;

  /**
   * CPU sockets, 1-4.
   * @default 1
   */
  readonly sockets?: number;

  /**
   * CPU type, such as "host" or "x86-64-v2-AES".
   * @default - as the template has it
   */
  readonly cpu?: string;

  /**
   * Memory in MiB, at least 16.
   * @default - as the template has it
   */
  readonly memoryMiB?: number;

  /**
   * The storage that the boot disk is on. Goes with `diskGiB`. Another storage replaces the VM.
   * @default - the template's storage
   */
  readonly storage?: string;

  /**
   * Size of the boot disk in GiB; it can grow later, but never shrink. Goes with `storage`.
   * @default - as the template has it
   */
  readonly diskGiB?: number;

  /**
   * Disks besides the boot disk, by their device: "scsi1" to "scsi13". Each is made empty; it can grow later, but never
   * shrink.
   * @default - none
   */
  readonly extraDisks?: Readonly<Record<string, ExtraDiskProps>>;

  /**
   * The network interfaces besides net0, at most 7: the first is net1. Those of net0 itself are the props `bridge` to
   * `gateway6` of the VM.
   * @default - none
   */
  readonly furtherInterfaces?: readonly FurtherInterfaceProps[];

  /**
   * Addresses of the DNS resolvers, in the order they are asked.
   * @default - those of the Proxmox host
   */
  readonly dnsServers?: readonly string[];

  /**
   * The DNS domain that the VM searches; several are separated by spaces.
   * @default - that of the Proxmox host
   */
  readonly searchDomain?: string;

  /**
   * The user that cloud-init makes: at most 32 letters, digits, "_", "-", "." and "@", the first a letter or "_".
   * @default - that of the template's image
   */
  readonly user?: string;

  /**
   * OpenSSH public keys that may log in as that user.
   * @default - as the template has it
   */
  readonly sshPublicKeys?: readonly string[];

  /**
   * Whether Proxmox talks to the QEMU guest agent in the VM. The template must have it installed.
   * @default true
   */
  readonly agent?: boolean;

  /**
   * Whether the VM is kept started: started when it is made, and again by the next apply when it is found stopped.
   * @default true
   */
  readonly started?: boolean;

  /**
   * What a started VM is waited for: "agent", until the guest agent reports the address, or "none".
   * @default - "agent" where `agent` is true, else "none"
   */
  readonly waitFor?: "agent" | "none";

  /**
   * Whether the VM starts with its Proxmox host.
   * @default - as the template has it
   */
  readonly onBoot?: boolean;

  /**
   * Tags; Proxmox keeps them in lower case.
   * @default - as the template has it
   */
  readonly tags?: readonly string[];

  /**
   * Notes that Proxmox shows with the VM, at most 8000 characters.
   * @default - as the template has it
   */
  readonly description?: string;

  /**
   * The Proxmox resource pool to put the VM into; it must exist.
   * @default - no pool
   */
  readonly pool?: string;

  /**
   * How long making the VM may take, in seconds, until it is ready.
   * @default 1800
   */
  readonly createTimeoutSeconds?: number;

  /**
   * How long a change of the VM may take, in seconds.
   * @default 900
   */
  readonly updateTimeoutSeconds?: number;

  /**
   * How long deleting the VM may take, in seconds.
   * @default 600
   */
  readonly deleteTimeoutSeconds?: number;

  /**
   * What must be there before the VM is made.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];

  /**
   * The provider to make the VM with, where the stack has several.
   * @default - the stack's own `pve` provider
   */
  readonly provider?: TerraformProvider;
}
