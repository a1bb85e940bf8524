import type { ClusterInput, TopologyInput } from "../../../lib";
import { formatIpv4 } from "../../../lib/topology/ipv4";

const FIRST_VM_ID = 100_000;
/** 10.0.1.0 */
const FIRST_ADDRESS = 0x0a_00_01_00;
const VMS_PER_CLUSTER = 100;

/** A topology of so many VMs, in clusters of a hundred of which each waits for the one before. */
export function benchTopology(vmCount: number): TopologyInput {
  const clusters: Record<string, ClusterInput> = {};
  for (let begin = 0; begin < vmCount; begin += VMS_PER_CLUSTER) {
    const number = begin / VMS_PER_CLUSTER + 1;
    clusters[`cluster-${number}`] = {
      role: "apps",
      members: Math.min(VMS_PER_CLUSTER, vmCount - begin),
      firstVmId: FIRST_VM_ID + begin,
      firstAddress: formatIpv4(FIRST_ADDRESS + begin),
      cores: 4,
      memoryMiB: 8192,
      diskGiB: 20,
      waitsFor: number === 1 ? [] : [`cluster-${number - 1}`],
    };
  }
  return {
    proxmox: { nodes: ["pve1", "pve2", "pve3"], templateId: 400, storage: "ceph-vm" },
    network: { cidr: "10.0.0.0/8", vlanId: 14, dnsServers: ["10.0.0.2"], domain: "example.com" },
    clusters,
  };
}
