/*
 * The messages of Terraform's plugin protocol 6 that this provider sends or reads, with the field numbers of
 * hashicorp/terraform:docs/plugin-protocol/tfplugin6.8.proto, and those of hashicorp/go-plugin:internal/plugin/*.proto.
 * Fields that are left out (private data, deferral, functions, …) are skipped on reading.
 */

/** A plain value. An integer may take 64 bits, and is a safe one of JavaScript. */
export type PlainType = "string" | "bytes" | "int" | "bool";

/** What a field holds: a plain value, or a message by its name. */
export type FieldType = PlainType | keyof typeof SHARED_MESSAGES;

/**
 * A field: its type, its number, and what it is besides one value.
 *
 * `map` is one from texts. `present` is sent with the value 0 too, which plain proto3 leaves out: as one of several fields
 * that exclude one another.
 */
export type Field = readonly [type: FieldType, number: number, modifier?: "repeated" | "map" | "present"];

/** Fields by their names. */
export type Message = Readonly<Record<string, Field>>;

/** A call: the fields of what is asked, in which no list or map is read, at no depth, and of what is answered. */
export interface Rpc {
  readonly Request: Readonly<Record<string, readonly [type: FieldType, number: number]>>;
  readonly Response: Message;
}

const DIAGNOSTICS = "Diagnostic";
const VALUE = "DynamicValue";

/** The calls of the provider. */
const PROVIDER_RPCS: Readonly<Record<string, Rpc>> = {
  GetProviderSchema: {
    Request: {},
    Response: {
      provider: ["Schema", 1],
      resource_schemas: ["Schema", 2, "map"],
      data_source_schemas: ["Schema", 3, "map"],
      diagnostics: [DIAGNOSTICS, 4, "repeated"],
      server_capabilities: ["ServerCapabilities", 6],
    },
  },
  ValidateProviderConfig: {
    Request: { config: [VALUE, 1] },
    Response: { diagnostics: [DIAGNOSTICS, 2, "repeated"] },
  },
  ValidateResourceConfig: {
    Request: { type_name: ["string", 1], config: [VALUE, 2] },
    Response: { diagnostics: [DIAGNOSTICS, 1, "repeated"] },
  },
  ValidateDataResourceConfig: {
    Request: { type_name: ["string", 1], config: [VALUE, 2] },
    Response: { diagnostics: [DIAGNOSTICS, 1, "repeated"] },
  },
  UpgradeResourceState: {
    Request: { type_name: ["string", 1], version: ["int", 2], raw_state: ["RawState", 3] },
    Response: { upgraded_state: [VALUE, 1], diagnostics: [DIAGNOSTICS, 2, "repeated"] },
  },
  ConfigureProvider: {
    Request: { terraform_version: ["string", 1], config: [VALUE, 2] },
    Response: { diagnostics: [DIAGNOSTICS, 1, "repeated"] },
  },
  ReadResource: {
    Request: { type_name: ["string", 1], current_state: [VALUE, 2] },
    Response: { new_state: [VALUE, 1], diagnostics: [DIAGNOSTICS, 2, "repeated"] },
  },
  PlanResourceChange: {
    Request: {
      type_name: ["string", 1],
      prior_state: [VALUE, 2],
      proposed_new_state: [VALUE, 3],
      config: [VALUE, 4],
    },
    Response: {
      planned_state: [VALUE, 1],
      requires_replace: ["AttributePath", 2, "repeated"],
      diagnostics: [DIAGNOSTICS, 4, "repeated"],
    },
  },
  ApplyResourceChange: {
    Request: {
      type_name: ["string", 1],
      prior_state: [VALUE, 2],
      planned_state: [VALUE, 3],
      config: [VALUE, 4],
    },
    Response: { new_state: [VALUE, 1], diagnostics: [DIAGNOSTICS, 3, "repeated"] },
  },
  ImportResourceState: {
    Request: { type_name: ["string", 1], id: ["string", 2] },
    Response: {
      imported_resources: ["ImportedResource", 1, "repeated"],
      diagnostics: [DIAGNOSTICS, 2, "repeated"],
    },
  },
  ReadDataSource: {
    Request: { type_name: ["string", 1], config: [VALUE, 2] },
    Response: { state: [VALUE, 1], diagnostics: [DIAGNOSTICS, 2, "repeated"] },
  },
  StopProvider: { Request: {}, Response: { Error: ["string", 1] } },
};

/** Messages that the others are made of, by their names. */
export const SHARED_MESSAGES = {
  DynamicValue: { msgpack: ["bytes", 1] },
  RawState: { json: ["bytes", 1] },
  // Severity: 1 error, 2 warning.
  Diagnostic: {
    severity: ["int", 1],
    summary: ["string", 2],
    detail: ["string", 3],
    attribute: ["AttributePath", 4],
  },
  AttributePath: { steps: ["PathStep", 1, "repeated"] },
  PathStep: {
    attribute_name: ["string", 1, "present"],
    element_key_int: ["int", 3, "present"],
  },
  Schema: { version: ["int", 1], block: ["SchemaBlock", 2] },
  // Description kind: 0 plain, 1 Markdown.
  SchemaBlock: {
    version: ["int", 1],
    attributes: ["SchemaAttribute", 2, "repeated"],
    block_types: ["SchemaNestedBlock", 3, "repeated"],
    description: ["string", 4],
    description_kind: ["int", 5],
  },
  SchemaAttribute: {
    name: ["string", 1],
    type: ["bytes", 2],
    description: ["string", 3],
    required: ["bool", 4],
    optional: ["bool", 5],
    computed: ["bool", 6],
    sensitive: ["bool", 7],
    description_kind: ["int", 8],
    nested_type: ["SchemaObject", 10],
  },
  // Nesting: 2 list.
  SchemaObject: { attributes: ["SchemaAttribute", 1, "repeated"], nesting: ["int", 3] },
  // Nesting: 1 single, 2 list, 3 set.
  SchemaNestedBlock: {
    type_name: ["string", 1],
    block: ["SchemaBlock", 2],
    nesting: ["int", 3],
    min_items: ["int", 4],
    max_items: ["int", 5],
  },
  ServerCapabilities: { plan_destroy: ["bool", 1], get_provider_schema_optional: ["bool", 2] },
  ImportedResource: { type_name: ["string", 1], state: [VALUE, 2] },
} as const;

/** Calls by their names, by the full names of the services that a provider has to serve. */
export const SERVICES: Readonly<Record<string, Readonly<Record<string, Rpc>>>> = {
  "tfplugin6.Provider": PROVIDER_RPCS,
  "plugin.GRPCController": { Shutdown: { Request: {}, Response: {} } },
  // A stream of what the provider prints.
  "plugin.GRPCStdio": { StreamStdio: { Request: {}, Response: { channel: ["int", 1], data: ["bytes", 2] } } },
  // Status: 1 serving.
  "grpc.health.v1.Health": {
    Check: { Request: { service: ["string", 1] }, Response: { status: ["int", 1] } },
  },
};
