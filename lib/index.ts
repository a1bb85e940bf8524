/**
 * The library: declare Rancher clusters on Proxmox VE in a CDKTF app of your own.
 *
 * `loadTopology` and `resolveTopology` check and resolve a topology; `RancherStack` renders it;
 * `ClusterConstruct` and `ProxmoxVmConstruct` are its parts, to use one by one.
 */
export * from "./constructs";
export * from "./topology";
export { DataPveNodes } from "../.gen/providers/pve/data-pve-nodes";
export type { DataPveNodesConfig } from "../.gen/providers/pve/data-pve-nodes";
export { DataPveStorages } from "../.gen/providers/pve/data-pve-storages";
export type { DataPveStoragesConfig } from "../.gen/providers/pve/data-pve-storages";
export { DataPveVersion } from "../.gen/providers/pve/data-pve-version";
export type { DataPveVersionConfig } from "../.gen/providers/pve/data-pve-version";
export { DataPveVms } from "../.gen/providers/pve/data-pve-vms";
export type { DataPveVmsConfig } from "../.gen/providers/pve/data-pve-vms";
export { PveProvider } from "../.gen/providers/pve/provider";
export type { PveProviderConfig } from "../.gen/providers/pve/provider";
export { Qemu } from "../.gen/providers/pve/qemu";
export type { QemuConfig } from "../.gen/providers/pve/qemu";
