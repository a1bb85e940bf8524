import { App } from "cdktf";
import { RancherStack, TopologyError, loadTopology } from "./lib";

try {
  // Loaded before the app is made, which creates the output folder: a faulty topology writes nothing.
  const topology = loadTopology(process.env.TOPOLOGY || "topology.yaml");
  const app = new App();
  new RancherStack(app, "rancher-proxmox", { topology });
  app.synth();
} catch (error) {
  if (!(error instanceof TopologyError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
