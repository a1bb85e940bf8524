import { formatFault } from "./fault";
import type { Fault } from "./fault";

/** So many faults are printed; a file with more of them has one cause that hides behind all. */
const MOST_LINES = 200;

/**
 * A topology that cannot be used: the user's mistake, with every fault that was found.
 * The message has one line per fault, in the order of the file; print it without the stack trace.
 */
export class TopologyError extends Error {
  override readonly name = "TopologyError";

  /**
   * @param faults what is wrong, at least one, in the order in which they are to be told
   * @param file the name of the file as the user gave it; left out where the topology is an object
   */
  constructor(
    readonly faults: readonly Fault[],
    readonly file?: string,
  ) {
    super(messageOf(faults, file));
  }
}

function messageOf(faults: readonly Fault[], file?: string): string {
  const lines = [...new Set(faults.map((fault) => formatFault(fault, file)))];
  const more = lines.length - MOST_LINES;
  return more <= 0
    ? lines.join("\n")
    : [...lines.slice(0, MOST_LINES), `… and ${more} more faults like these`].join("\n");
}
