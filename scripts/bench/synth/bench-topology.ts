import type { ClusterInput, TopologyInput } from "../../../lib";
import { formatIpv4 } from "../../../lib/topology/ipv4";

const VMS_PER_CLUSTER = 100;
const SERVERS = 3;

/** What every VM has in common, for the topology and for the plain resources beside it. */
export const FIRST_VM_ID = 100_000;
/** 10.0.1.0 as a number. */
export const FIRST_ADDRESS = 0x0a_00_01_00;
const NODES = 50;
const SIZES = { cores: 4, memoryMiB: 8192, diskGiB: 20 };

/**
 * A topology of so many VMs, in clusters of three servers and up to 97 agents, on hosts that have room for all of them;
 * each cluster waits for the one before.
 */
export function benchTopology(vmCount: number): TopologyInput {
  const clusters: Record<string, ClusterInput> = {};
  for (let begin = 0; begin < vmCount; begin += VMS_PER_CLUSTER) {
    const number = begin / VMS_PER_CLUSTER + 1;
    const agents = Math.min(VMS_PER_CLUSTER, vmCount - begin) - SERVERS;
    clusters[`cluster-${number}`] = {
      role: "apps",
      waitsFor: number === 1 ? [] : [`cluster-${number - 1}`],
      pools: {
        servers: { role: "server", count: SERVERS, ...allocateFrom(begin), ...SIZES },
        workers: { role: "agent", count: agents, ...allocateFrom(begin + SERVERS), ...SIZES },
      },
    };
  }
  return {
    proxmox: {
      nodes: Object.fromEntries(
        Array.from({ length: NODES }, (_, index) => [
          `pve${index + 1}`,
          { cores: 1024, memoryMiB: 2_097_152 },
        ]),
      ),
      templateId: 400,
      storage: "ceph-vm",
      storages: { "ceph-vm": { shared: true } },
    },
    network: { cidr: "10.0.0.0/8", vlanId: 14, dnsServers: ["10.0.0.2"], domain: "example.com" },
    // A network for 10,000 VMs that nobody else would use is not the point here.
    acknowledge: ["cluster-network-range"],
    clusters,
  };
}

function allocateFrom(index: number): { firstVmId: number; firstAddress: string } {
  return { firstVmId: FIRST_VM_ID + index, firstAddress: formatIpv4(FIRST_ADDRESS + index) };
}
