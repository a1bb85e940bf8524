/** The constructs: they render a resolved topology, and can be used by any CDKTF app. */
export { ClusterConstruct } from "./cluster-construct";
export type { ClusterProps } from "./cluster-construct";
export type { ExtraDiskProps } from "./extra-disks";
export type { FurtherInterfaceProps, NetworkInterfaceProps } from "./network-interface";
export { InvalidPropsError } from "./prop-checks";
export { ProxmoxVmConstruct } from "./proxmox-vm-construct";
export type { ProxmoxVmProps } from "./proxmox-vm-props";
export { RancherStack } from "./rancher-stack";
export type { RancherStackProps } from "./rancher-stack";
export { RancherVariables } from "./rancher-variables";
export type { RancherVariablesProps } from "./rancher-variables";
