import fs from "node:fs";
import path from "node:path";
import { runBenchmark } from "./command";
import { measureDeployment } from "./deployment";
import { measureProviderStart } from "./provider-start";
import { measureRefresh } from "./refresh";

const PROJECT_FOLDER = path.join(__dirname, "..", "..");

/** So much longer than Proxmox itself a deployment may take. */
const RATIO_AT_MOST = 1.05;

/** So often the provider is started, for a median of how long that takes. */
const SPAWNS = 10;

void runBenchmark({
  script: "bench:deploy",
  description:
    "Measures deployments, refreshes and the provider against a simulated Proxmox VE that takes as long as a real one.",
  runs: 3,
  measures: {
    reference: (runs) =>
      measureDeployment({
        measure: "reference",
        topology: fs.readFileSync(path.join(PROJECT_FOLDER, "topology.yaml"), "utf8"),
        parallelism: 10,
        runs,
        ratioAtMost: RATIO_AT_MOST,
      }),
    "vms-60": (runs) =>
      measureDeployment({
        measure: "vms-60",
        topology: oneCluster(60),
        parallelism: 30,
        runs,
        ratioAtMost: RATIO_AT_MOST,
      }),
    "refresh-500": (runs) => measureRefresh({ measure: "refresh-500", vmCount: 500, runs }),
    provider: () => measureProviderStart("provider", SPAWNS),
  },
});

/** A cluster of the reference's VMs. */
function oneCluster(members: number): string {
  return `
proxmox: { nodes: [pve1], templateId: 400, storage: local-vm-zfs }
network: { cidr: 192.168.1.0/24, vlanId: 14, domain: example.com }
clusters:
  nodes: { role: apps, members: ${members}, firstVmId: 401, firstAddress: 192.168.1.100, cores: 4, memoryMiB: 8192, diskGiB: 20 }
`;
}
