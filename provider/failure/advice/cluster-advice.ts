import { commands, onNode, type Advice } from "./situation";

/**
 * Texts about nodes, the cluster and the workers of the API.
 * Sources: pve-cluster src/PVE/Cluster.pm; pve-common src/PVE/RESTEnvironment.pm, src/PVE/Tools.pm;
 * pve-access-control src/PVE/API2/Pool.pm.
 */
export const CLUSTER_ADVICE: readonly Advice[] = [
  {
    said: /hostname lookup '([^']+)' failed|no such cluster node '([^']+)'/,
    advice: ([, host, node]) =>
      `Proxmox has no node "${host ?? node ?? ""}": correct node. Those that there are:` +
      commands("pvesh get /nodes"),
  },
  {
    said: /no quorum|cluster filesystem not online|ipcc_send_rec|unable to open file '\/etc\/pve\/[^']*' - Permission denied/,
    advice: () =>
      "The cluster has no quorum, or its file system is not up: nothing can be written until more nodes are back. How it " +
      "stands, as root on any node:" +
      commands("pvecm status", "systemctl status pve-cluster corosync"),
  },
  {
    said: /cfs-lock 'file-([\w-]+)' error: got lock|can't add VM \d+ to pool/,
    advice: () =>
      "Another operation kept the cluster's settings locked for longer than Proxmox waits; removing many VMs at a time " +
      "does that. Run terraform apply again.",
  },
  {
    said: /got no worker upid|Device or resource busy|can't lock file '[^']+' - got timeout/,
    advice: () =>
      "Proxmox had too much to do at that moment. Nothing was changed: run terraform apply again.",
  },
  {
    said: /^unexpected status$|interrupted by signal|received interrupt/m,
    advice: (_, situation) =>
      `The task was broken off ${onNode(situation)}: somebody stopped it, or the node was restarted or out of memory. Run ` +
      "terraform apply again.",
  },
  {
    said: /^no such task$/m,
    advice: (_, situation) =>
      `The task is not known any more ${onNode(situation)}: the node was restarted or its list of tasks cut. Run terraform ` +
      "apply again.",
  },
  {
    said: /pool '([^']+)' does not exist/,
    advice: ([, pool = ""]) =>
      `Make the pool first, as root, or correct pool:${commands(`pveum pool add ${pool}`)}`,
  },
  {
    said: /VM (\d+) belongs already to pool '([^']+)'/,
    advice: ([, vmid = "", pool = ""]) =>
      `Someone put VM ${vmid} into pool "${pool}" meanwhile. Run terraform apply again: the plan shows it.`,
  },
  {
    said: /Method '[^']+' not implemented/,
    advice: () =>
      "This Proxmox does not know the call. The provider is made for Proxmox VE 8 and 9: check the endpoint's version " +
      "with pveversion, and that it is Proxmox VE and not Backup Server or Mail Gateway.",
  },
];
