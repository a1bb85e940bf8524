import { parameterError } from "../schema/api-error";
import { checkTable } from "../schema/check";
import type { ParameterTable, RawParameters, RawValue } from "../schema/types";
import { type Endpoint, PATH_PARAMETERS } from "./endpoint";

/** Parameters that have passed the schema. */
interface CheckedParameters {
  readonly values: Readonly<Record<string, string>>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly nulls: readonly string[];
}

/**
 * Refuses parameters that the path gives differently; happens before anybody asks who may make the call.
 *
 * @throws ApiError 400
 */
export function assertNoConflicts(
  pathParameters: Readonly<Record<string, string>>,
  sent: RawParameters,
): void {
  const conflicts = Object.keys(pathParameters).filter(
    (name) => sent[name] !== undefined && sent[name] !== pathParameters[name],
  );
  if (conflicts.length === 0) return;
  const text = "duplicate parameter (already defined in URI) with conflicting values!";
  throw parameterError(Object.fromEntries(conflicts.map((name) => [name, text])));
}

/**
 * Checks the parameters of a call against its schema.
 *
 * @param pathParameters what the path held
 * @param sent what query and body held
 * @throws ApiError 400 with all faults
 */
export function checkParameters(
  endpoint: Endpoint,
  pathParameters: Readonly<Record<string, string>>,
  sent: RawParameters,
): CheckedParameters {
  const table = tableOf(endpoint, pathParameters);
  const all: Record<string, RawValue> = { ...sent, ...pathParameters };
  for (const [name, value] of Object.entries(all)) {
    if (Array.isArray(value) && table[name]?.format?.isList === true) all[name] = value.join(",");
    if (typeof value === "string" && table[name]?.type === "array") all[name] = [value];
  }
  const known = Object.entries(all).filter(([name]) => Object.hasOwn(table, name));
  const errors = checkTable(
    endpoint.additionalProperties === true ? Object.fromEntries(known) : all,
    table,
    "",
  );
  if (Object.keys(errors).length > 0) throw parameterError(errors);
  const values = Object.entries(all).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const lists = Object.entries(all).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]));
  return {
    values: Object.fromEntries(values),
    lists: Object.fromEntries(lists),
    nulls: Object.keys(all).filter((name) => all[name] === null),
  };
}

/** By endpoint: a configuration has some 150 parameters, and a poll comes every few milliseconds. */
const tables = new WeakMap<Endpoint, ParameterTable>();

/** The parameters of an endpoint, with those in its path. */
function tableOf(endpoint: Endpoint, pathParameters: Readonly<Record<string, string>>): ParameterTable {
  const known = tables.get(endpoint);
  if (known !== undefined) return known;
  const inPath = Object.keys(pathParameters).filter((name) => Object.hasOwn(PATH_PARAMETERS, name));
  const table: ParameterTable = {
    ...Object.fromEntries(inPath.map((name) => [name, PATH_PARAMETERS[name] ?? { type: "string" as const }])),
    ...endpoint.parameters,
  };
  tables.set(endpoint, table);
  return table;
}
