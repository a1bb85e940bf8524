import { execFileSync } from "node:child_process";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { loadTopology, TopologyError } from "../../lib";
import { runDemo } from "./demo";
import { CommandFailure } from "../sandbox/run-command";
import { DemoFailure } from "./phases";

/** Leaves a deployment of six VMs well under half a minute, and slow enough to be watched. */
const DEFAULT_SPEED = 8;
const EXIT_INTERRUPTED = 130;

interface Flags {
  readonly keep: boolean;
  readonly speed: number;
  readonly dir: string;
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!(speed > 0 && speed <= 1000))
    throw new InvalidArgumentError("Allowed is a number above 0, up to 1000.");
  return speed;
}

async function main(): Promise<number> {
  const command = new Command("npm run demo --")
    .description(
      "Deploys the clusters of topology.yaml (or of the file that TOPOLOGY names) to a simulated Proxmox VE, which has the hosts, bridges, storages and templates that they ask for, with the real Terraform, and removes them. No file of yours is changed.",
    )
    .option("--keep", "stop after apply and keep the simulator running", false)
    .option("--speed <factor>", "how many times faster than a real Proxmox VE", parseSpeed, DEFAULT_SPEED)
    .option(
      "--dir <folder>",
      "folder for all that the demo writes; it is emptied first",
      path.join(".work", "demo"),
    )
    .allowExcessArguments(false)
    .showHelpAfterError("(--help lists the options)")
    .parse();
  const { keep, speed, dir } = command.opts<Flags>();

  try {
    execFileSync("terraform", ["version"], { stdio: "ignore" });
  } catch {
    console.error(
      "The demo runs the real Terraform, and there is no terraform on the PATH. Install 1.5 or later.",
    );
    return 1;
  }

  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (interrupt.signal.aborted) return;
      console.error("\nStopping …");
      interrupt.abort();
    });
  }
  // Whoever reads the output, such as head, may have seen enough.
  process.stdout.on("error", () => {
    interrupt.abort();
  });
  try {
    const placementFile = process.env.PLACEMENT_RECORD || undefined;
    const topologyFile = process.env.TOPOLOGY || "topology.yaml";
    const topology = loadTopology(topologyFile, { placementFile });
    await runDemo({
      folder: dir,
      speed,
      topology,
      topologyFile,
      keep,
      interrupt: interrupt.signal,
      stream: process.stdout,
    });
    return 0;
  } catch (error) {
    if (interrupt.signal.aborted) {
      console.error("Stopped. Nothing is left running.");
      return EXIT_INTERRUPTED;
    }
    if (error instanceof TopologyError) console.error(error.message);
    else if (error instanceof DemoFailure || error instanceof CommandFailure)
      console.error(`\nThe demo failed: ${error.message}`);
    else throw error;
    return 1;
  }
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
