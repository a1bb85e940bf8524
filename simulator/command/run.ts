import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InvalidOptions } from "../options/check-options";
import type { FaultStrike } from "../faults/fault-list";
import type { RequestRecord, SimulatorOptions } from "../options/options";
import { type Simulator, startSimulator } from "../server/simulator";
import { type CommandRequest, readCommandLine } from "./flags";
import { greeting } from "./greeting";

/** Where the default CA files lie; each port has one, so that simulators in one folder leave each other's alone. */
const CA_FOLDER = join(".work", "simulator");

/** Where the command reads and writes; a process, or a test in its place. */
interface Terminal {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Resolves when the command is to end. */
  readonly interrupted: Promise<void>;
}

/**
 * Runs the simulator until it is interrupted.
 *
 * @returns the exit code: 0, or 1 for a mistake in the options or a port that cannot be had
 */
export async function runCommand(terminal: Terminal): Promise<number> {
  try {
    const request = readCommandLine(terminal.argv, terminal.environment, terminal.out);
    if (request !== undefined) await serve(terminal, request);
    return 0;
  } catch (error) {
    const faults = faultsOf(error);
    if (faults === undefined) throw error;
    for (const fault of faults) terminal.error(`simulator: ${fault}\n`);
    terminal.error("`npm run simulator -- --help` lists the options, docs/SIMULATOR.md explains them.\n");
    return 1;
  }
}

async function serve(terminal: Terminal, request: CommandRequest): Promise<void> {
  const onRequest = ({ method, path, status, durationMs }: RequestRecord): void => {
    terminal.out(`${method} ${path} ${status} ${durationMs.toFixed(0)} ms\n`);
  };
  const onFault = ({ id, kind, subject, problem }: FaultStrike): void => {
    const outcome = problem === undefined ? "" : `, came to nothing: ${problem}`;
    terminal.out(`fault ${id} (${kind}): ${subject}${outcome}\n`);
  };
  const simulator = await startOrExplain(request, request.isVerbose ? { onRequest, onFault } : {});
  const caFile = resolve(request.caFile ?? join(CA_FOLDER, `ca-${simulator.port}.pem`));
  try {
    writeCaFile(caFile, simulator.caCertificatePem);
    terminal.out(greeting(simulator, caFile));
    await terminal.interrupted;
  } finally {
    await simulator.close();
    removeCaFile(caFile, simulator.caCertificatePem);
  }
}

async function startOrExplain(
  { options }: CommandRequest,
  listeners: Pick<SimulatorOptions, "onRequest" | "onFault">,
): Promise<Simulator> {
  try {
    return await startSimulator({ ...options, ...listeners });
  } catch (error) {
    const { code, message, port = 0 } = error as NodeJS.ErrnoException & { port?: number };
    const { host = "127.0.0.1" } = options;
    if (code === "EADDRINUSE") {
      const flag = port === options.port ? "--port" : "--control-port";
      const advice = `end what uses it, or choose another with ${flag} (0 for any that is free)`;
      throw new InvalidOptions([`port ${port} on ${host} is in use: ${advice}`]);
    }
    if (code !== undefined) throw new InvalidOptions([`cannot listen on ${host} port ${port}: ${message}`]);
    throw error;
  }
}

function writeCaFile(path: string, pem: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, pem);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidOptions([`--ca-file ${path}: cannot be written: ${cause}`]);
  }
}

/** Removes the file unless another simulator has written its own there since. */
function removeCaFile(path: string, pem: string): void {
  try {
    if (readFileSync(path, "utf8") === pem) rmSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function faultsOf(error: unknown): readonly string[] | undefined {
  return error instanceof InvalidOptions ? error.faults : undefined;
}
