import { didYouMean } from "../did-you-mean";
import { formatPath, inFileOrder, quote } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { RuleLevel } from "../input";
import type { Topology, Warning } from "../topology";
import { Acknowledgements, acknowledgementsOf, unusedAcknowledgement } from "./acknowledgements";
import type { Finding, NamedRule, RuleSettings } from "./rule";
import { rules } from "./rules";

/** Every rule whose level can be set, as the documentation lists them. */
export const namedRules: readonly NamedRule[] = [...rules, unusedAcknowledgement];

const ruleNames: ReadonlySet<string> = new Set(namedRules.map(({ name }) => name));

/** Checks that every rule that the topology names exists. */
export function checkRuleNames(settings: RuleSettings, faults: FaultCollector): void {
  const named = Object.keys(settings.checks ?? {}).map((rule) => ({ rule, path: ["checks", rule] }));
  for (const { rule, path } of [...named, ...acknowledgementsOf(settings)]) {
    if (ruleNames.has(rule)) continue;
    const fix = didYouMean(rule, ruleNames) ?? `the rules are ${[...ruleNames].join(", ")}`;
    faults.add(path, `got ${quote(rule)}, which is no rule`, fix);
  }
}

/**
 * Checks a resolved topology against every rule that is not off.
 * @param settings only names of rules that exist
 * @param faults gets what rules at level "error" find
 * @returns what the others find, acknowledged or not, in the order of the file
 */
export function checkRules(
  topology: Topology,
  settings: RuleSettings,
  faults: FaultCollector,
): readonly Warning[] {
  const acknowledgements = new Acknowledgements(settings);
  const levels = new Map(Object.entries(settings.checks ?? {}));
  const levelOf = ({ name, level }: NamedRule): RuleLevel => levels.get(name) ?? level;
  const warnings: Warning[] = [];
  const tell = (rule: string, level: RuleLevel, { path, problem, fix, clusters }: Finding): void => {
    const meant = acknowledgements.find(rule, clusters);
    const fault = { path, problem, fix, rule, position: faults.locate(path) };
    if (level === "warning") warnings.push({ ...fault, acknowledged: meant !== undefined });
    else faults.addFault(meant ? { ...fault, fix: `${fix}; ${errorStays(rule, meant)}` } : fault);
  };
  for (const rule of rules) {
    const level = levelOf(rule);
    if (level === "off") continue;
    const report = (finding: Finding): void => {
      tell(rule.name, level, finding);
    };
    rule.check(topology, report, settings);
  }
  const level = levelOf(unusedAcknowledgement);
  if (level === "off") return inFileOrder(warnings);
  for (const { rule, path, cluster } of acknowledgements.unused()) {
    const place = cluster === undefined ? "" : ` about ${formatPath(["clusters", cluster])}`;
    tell(unusedAcknowledgement.name, level, {
      path,
      problem: `got ${quote(rule)}, which has nothing to tell${place}`,
      fix: "take it out",
      clusters: cluster === undefined ? [] : [cluster],
    });
  }
  return inFileOrder(warnings);
}

/** Why a fault is told although its rule is acknowledged. */
function errorStays(rule: string, acknowledged: FaultPath): string {
  const level = formatPath(["checks", rule]);
  return `to acknowledge it (${formatPath(acknowledged)}) make it a warning first: ${level}: warning`;
}
