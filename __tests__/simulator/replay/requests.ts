import type { Exchange } from "./recordings";
import { SECRET } from "./recorded-world";

/** A call with parameters as the recording client sent them: a form, or the query of a GET or DELETE. */
export function formRequest(
  method: string,
  path: string,
  parameters: Readonly<Record<string, string | number>> | null = {},
  token = "root@pam!full",
): NonNullable<Exchange["request"]> {
  const form = new URLSearchParams(
    Object.entries(parameters ?? {}).map(([name, value]) => [name, String(value)] as [string, string]),
  ).toString();
  const hasBody = method !== "GET" && method !== "DELETE" && form !== "";
  return {
    method,
    path: `/api2/json${path}${!hasBody && form !== "" ? `?${form}` : ""}`,
    headers: {
      Authorization: `PVEAPIToken=${token}=${SECRET}`,
      ...(hasBody && { "Content-Type": "application/x-www-form-urlencoded" }),
    },
    body: hasBody ? form : null,
  };
}
