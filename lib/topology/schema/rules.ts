/** What a topology says of the rules that check it. Which rules there are, the rules themselves say. */
import { z } from "zod";
import { listOf, mappingOf, nameText } from "./values";

/** Names of rules. */
export const ruleNames = listOf(
  z.string("must be the name of a rule"),
  0,
  "must be a list of names of rules",
);

/** Levels of rules by their names. */
export const ruleLevels = mappingOf(
  nameText(
    "name of a rule",
    /^[a-z][a-z0-9-]*$/,
    63,
    "use the name of a rule: lower-case letters, digits and hyphens",
  ),
  z.enum(["error", "warning", "off"], 'must be "error", "warning" or "off"'),
  "a mapping from names of rules to levels",
);
