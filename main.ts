import { resolve } from "node:path";
import { Annotations, App, LocalBackend } from "cdktf";
import { RancherStack, TopologyError, loadTopology, placementFileOf, recordPlacement } from "./lib";
import { isPipeline } from "./lib/command/in-pipeline";
import { warningLines } from "./lib/reports/warning-lines";
import { passedOverRecord } from "./lib/topology/placement/record-name";

function main(): void {
  try {
    // Loaded and recorded before the app is made, which creates the output folder: a faulty topology writes nothing.
    const file = process.env.TOPOLOGY || "topology.yaml";
    const namedRecord = process.env.PLACEMENT_RECORD || undefined;
    const inPipeline = isPipeline(process.env);
    const topology = loadTopology(file, { placementFile: namedRecord, inPipeline });
    const placementFile = namedRecord ?? placementFileOf(file);
    const passedOver = passedOverRecord(file, placementFile);
    const ofRecord = recordPlacement(placementFile, topology);
    const app = new App();
    const stack = new RancherStack(app, "rancher-proxmox", { topology });
    const stateFile = process.env.TERRAFORM_STATE;
    if (stateFile) new LocalBackend(stack, { path: resolve(stateFile) });
    // The cdktf command sets this; it shows annotations as warnings, and what an app writes to stderr as an error.
    const annotates = process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS !== undefined;
    for (const line of [...warningLines(topology, file), passedOver, ofRecord]) {
      if (line === undefined) continue;
      if (annotates) Annotations.of(stack).addWarning(line);
      else console.error(`warning: ${line}`);
    }
    app.synth();
  } catch (error) {
    if (!(error instanceof TopologyError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

// CDKTF takes a stack trace for every VM: without Node's module loader beneath it each is half as deep.
setImmediate(main);
