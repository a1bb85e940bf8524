import type { Attribute } from "../plugin/schema";
import type { Value } from "../plugin/value";
import { showValue } from "../plugin/object-values";

/** An attribute that the provider leaves as the template or VM has it where the configuration is silent. */
export function inherited(attribute: Omit<Attribute, "optional" | "computed">): Attribute {
  return { ...attribute, optional: true, computed: true };
}

/** Compares two texts by what a function makes of them. */
export function sameText(meaning: (text: string) => unknown): (prior: Value, configured: Value) => boolean {
  return (prior, configured) =>
    JSON.stringify(meaning(showValue(prior))) === JSON.stringify(meaning(showValue(configured)));
}
