import {
  COLOURED,
  PLAIN,
  compareResources,
  declaredResources,
  renderAnsible,
  renderDiff,
  renderDiffJson,
  renderDiffYaml,
  renderHtml,
  renderJson,
  renderMermaid,
  renderSvg,
  renderTable,
  renderYaml,
  warningLines,
  type Style,
} from "../reports";
import { TopologyError, type Topology } from "../topology";
import { loadWithFiles } from "../topology/load-topology";
import { FileError } from "./file-error";
import { UsageError, helpOf, readFlags, type Format, type Request } from "./flags";
import { isPipeline } from "./in-pipeline";
import { checkOutput, saveOutput } from "./output-file";
import { readPrior, type Prior } from "./read-prior";

/** Formats that have a place for warnings. */
const SHOWS_WARNINGS: readonly Format[] = ["table", "json", "yaml", "html"];

/** Where text goes to; a stream of the process, or a test in its place. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Where the command reads and writes. */
export interface Terminal {
  /** What stands before the arguments: "npm run topology --". */
  readonly command: string;
  /** Without the program itself. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: Output;
  readonly error: Output;
}

/**
 * Prints a topology as it was asked to.
 * @returns the exit code: 0, 1 for a topology that cannot be used or a file that cannot be written, 2 for a command
 *   line that cannot be understood
 */
export function runCommand(terminal: Terminal): number {
  const { command, argv, environment, out, error } = terminal;
  try {
    const request = readFlags(argv, environment, command);
    if (request === undefined) {
      out.write(helpOf(command));
      return 0;
    }
    const inPipeline = isPipeline(environment);
    const { topology, files } = loadWithFiles(request.file, {
      placementFile: request.placementFile,
      inPipeline,
    });
    const prior = request.diff === undefined ? undefined : readPrior(request.diff, environment);
    if (request.output !== undefined) checkOutput(request.output, [...files, ...(prior?.files ?? [])]);
    if (prior !== undefined || !SHOWS_WARNINGS.includes(request.format))
      for (const line of warningLines(topology, request.file)) error.write(`warning: ${line}\n`);
    const style = styleFor(request, terminal);
    const text =
      prior === undefined ? report(topology, request, style) : reportDiff(topology, prior, request, style);
    if (request.output === undefined) out.write(text);
    else saveOutput(request.output, text);
    return 0;
  } catch (failure) {
    if (failure instanceof UsageError) {
      error.write(`topology: ${failure.message}\n\`${command} --help\` lists the options.\n`);
      return 2;
    }
    if (!(failure instanceof TopologyError || failure instanceof FileError)) throw failure;
    error.write(`${failure.message}\n`);
    return 1;
  }
}

function report(topology: Topology, { file, format }: Request, style: Style): string {
  switch (format) {
    case "table":
      return renderTable(topology, { file, style });
    case "json":
      return renderJson(topology);
    case "yaml":
      return renderYaml(topology);
    case "mermaid":
      return renderMermaid(topology);
    case "svg":
      return renderSvg(topology);
    case "html":
      return renderHtml(topology);
    case "ansible":
      return renderAnsible(topology);
  }
}

function reportDiff(topology: Topology, prior: Prior, { file, format }: Request, style: Style): string {
  const diff = compareResources(prior.resources, declaredResources(topology));
  const names = { prior: prior.name, planned: file, isState: prior.isState };
  if (format === "json") return renderDiffJson(diff, names);
  return format === "yaml" ? renderDiffYaml(diff, names) : renderDiff(diff, names, style);
}

/** See https://no-color.org. */
function styleFor({ output }: Request, { out, environment }: Terminal): Style {
  return out.isTTY === true && output === undefined && !environment.NO_COLOR ? COLOURED : PLAIN;
}
