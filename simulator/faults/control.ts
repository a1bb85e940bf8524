import type { World } from "../world/world";
import { checkRules } from "./check-rules";
import type { FaultList, FaultState, FaultStrike } from "./fault-list";
import { isIncident } from "./incident-rule";
import { attempt } from "./incidents";
import type { FaultRule } from "./rule";

/** How many faults there may be at a time. */
const MAX_FAULTS = 10_000;

/** All that is wrong with faults that were to be added, one a line. */
export class InvalidFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "InvalidFaults";
  }
}

/** The faults of a running simulator, for those who steer it. */
export class FaultControl {
  constructor(
    private readonly list: FaultList,
    private readonly world: World,
  ) {}

  /**
   * Adds faults; one with the id of another takes its place. They count from now on; incidents that wait for nothing
   * happen now.
   *
   * @returns their ids
   * @throws InvalidFaults with all that is wrong with them; none is added then
   */
  add(rules: readonly FaultRule[]): string[] {
    const checked = checkRules(rules, "faults");
    if ("faults" in checked) throw new InvalidFaults(checked.faults);
    const total = this.list.list().length + checked.rules.length;
    if (total > MAX_FAULTS) {
      throw new InvalidFaults([
        `faults: there must be ${MAX_FAULTS} at most; remove some, or this makes ${total}`,
      ]);
    }
    const ids = this.list.add(checked.rules);
    for (const { action, record } of this.list.dueAtOnce(ids)) {
      if (isIncident(action)) record(attempt(this.world, action));
    }
    return ids;
  }

  /** All faults with how often they struck, in the order in which they were added. */
  faults(): FaultState[] {
    return this.list.list();
  }

  /** The last 1000 times that a fault struck, oldest first. */
  strikes(): FaultStrike[] {
    return this.list.strikes();
  }

  /** Removes a fault; answers whether there was one. What it has done stays done. */
  remove(id: string): boolean {
    return this.list.remove(id);
  }

  /** Removes all faults. */
  clear(): void {
    this.list.clear();
  }
}
