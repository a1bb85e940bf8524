import { readAtMost } from "../../files/read-at-most";
import { writeFile } from "../../files/write-file";
import { listed } from "../listed";
import type { Topology } from "../topology";
import { TopologyError } from "../topology-error";
import { parseRecord, placementOf, printRecord } from "./placement-record";
import type { Placement } from "./placement-record";

/** Room for a hundred thousand VMs with the longest names. */
const LARGEST_RECORD_BYTES = 16 * 1024 * 1024;

const RESTORE =
  "restore it from git or put it right: without it VMs may be placed elsewhere, which destroys them and makes them anew";

/**
 * Reads a placement record, for `resolveTopology`; `loadTopology` reads that of its file itself.
 * @param file its path
 * @returns the node of each VM by its key; empty where there is no such file
 * @throws TopologyError where the file cannot be read or is damaged
 */
export function readPlacement(file: string): Placement {
  const text = readText(file);
  const placement = text === undefined ? new Map<string, string>() : parseRecord(text);
  if (typeof placement === "string") throw damaged(file, placement);
  return Object.fromEntries(placement);
}

/**
 * Records which node each VM of a topology is on, and drops VMs that are gone. The file is written only if that
 * changes it, and whole or not at all.
 * @param file path of the record, see `placementFileOf`
 * @returns a line to warn with: which VMs were dropped, or why it could not be written; undefined where there is neither
 * @throws TopologyError where the record has VMs and none of this topology's, for which it would forget those of another;
 *   also where it cannot be read or is damaged
 */
export function recordPlacement(file: string, topology: Topology): string | undefined {
  const placement = placementOf(topology);
  const text = printRecord(placement);
  if (isUpToDate(file, text)) return undefined;
  const dropped = droppedFrom(file, placement);
  try {
    writeFile(file, text);
    return dropped.length === 0 ? undefined : `${file}: ${farewellTo(dropped)}`;
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const problem = `cannot be written (${code}), so where new VMs are placed is not recorded`;
    return `${file}: ${problem}; write and commit it before nodes or members change`;
  }
}

/** The VMs that a record has and a placement has not. */
function droppedFrom(file: string, placement: Placement): readonly string[] {
  const recorded = Object.keys(readPlacement(file));
  const dropped = recorded.filter((key) => !Object.hasOwn(placement, key));
  const [first] = dropped;
  if (first === undefined || dropped.length < recorded.length) return dropped;
  const problem = `the placement record has ${first}${recorded.length > 1 ? " and others" : ""}, and no VM of this topology, which would take the place of all it has`;
  throw faultOf(file, problem, RECORD_OF_ITS_OWN);
}

/** Who looks at a plan without a cluster, and puts it back, is to find its VMs where they are. */
function farewellTo(dropped: readonly string[]): string {
  const isOne = dropped.length === 1;
  const who = listed(dropped);
  return `${who} ${isOne ? "is" : "are"} no longer in the topology, so the record has dropped ${isOne ? "it" : "them"}; to put ${isOne ? "it" : "them"} back where ${isOne ? "it is" : "they are"}, take the record from git as well`;
}

const RECORD_OF_ITS_OWN =
  "is it another topology's, name one for each with PLACEMENT_RECORD=path; were all clusters renamed, rename their VMs in it as well, " +
  "so that they stay where they are, or delete it to have all placed anew";

function isUpToDate(file: string, text: string): boolean {
  try {
    return readAtMost(file, LARGEST_RECORD_BYTES).equals(Buffer.from(text));
  } catch {
    return false;
  }
}

function readText(file: string): string | undefined {
  try {
    const bytes = readAtMost(file, LARGEST_RECORD_BYTES + 1);
    if (bytes.length > LARGEST_RECORD_BYTES)
      throw damaged(file, `is larger than ${LARGEST_RECORD_BYTES / 1024 ** 2} MiB`);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TopologyError) throw error;
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw damaged(
      file,
      code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "is not UTF-8 text" : `cannot be read (${code})`,
    );
  }
}

function damaged(file: string, what: string): TopologyError {
  return faultOf(file, `the placement record ${what}`, RESTORE);
}

function faultOf(file: string, problem: string, fix: string): TopologyError {
  return new TopologyError([{ path: [], problem, fix, position: { line: 1, column: 1, file } }], file);
}
