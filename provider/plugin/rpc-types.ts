/* The protocol's messages as gRPC hands them over, in its own spelling. */

/** A value: msgpack, which Terraform sends and wants. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
}

/** One step into a value: one of the two. */
export interface PathStepMessage {
  /** @default - a step into a list */
  readonly attribute_name?: string;
  /** From 0. @default - a step into an object */
  readonly element_key_int?: number;
}

/** Where a value is in a block, from the outside in. */
export interface AttributePathMessage {
  readonly steps: readonly PathStepMessage[];
}

/** An error or a warning as Terraform prints it. */
export interface DiagnosticMessage {
  /** 1 error, 2 warning. */
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail: string;
  /** @default - it is about the block as a whole */
  readonly attribute?: AttributePathMessage;
}

/** What every response but that of StopProvider may carry. */
export interface Response {
  /** @default - none */
  readonly diagnostics?: readonly DiagnosticMessage[];
}

/** ValidateProviderConfig and ConfigureProvider. */
export interface ConfigRequest {
  /** Null where Terraform sends no block. */
  readonly config: DynamicValue | null;
}

/** ValidateResourceConfig, ValidateDataResourceConfig and ReadDataSource: of a resource or a data source. */
export interface TypedConfigRequest extends ConfigRequest {
  readonly type_name: string;
}

/** UpgradeResourceState. */
export interface UpgradeStateRequest {
  readonly type_name: string;
  /** That of the schema which wrote the state. */
  readonly version: number;
  readonly raw_state: { readonly json: Uint8Array } | null;
}

/** The response of UpgradeResourceState. */
export interface UpgradeStateResponse extends Response {
  /** @default - there are errors */
  readonly upgraded_state?: DynamicValue;
}

/** ReadResource. */
export interface ReadRequest {
  readonly type_name: string;
  readonly current_state: DynamicValue | null;
}

/** PlanResourceChange; a prior state of msgpack nil is none, a proposed one is a destruction. */
export interface PlanRequestMessage {
  readonly type_name: string;
  readonly prior_state: DynamicValue | null;
  readonly proposed_new_state: DynamicValue | null;
  readonly config: DynamicValue | null;
}

/** The response of PlanResourceChange. */
export interface PlanResponse extends Response {
  /** @default - there are errors */
  readonly planned_state?: DynamicValue;
  /** The attributes whose change takes a new resource. @default - none */
  readonly requires_replace?: readonly AttributePathMessage[];
}

/** ApplyResourceChange. */
export interface ApplyRequest {
  readonly type_name: string;
  readonly prior_state: DynamicValue | null;
  readonly planned_state: DynamicValue | null;
  readonly config: DynamicValue | null;
}

/** The response of ApplyResourceChange and of ReadResource. */
export interface NewStateResponse extends Response {
  /** What is in state from then on; nil for a resource that is gone. @default - there are errors, and was no state */
  readonly new_state?: DynamicValue | null;
}

/** The response of ReadDataSource. */
export interface ReadDataResponse extends Response {
  /** @default - there are errors */
  readonly state?: DynamicValue;
}

/** ImportResourceState. */
export interface ImportRequest {
  readonly type_name: string;
  /** As it was given to `terraform import`. */
  readonly id: string;
}

/** The response of ImportResourceState. */
export interface ImportResponse extends Response {
  /** @default - there are errors */
  readonly imported_resources?: readonly { readonly type_name: string; readonly state: DynamicValue }[];
}
