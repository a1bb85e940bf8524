import { inFileOrder } from "./fault";
import type { Fault, FaultPath, Position } from "./fault";

/** Finds where a path stands in the file; undefined where that is not known. */
export type Locate = (path: FaultPath) => Position | undefined;

/** Gathers the faults of one topology, so that a user learns of all of them at once. */
export class FaultCollector {
  private readonly found: Fault[] = [];

  /** Keys that are told to belong to a mapping further out: what is missing there is told with them. */
  readonly strays: FaultPath[] = [];

  /** @param locate where a path stands; what is found without a file stands nowhere */
  constructor(readonly locate: Locate = () => undefined) {}

  /** Notes a fault at `path`. */
  add(path: FaultPath, problem: string, fix: string): void {
    this.found.push({ path, problem, fix, position: this.locate(path) });
  }

  /** Notes a fault whose place is known already, because no path leads to it. */
  addFault(fault: Fault): void {
    this.found.push(fault);
  }

  /** How many faults there are so far. */
  get count(): number {
    return this.found.length;
  }

  /** All faults so far, in the order of the file where positions are known, else in the order they were found. */
  all(): readonly Fault[] {
    return inFileOrder(this.found);
  }
}
