import type { FaultPath } from "../fault";
import type { NamedRule, RuleSettings } from "./rule";

/** The rule that an acknowledgement which nothing needs breaks. */
export const unusedAcknowledgement: NamedRule = {
  name: "unused-acknowledgement",
  level: "warning",
  summary: "A rule is acknowledged that has nothing to tell there.",
  reason:
    "What it once allowed is gone, and it would hide the next that comes. Take it out of the list it is in.",
};

/** A place where the topology says that the warnings of a rule are meant. */
export interface Acknowledgement {
  readonly rule: string;
  readonly path: FaultPath;
  /** The cluster it is confined to; everywhere without one. */
  readonly cluster?: string;
}

/** Knows which warnings are meant, and which acknowledgements nothing has needed. */
export class Acknowledgements {
  private readonly byRule = new Map<string, (Acknowledgement & { used: boolean })[]>();

  constructor(settings: RuleSettings) {
    for (const acknowledgement of acknowledgementsOf(settings)) {
      const { rule } = acknowledgement;
      this.byRule.set(rule, [...(this.byRule.get(rule) ?? []), { ...acknowledgement, used: false }]);
    }
  }

  /**
   * Whether a finding is meant; every acknowledgement that says so counts as used.
   * @param rule name of the rule that found it
   * @param clusters names of the clusters it is about
   * @returns where that is said, or undefined where it is not
   */
  find(rule: string, clusters: readonly string[]): FaultPath | undefined {
    const matching = (this.byRule.get(rule) ?? []).filter(
      ({ cluster }) => cluster === undefined || clusters.includes(cluster),
    );
    for (const acknowledgement of matching) acknowledgement.used = true;
    return matching[0]?.path;
  }

  /** Those that no finding has needed so far; one of this very rule would always need itself. */
  unused(): readonly Acknowledgement[] {
    const all = [...this.byRule.values()].flat();
    return all.filter(({ rule, used }) => !used && rule !== unusedAcknowledgement.name);
  }
}

/** Every place where a topology acknowledges a rule. */
export function acknowledgementsOf({ acknowledge = [], clusters = {} }: RuleSettings): Acknowledgement[] {
  const places = acknowledge.map((rule, index): Acknowledgement => ({ rule, path: ["acknowledge", index] }));
  for (const [cluster, settings] of Object.entries(clusters)) {
    settings?.acknowledge?.forEach((rule, index) => {
      places.push({ rule, path: ["clusters", cluster, "acknowledge", index], cluster });
    });
  }
  return places;
}
