import { resolve } from "node:path";
import { Annotations, App, LocalBackend } from "cdktf";
import { RancherStack, TopologyError, formatFault, formatWarning, loadTopology } from "./lib";

try {
  // Loaded before the app is made, which creates the output folder: a faulty topology writes nothing.
  const file = process.env.TOPOLOGY || "topology.yaml";
  const topology = loadTopology(file);
  const app = new App();
  const stack = new RancherStack(app, "rancher-proxmox", { topology });
  const stateFile = process.env.TERRAFORM_STATE;
  if (stateFile) new LocalBackend(stack, { path: resolve(stateFile) });
  for (const warning of topology.warnings.filter(({ acknowledged }) => !acknowledged)) {
    console.error(formatWarning(warning, file));
    // The cdktf command keeps what a successful app writes to stderr to itself, and prints annotations.
    Annotations.of(stack).addWarning(formatFault(warning, file));
  }
  app.synth();
} catch (error) {
  if (!(error instanceof TopologyError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
