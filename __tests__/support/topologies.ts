/** The reference's shared settings. */
const SHARED = `
proxmox: { nodes: [pve1], templateId: 400, storage: local-vm-zfs, bridge: vmbr0 }
network: { cidr: 192.168.1.0/24, gateway: 192.168.1.1, vlanId: 14, dnsServers: [192.168.1.1, 192.168.1.2], domain: example.com }
access: { user: ubuntu }
`;

/** A topology with a manager cluster only. */
export function managerTopology({ members = 1, memoryMiB = 8192, diskGiB = 20 } = {}): string {
  return `${SHARED}
clusters:
  rancher-manager: { role: manager, members: ${members}, firstVmId: 401, firstAddress: 192.168.1.100, cores: 4, memoryMiB: ${memoryMiB}, diskGiB: ${diskGiB} }
`;
}
