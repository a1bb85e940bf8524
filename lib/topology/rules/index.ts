/** The rules: checks of a resolved topology whose level can be set. */
export { checkRuleNames, checkRules, namedRules } from "./check-rules";
export type { NamedRule } from "./rule";
