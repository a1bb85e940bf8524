import { resolve } from "node:path";
import { App, LocalBackend } from "cdktf";
import { RancherStack, TopologyError, loadTopology } from "./lib";

try {
  // Loaded before the app is made, which creates the output folder: a faulty topology writes nothing.
  const topology = loadTopology(process.env.TOPOLOGY || "topology.yaml");
  const app = new App();
  const stack = new RancherStack(app, "rancher-proxmox", { topology });
  const stateFile = process.env.TERRAFORM_STATE;
  if (stateFile) new LocalBackend(stack, { path: resolve(stateFile) });
  app.synth();
} catch (error) {
  if (!(error instanceof TopologyError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
