import type { Diagnostic } from "./diagnostic";
import type { Logger } from "../logger";
import type { Schema } from "./schema";
import type { ObjectValue } from "./value";

/** What an operation is given beside its values. */
export interface Context<Client> {
  /** What {@link Provider.configure} returned. */
  readonly client: Client;
  readonly logger: Logger;
  /**
   * Aborted when Terraform asks the provider to stop (Ctrl-C): waiting ends, a changing call under way does not.
   */
  readonly stopping: AbortSignal;
}

/** What became of a resource. */
export interface ResourceResult {
  /**
   * The resource as it now is; `null`: it is not there. With an error beside it Terraform keeps the state and,
   * after a create, marks the resource tainted.
   */
  readonly state: ObjectValue | null;
  /** @default - none */
  readonly diagnostics?: readonly Diagnostic[];
}

/** What is to be planned, after defaults, computed values and equivalences have been settled from the schema. */
export interface PlanRequest {
  /** `null`: create. */
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue;
  readonly config: ObjectValue;
}

/** A plan as the resource wants it. */
export interface PlanResult {
  readonly planned: ObjectValue;
  /** Attributes beside those marked `requiresReplace` whose change needs a new resource. @default - none */
  readonly requiresReplace?: readonly string[];
  /** @default - none */
  readonly diagnostics?: readonly Diagnostic[];
}

/** A managed resource type. Operations return diagnostics; they throw only for bugs. */
export interface Resource<Client> {
  readonly schema: Schema;
  /** Checks across attributes; single ones are checked by the schema. Values may be unknown. @default - none */
  validate?(config: ObjectValue): readonly Diagnostic[];
  /**
   * Last word on a plan (never called for a destroy). It may look at what is there, but changes nothing.
   *
   * @param context missing where the provider is not configured
   * @default - the plan as the schema makes it
   */
  plan?(request: PlanRequest, context?: Context<Client>): PlanResult | Promise<PlanResult>;
  /** Told of every resource that Terraform has in its state, before it is read or planned. @default - nobody */
  noteState?(state: ObjectValue, context: Context<Client>): void;
  create(
    request: { planned: ObjectValue; config: ObjectValue },
    context: Context<Client>,
  ): Promise<ResourceResult>;
  read(request: { state: ObjectValue }, context: Context<Client>): Promise<ResourceResult>;
  update(
    request: { prior: ObjectValue; planned: ObjectValue; config: ObjectValue },
    context: Context<Client>,
  ): Promise<ResourceResult>;
  /** An answer without an error means that it is gone. */
  delete(request: { state: ObjectValue }, context: Context<Client>): Promise<readonly Diagnostic[]>;
  /** The least of state from which `read` finds the rest. @default - cannot be imported */
  importState?(id: string): ResourceResult;
}

/** What a data source found. */
export interface DataSourceResult {
  /** The configuration with what was found; not looked at beside an error. */
  readonly state: ObjectValue | null;
  /** @default - none */
  readonly diagnostics?: readonly Diagnostic[];
}

/** A data source type: reads what is there and changes nothing. Operations throw only for bugs. */
export interface DataSource<Client> {
  readonly schema: Schema;
  /** Checks across attributes; single ones are checked by the schema. Values may be unknown. @default - none */
  validate?(config: ObjectValue): readonly Diagnostic[];
  /** @param request `config` is wholly known: until it is Terraform does not ask. */
  read(request: { config: ObjectValue }, context: Context<Client>): Promise<DataSourceResult>;
}

/** The result of configuring a provider. */
export type ConfigureResult<Client> =
  | { readonly client: Client; readonly diagnostics?: readonly Diagnostic[] }
  | { readonly client?: undefined; readonly diagnostics: readonly Diagnostic[] };

/** A Terraform provider, without a word of the protocol that carries it. */
export interface Provider<Client> {
  /** As in `terraform-provider-NAME`. */
  readonly name: string;
  readonly version: string;
  readonly schema: Schema;
  /** Resource types by name, with the provider's prefix. */
  readonly resources: Readonly<Record<string, Resource<Client>>>;
  /** Data source types by name, with the provider's prefix. @default - none */
  readonly dataSources?: Readonly<Record<string, DataSource<Client>>>;
  /** Checks across provider arguments. Values may be unknown. @default - none */
  validate?(config: ObjectValue): readonly Diagnostic[];
  configure(config: ObjectValue, logger: Logger): Promise<ConfigureResult<Client>>;
  /** Ends what is still to be done when Terraform is done with the provider; it has a second. @default - nothing */
  close?(client: Client): Promise<void>;
}
