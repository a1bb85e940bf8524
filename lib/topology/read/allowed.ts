import { z } from "zod";

/** What is allowed where a value is missing or of another kind: the second half of a fault. */
export function allowedFor(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodObject) {
    return `must be a mapping (its keys: ${Object.keys(schema.shape).join(", ")})`;
  }
  const { error } = z.safeParse(schema, undefined);
  return error?.issues[0]?.message ?? "";
}
