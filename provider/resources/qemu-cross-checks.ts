import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue } from "../plugin/value";
import { networkChecks } from "./qemu-network-checks";

/** Faults of attributes that are good each for itself but not together; what is unknown yet is none. */
export function crossChecks(config: ObjectValue): readonly Diagnostic[] {
  const { vmid, clone, agent, wait_for: waitFor } = config;
  const faults: Diagnostic[] = [];
  if (typeof vmid === "number" && vmid === clone) {
    faults.push(
      errorDiagnostic(
        "The VM is its own template",
        `vmid and clone are both ${vmid}. Give vmid a free id; clone is the id of the template.`,
        ["vmid"],
      ),
    );
  }
  if (agent === false && waitFor === "agent") {
    faults.push(
      errorDiagnostic(
        "The guest agent is off and waited for",
        'agent is false and wait_for is "agent": without its agent the VM cannot tell its address. ' +
          'Set agent = true, or wait_for = "none".',
        ["wait_for"],
      ),
    );
  }
  return [...faults, ...networkChecks(config)];
}
