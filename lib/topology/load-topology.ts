import { FaultCollector } from "./fault-collector";
import type { Placement } from "./placement/placement-record";
import { readPlacement } from "./placement/record-file";
import { placementFileOf, recordNameFault } from "./placement/record-name";
import { resolveInput } from "./resolve-topology";
import type { ResolveOptions } from "./resolve-topology";
import { locateIn } from "./source/layer";
import { loadLayers } from "./source/load-layers";
import { readText } from "./source/read-text";
import type { Topology } from "./topology";
import { TopologyError } from "./topology-error";

/** How a topology is loaded. */
export interface LoadOptions extends Pick<ResolveOptions, "inPipeline"> {
  /**
   * Path of the placement record. There need be no such file.
   * @default - the file beside the topology, see {@link placementFileOf}
   */
  readonly placementFile?: string;
}

/**
 * Loads a topology from a file, joined with those that it extends, checks it whole and resolves it. VMs stay where its
 * placement record has them.
 * @param file its path, as the user gave it; errors quote it. One that ends in .json is read as JSON, any other as YAML
 * @throws TopologyError with every fault that was found, each with its file, line and column
 */
export function loadTopology(file: string, options: LoadOptions = {}): Topology {
  return loadWithFiles(file, options).topology;
}

/** A topology and where it was read from. */
export interface LoadedTopology {
  readonly topology: Topology;
  /** The file, those that it extends and the placement record, which may not be there yet. */
  readonly files: readonly string[];
}

/**
 * What {@link loadTopology} loads, with the files that it was read from.
 * @throws TopologyError
 */
export function loadWithFiles(file: string, options: LoadOptions = {}): LoadedTopology {
  const text = readText(file, " with TOPOLOGY=path");
  if (typeof text === "object") throw new TopologyError([{ path: [], ...text }], file);
  const { layer, faults: told, files } = loadLayers(text, file);
  const faults = new FaultCollector((path) => layer && locateIn(layer.origin, path));
  for (const fault of told) faults.addFault(fault);
  if (layer?.value === null) faults.add([], "is empty", "declare proxmox, network and clusters in it");
  const { placementFile = placementFileOf(file), inPipeline } = options;
  const inDoubt = options.placementFile === undefined ? recordNameFault(file) : undefined;
  if (inDoubt) faults.addFault(inDoubt);
  const placement = recordedIn(placementFile, faults);
  const topology =
    layer && layer.value !== null ? resolveInput(layer.value, faults, { placement, inPipeline }) : undefined;
  if (!topology) throw new TopologyError(faults.all(), file);
  return { topology, files: [...files, placementFile] };
}

/** What a placement record holds; nothing where the record is damaged, which is a fault of its own. */
function recordedIn(placementFile: string, faults: FaultCollector): Placement | undefined {
  try {
    return readPlacement(placementFile);
  } catch (error) {
    if (!(error instanceof TopologyError)) throw error;
    for (const fault of error.faults) faults.addFault(fault);
    return undefined;
  }
}
