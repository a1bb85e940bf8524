import { readAtMost } from "../files/read-at-most";
import { FaultCollector } from "./fault-collector";
import { placementFileOf, readPlacement } from "./placement/record-file";
import { resolveInput } from "./resolve-topology";
import type { Topology } from "./topology";
import { TopologyError } from "./topology-error";
import { readYaml } from "./yaml-source";

/** Room for a thousand clusters, each with a page of comments. */
const LARGEST_FILE_BYTES = 1024 * 1024;

/**
 * Loads a topology from a YAML file, checks it whole and resolves it. VMs stay where its placement record, a file
 * beside it, has them; see {@link placementFileOf}.
 * @param file its path, as the user gave it; errors quote it
 * @throws TopologyError with every fault that was found, each with its line and column
 */
export function loadTopology(file: string): Topology {
  const { value, faults } = readYaml(readText(file));
  if (value === null) faults.add([], "is empty", "declare proxmox, network and clusters in it");
  const placement = readPlacement(placementFileOf(file));
  const topology =
    value === undefined || value === null ? undefined : resolveInput(value, faults, { placement });
  if (!topology) throw new TopologyError(faults.all(), file);
  return topology;
}

function readText(file: string): string {
  try {
    const bytes = readAtMost(file, LARGEST_FILE_BYTES + 1);
    if (bytes.length > LARGEST_FILE_BYTES) {
      throw unreadable(file, `is larger than ${LARGEST_FILE_BYTES / 1024} KiB`, "is it a topology at all?");
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TopologyError) throw error;
    throw unreadable(file, ...reasonOf(error));
  }
}

function reasonOf(error: unknown): [problem: string, fix: string] {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  switch (code) {
    case "ENOENT":
      return ["there is no such file", "create it, or name another one with TOPOLOGY=path"];
    case "EISDIR":
      return ["is a folder", "name the file in it with TOPOLOGY=path"];
    case "EACCES":
    case "EPERM":
      return ["may not be read", "give yourself the right to read it"];
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return ["is not UTF-8 text", "save it as UTF-8"];
    default:
      return [`cannot be read (${code})`, "name another file with TOPOLOGY=path"];
  }
}

function unreadable(file: string, problem: string, fix: string): TopologyError {
  const faults = new FaultCollector();
  faults.add([], problem, fix);
  return new TopologyError(faults.all(), file);
}
