/* The protocol's messages as gRPC hands them over, in its own spelling. */

/** A value: msgpack, which Terraform sends and wants. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
}

export interface PathStepMessage {
  readonly attribute_name?: string;
  readonly element_key_int?: number;
}

export interface AttributePathMessage {
  readonly steps: readonly PathStepMessage[];
}

export interface DiagnosticMessage {
  /** 1 error, 2 warning. */
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: AttributePathMessage;
}

/** What every response but that of StopProvider may carry. */
export interface Response {
  readonly diagnostics?: readonly DiagnosticMessage[];
}

export interface ConfigRequest {
  readonly config: DynamicValue | null;
}

/** Of a resource or a data source. */
export interface TypedConfigRequest extends ConfigRequest {
  readonly type_name: string;
}

export interface UpgradeStateRequest {
  readonly type_name: string;
  readonly version: number;
  readonly raw_state: { readonly json: Uint8Array } | null;
}

export interface UpgradeStateResponse extends Response {
  readonly upgraded_state?: DynamicValue;
}

export interface ReadRequest {
  readonly type_name: string;
  readonly current_state: DynamicValue | null;
}

export interface PlanRequestMessage {
  readonly type_name: string;
  readonly prior_state: DynamicValue | null;
  readonly proposed_new_state: DynamicValue | null;
  readonly config: DynamicValue | null;
}

export interface PlanResponse extends Response {
  readonly planned_state?: DynamicValue;
  readonly requires_replace?: readonly AttributePathMessage[];
}

export interface ApplyRequest {
  readonly type_name: string;
  readonly prior_state: DynamicValue | null;
  readonly planned_state: DynamicValue | null;
  readonly config: DynamicValue | null;
}

/** Also the response of ReadResource. */
export interface NewStateResponse extends Response {
  readonly new_state?: DynamicValue | null;
}

export interface ReadDataResponse extends Response {
  readonly state?: DynamicValue;
}

export interface ImportRequest {
  readonly type_name: string;
  readonly id: string;
}

export interface ImportResponse extends Response {
  readonly imported_resources?: readonly { readonly type_name: string; readonly state: DynamicValue }[];
}
