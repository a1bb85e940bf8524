import { z } from "zod";
import { LONGEST_LABEL } from "../schema/values";

/** What to say of a name that its schema refuses, and of the nearest one that it does not. */
export function nearestName(
  schema: z.core.$ZodType,
  name: string,
  error: z.core.$ZodError,
): [problem: string, fix: string] {
  const noun = z.globalRegistry.get(schema)?.title ?? "name";
  const nearest = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, LONGEST_LABEL - 5)
    .replace(/-$/, "");
  const such = z.safeParse(schema, nearest).success ? `, such as ${nearest}` : "";
  return [`got a name that is no ${noun}`, `${error.issues[0]?.message ?? ""}${such}`];
}
