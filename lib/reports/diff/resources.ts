import type { Cluster, InterfaceAddress, Topology, Vm } from "../../topology";

/** What one attribute of a VM in Terraform (`net0`) means, by the words of a topology: `bridge`, `vlanId`. */
export type Fields = Readonly<Record<string, Setting>>;

/** A value that is compared. */
export type Setting = string | number | boolean;

/** A VM as Terraform knows it. */
export interface VmResource {
  /** By their names in Terraform, in the order they are told in. */
  readonly attributes: ReadonlyMap<string, Fields>;
  /** The Proxmox node that it is on, which is another than that of its attributes where Proxmox has moved it. */
  readonly currentNode: string;
  /** Whether Terraform is going to make it anew, for the apply that made it failed. */
  readonly isTainted: boolean;
  /**
   * Whether another VM has taken its place, and Terraform is still to destroy it.
   * @default false
   */
  readonly isDeposed?: boolean;
}

/** The ready gate of a cluster: the ids of its VMs (`node/vmid`) by their keys. */
export type Gate = Readonly<Record<string, string>>;

/** What Terraform manages, by address: `pve_qemu.rancher-manager-1`. */
export interface Resources {
  readonly vms: ReadonlyMap<string, VmResource>;
  readonly gates: ReadonlyMap<string, Gate>;
  /** How many resources there are of types that no topology declares. */
  readonly others: number;
}

/** Address of a VM in Terraform. */
export function vmAddress(key: string): string {
  return `pve_qemu.${key}`;
}

/** What a topology asks of Terraform. What it leaves out of a VM stays as the VM has it. */
export function declaredResources({ clusters }: Topology): Resources {
  return {
    vms: new Map(clusters.flatMap(({ vms }) => vms).map((vm) => [vmAddress(vm.key), declaredVm(vm)])),
    gates: new Map(clusters.map((cluster) => [`null_resource.${cluster.name}-ready`, declaredGate(cluster)])),
    others: 0,
  };
}

function declaredGate({ vms }: Cluster): Gate {
  return Object.fromEntries(vms.map(({ key, node, vmId }) => [key, `${node}/${vmId}`]));
}

/** What the constructs render of a VM. A topology decides nothing of sockets, agent and power state: they set them for all. */
function declaredVm(vm: Vm): VmResource {
  const attributes = new Map<string, Fields>();
  const add = (attribute: string, fields: Record<string, Setting | undefined>): void => {
    const given = withoutUndefined(fields);
    if (Object.keys(given).length > 0) attributes.set(attribute, given);
  };
  add("vmid", { vmId: vm.vmId });
  add("name", { name: vm.name });
  add("node", { node: vm.node });
  add("clone", { templateId: vm.templateId });
  add("cores", { cores: vm.cores });
  add("sockets", { sockets: 1 });
  add("cpu", { cpu: vm.cpu });
  add("memory", { memoryMiB: vm.memoryMiB });
  add("scsi0", { storage: vm.storage, sizeGiB: vm.diskGiB });
  for (const { device, storage, sizeGiB } of vm.extraDisks) add(device, { storage, sizeGiB });
  vm.interfaces.forEach(({ bridge, vlanId, mtu, ipv4, ipv6 }, index) => {
    add(`net${index}`, { model: "virtio", bridge, vlanId, mtu });
    add(`ipconfig${index}`, {
      ipv4: addressText(ipv4),
      gateway: gatewayOf(ipv4),
      ipv6: addressText(ipv6),
      gateway6: gatewayOf(ipv6),
    });
  });
  add("nameserver", { dnsServers: vm.dnsServers.join(" ") || undefined });
  add("searchdomain", { domain: vm.domain });
  add("ciuser", { user: vm.user });
  add("tags", { tags: vm.tags.join(" ") || undefined });
  add("agent", { agent: true });
  add("startup", { started: true });
  add("wait_for", { waitFor: "agent" });
  return { attributes, currentNode: vm.node, isTainted: false };
}

function addressText(ip: InterfaceAddress | undefined): string | undefined {
  return typeof ip === "object" ? `${ip.address}/${ip.prefixLength}` : ip;
}

function gatewayOf(ip: InterfaceAddress | undefined): string | undefined {
  return typeof ip === "object" ? ip.gateway : undefined;
}

/** What is given of a record. */
export function withoutUndefined<T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
}
