/**
 * The library: declare Rancher clusters on Proxmox VE in a CDKTF app of your own.
 *
 * `loadTopology` and `resolveTopology` check and resolve a topology; `RancherStack` renders it;
 * `ClusterConstruct` and `ProxmoxVmConstruct` are its parts, to use one by one.
 */
export * from "./constructs";
export * from "./topology";
