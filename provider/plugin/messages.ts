import type { INamespace } from "protobufjs/light";

/*
 * The messages of Terraform's plugin protocol 6 that this provider sends or reads, with the field numbers of
 * hashicorp/terraform:docs/plugin-protocol/tfplugin6.8.proto, and those of hashicorp/go-plugin:internal/plugin/*.proto.
 * Fields that are left out (private data, deferral, functions, …) are skipped on reading.
 */

type Field = readonly [type: string, number: number, modifier?: "repeated" | "map"];
type Message = Readonly<Record<string, Field>>;

const DIAGNOSTICS = "Diagnostic";
const VALUE = "DynamicValue";

/** The calls, each with the fields of its request and response. */
const RPC_MESSAGES: Readonly<Record<string, { Request: Message; Response: Message }>> = {
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
    Request: { type_name: ["string", 1], version: ["int64", 2], raw_state: ["RawState", 3] },
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

/** Messages that the others are made of. */
const SHARED_MESSAGES: Readonly<Record<string, Message>> = {
  DynamicValue: { msgpack: ["bytes", 1], json: ["bytes", 2] },
  RawState: { json: ["bytes", 1] },
  // Severity: 1 error, 2 warning.
  Diagnostic: {
    severity: ["int32", 1],
    summary: ["string", 2],
    detail: ["string", 3],
    attribute: ["AttributePath", 4],
  },
  AttributePath: { steps: ["PathStep", 1, "repeated"] },
  PathStep: {
    attribute_name: ["string", 1],
    element_key_string: ["string", 2],
    element_key_int: ["int64", 3],
  },
  Schema: { version: ["int64", 1], block: ["SchemaBlock", 2] },
  // Description kind: 0 plain, 1 Markdown.
  SchemaBlock: {
    version: ["int64", 1],
    attributes: ["SchemaAttribute", 2, "repeated"],
    block_types: ["SchemaNestedBlock", 3, "repeated"],
    description: ["string", 4],
    description_kind: ["int32", 5],
  },
  SchemaAttribute: {
    name: ["string", 1],
    type: ["bytes", 2],
    description: ["string", 3],
    required: ["bool", 4],
    optional: ["bool", 5],
    computed: ["bool", 6],
    sensitive: ["bool", 7],
    description_kind: ["int32", 8],
    nested_type: ["SchemaObject", 10],
  },
  // Nesting: 2 list.
  SchemaObject: { attributes: ["SchemaAttribute", 1, "repeated"], nesting: ["int32", 3] },
  // Nesting: 1 single, 2 list, 3 set.
  SchemaNestedBlock: {
    type_name: ["string", 1],
    block: ["SchemaBlock", 2],
    nesting: ["int32", 3],
    min_items: ["int64", 4],
    max_items: ["int64", 5],
  },
  ServerCapabilities: { plan_destroy: ["bool", 1], get_provider_schema_optional: ["bool", 2] },
  ImportedResource: { type_name: ["string", 1], state: [VALUE, 2] },
};

function messageJson(fields: Message) {
  return {
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, [type, id, modifier]]) => [
        name,
        modifier === "map"
          ? { keyType: "string", type, id }
          : { type, id, ...(modifier ? { rule: modifier } : {}) },
      ]),
    ),
  };
}

// The selectors of a path step exclude one another; as a `oneof` an index 0 is sent, which plain proto3 leaves out.
const PATH_STEP_SELECTOR = { oneof: ["attribute_name", "element_key_string", "element_key_int"] };

/** A call; protobufjs asks for a comment on each. */
function rpc(requestType: string, responseType: string) {
  return { requestType, responseType, comment: "" };
}

/** Protobuf definitions of the services a provider has to serve, in protobufjs's JSON form. */
export const PROTOCOL_DEFINITIONS: INamespace = {
  nested: {
    tfplugin6: {
      nested: {
        ...Object.fromEntries(
          Object.entries(SHARED_MESSAGES).map(([name, fields]) => [
            name,
            {
              ...messageJson(fields),
              ...(name === "PathStep" ? { oneofs: { selector: PATH_STEP_SELECTOR } } : {}),
            },
          ]),
        ),
        ...Object.fromEntries(
          Object.entries(RPC_MESSAGES).map(([name, { Request, Response }]) => [
            name,
            { nested: { Request: messageJson(Request), Response: messageJson(Response) } },
          ]),
        ),
        Provider: {
          methods: Object.fromEntries(
            Object.keys(RPC_MESSAGES).map((name) => [name, rpc(`${name}.Request`, `${name}.Response`)]),
          ),
        },
      },
    },
    plugin: {
      nested: {
        Empty: { fields: {} },
        StdioData: { fields: { channel: { type: "int32", id: 1 }, data: { type: "bytes", id: 2 } } },
        GRPCController: { methods: { Shutdown: rpc("Empty", "Empty") } },
        GRPCStdio: {
          methods: {
            StreamStdio: { ...rpc("Empty", "StdioData"), responseStream: true },
          },
        },
      },
    },
    grpc: {
      nested: {
        health: {
          nested: {
            v1: {
              nested: {
                HealthCheckRequest: { fields: { service: { type: "string", id: 1 } } },
                // Status: 1 serving.
                HealthCheckResponse: { fields: { status: { type: "int32", id: 1 } } },
                Health: {
                  methods: {
                    Check: rpc("HealthCheckRequest", "HealthCheckResponse"),
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};
