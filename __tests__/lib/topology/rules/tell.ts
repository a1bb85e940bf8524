import { formatFault } from "../../../../lib/topology";
import type { Topology } from "../../../../lib/topology";
import { FaultCollector } from "../../../../lib/topology/fault-collector";
import { checkRules } from "../../../../lib/topology/rules";
import type { RuleSettings } from "../../../../lib/topology/rules/rule";

/** What is told of a topology, a line each, by how it is told. */
export interface Told {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly acknowledged: readonly string[];
}

/** Checks a topology against all rules. */
export function tell(topology: Topology, settings: RuleSettings = {}): Told {
  const faults = new FaultCollector();
  const warnings = checkRules(topology, settings, faults);
  const lines = (acknowledged: boolean): string[] =>
    warnings
      .filter((warning) => warning.acknowledged === acknowledged)
      .map((warning) => formatFault(warning));
  return {
    errors: faults.all().map((fault) => formatFault(fault)),
    warnings: lines(false),
    acknowledged: lines(true),
  };
}
