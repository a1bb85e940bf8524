import type { TopologyDraft } from "./draft";
import type { FaultCollector } from "./fault-collector";
import { readerOf } from "./read/draft-reader";
import { checkOwnRules } from "./read/own-rules";
import { topologySchema } from "./schema/topology";

const readTopology = readerOf(topologySchema);

/**
 * Reads an input of unknown shape: every good value comes back, every other one is a fault.
 * What only values of several mappings together show is for others to check.
 */
export function readInput(input: unknown, faults: FaultCollector): TopologyDraft {
  const draft = readTopology(input, faults, []) as TopologyDraft | undefined;
  if (!draft) return { proxmox: undefined, network: undefined, clusters: undefined };
  return checkOwnRules(draft, input, faults);
}
