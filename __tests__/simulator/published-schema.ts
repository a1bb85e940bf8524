import { readFileSync } from "node:fs";
import type { Endpoint } from "../../simulator/api/endpoint";
import { PATH_PARAMETERS } from "../../simulator/api/endpoint";
import type { ParameterSchema, ParameterTable, PropertySchema } from "../../simulator/schema/types";

/** What a parameter is, in the words of the API's published schema. */
export type Description = Readonly<Record<string, unknown>>;

/** What a call is, in the words of the API's published schema. */
export interface CallDescription {
  readonly parameters: Readonly<Record<string, Description>>;
  readonly additionalProperties: boolean;
  readonly permissions: unknown;
  readonly protected: boolean;
  readonly proxyto: unknown;
}

interface PublishedCall {
  readonly parameters: {
    readonly additionalProperties?: unknown;
    readonly properties?: Readonly<Record<string, Description>>;
  };
  readonly permissions: unknown;
  readonly protected?: number;
  readonly proxyto?: string;
}

/** What of a parameter's description decides which values are accepted. */
const COMPARED = [
  ...["type", "optional", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum", "requires"],
  ...["format", "default_key", "alias", "keyAlias"],
];

/**
 * Reads the published schema.
 *
 * @param path of a JSON file with `endpoints`: `GET /version` to its description
 */
export function readPublishedCalls(path: string): Map<string, CallDescription> {
  const { endpoints } = JSON.parse(readFileSync(path, "utf8")) as {
    endpoints: Record<string, PublishedCall>;
  };
  return new Map(
    Object.entries(endpoints).map(([name, call]) => [
      name,
      {
        parameters: mapValues(call.parameters.properties ?? {}, normalised),
        additionalProperties: Boolean(call.parameters.additionalProperties),
        permissions: call.permissions,
        protected: call.protected === 1,
        proxyto: call.proxyto,
      },
    ]),
  );
}

/** Describes a call of the simulator in the same words. */
export function describeCall(endpoint: Endpoint): CallDescription {
  const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const table: ParameterTable = {
    ...Object.fromEntries(inPath.map((name) => [name, pathParameter(name)])),
    ...endpoint.parameters,
  };
  return {
    parameters: mapValues(foldNumbered(table), describeParameter),
    additionalProperties: endpoint.additionalProperties ?? false,
    permissions: endpoint.permissions,
    protected: endpoint.protected ?? false,
    proxyto: endpoint.proxyto,
  };
}

function pathParameter(name: string): ParameterSchema {
  const schema = PATH_PARAMETERS[name];
  if (schema === undefined) throw new Error(`${name} stands in a path and has no schema`);
  return schema;
}

/** The schema has one `net[n]` for all of `net0`, `net1`, …; those must therefore be the same. */
function foldNumbered(table: ParameterTable): Record<string, ParameterSchema> {
  const folded: Record<string, ParameterSchema> = {};
  for (const [name, schema] of Object.entries(table)) {
    const base = /^(.*?)\d+$/.exec(name)?.[1] ?? "";
    const first = table[`${base}0`];
    const isOfMany = first !== undefined && table[`${base}1`] !== undefined;
    if (isOfMany && JSON.stringify(describeParameter(first)) !== JSON.stringify(describeParameter(schema))) {
      throw new Error(`${name} differs from ${base}0`);
    }
    folded[isOfMany ? `${base}[n]` : name] = schema;
  }
  return folded;
}

function describeParameter(schema: ParameterSchema): Description {
  const { format, pattern, optional, ...rest } = schema;
  return normalised({
    ...rest,
    optional: optional === true ? 1 : undefined,
    pattern: pattern?.source,
    format: format?.name ?? (format?.properties && describeProperties(format.properties)),
  });
}

function describeProperties({ keys, aliases = {}, defaultKey }: PropertySchema): Description {
  const described = Object.entries(keys).map(([name, schema]) => [
    name,
    { ...describeParameter(schema), ...(name === defaultKey && { default_key: 1 }) },
  ]);
  return { ...(Object.fromEntries(described) as Description), ...aliases };
}

/** Leaves out what does not decide, and writes one thing in one way. */
function normalised(description: Description): Description {
  const entries = Object.entries(description)
    .filter(([name, value]) => COMPARED.includes(name) && value !== undefined)
    .map(([name, value]) => [name, normalisedValue(name, value)] as const);
  return Object.fromEntries(entries);
}

function normalisedValue(name: string, value: unknown): unknown {
  if (name === "pattern") return normalisedPattern(String(value));
  if (name === "minimum" || name === "maximum") return Number(value);
  if (name === "format" && typeof value === "object" && value !== null) {
    return mapValues(value as Record<string, Description>, normalised);
  }
  return value;
}

/** Perl writes `(?^:…)`, `{,n}` and a bare slash where JavaScript has `(?:…)`, `{0,n}` and `\/`. */
function normalisedPattern(pattern: string): string {
  return pattern.replaceAll("(?^:", "(?:").replaceAll("{,", "{0,").replaceAll("\\/", "/");
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
