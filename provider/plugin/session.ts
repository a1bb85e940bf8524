import type { Diagnostic } from "./diagnostic";
import { errorDiagnostic } from "./diagnostic";
import { decodeBlock, encodeBlock } from "./msgpack";
import type { Context, DataSource, Provider, Resource } from "./provider";
import type { Logger } from "../logger";
import type { DynamicValue } from "./rpc-types";
import type { Block } from "./schema";
import type { ObjectValue } from "./value";
import { ValueError } from "./value-error";

/** An operation that ends in diagnostics instead of an answer. */
export class Refusal extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.summary).join("; "));
    this.name = "Refusal";
  }
}

/** What lives from one call of Terraform to the next. */
export class Session {
  #configured: { readonly client: unknown } | undefined;
  #stop = new AbortController();

  constructor(
    readonly provider: Provider<unknown>,
    readonly logger: Logger,
    /** Told to the user with the provider's configuration. */
    readonly remarks: readonly string[] = [],
  ) {}

  /** Takes the client that resources work with; also begins anew after a stop. */
  configure(client: unknown): void {
    this.#configured = { client };
    if (this.#stop.signal.aborted) this.#stop = new AbortController();
  }

  /** Ends waiting in operations under way; they go on to an end of their own. */
  stop(): void {
    this.#stop.abort();
  }

  /** Ends what the provider has still to do. */
  async close(): Promise<void> {
    if (this.#configured) await this.provider.close?.(this.#configured.client);
  }

  /** `undefined` where the provider has not been configured. */
  configuredContext(): Context<unknown> | undefined {
    return this.#configured && this.context();
  }

  /** @throws Refusal where the provider has not been configured. */
  context(): Context<unknown> {
    if (!this.#configured) {
      throw new Refusal([
        errorDiagnostic(
          "Provider not configured",
          `Provider ${this.provider.name} was asked for a resource before it was configured successfully. ` +
            "Correct the errors of its configuration first.",
        ),
      ]);
    }
    return { client: this.#configured.client, logger: this.logger, stopping: this.#stop.signal };
  }

  /** @throws Refusal for a type that the provider does not have. */
  resource(type: string): Resource<unknown> {
    return this.#known("resource", this.provider.resources, type);
  }

  /** @throws Refusal for a type that the provider does not have. */
  dataSource(type: string): DataSource<unknown> {
    return this.#known("data source", this.provider.dataSources ?? {}, type);
  }

  #known<T>(kind: string, types: Readonly<Record<string, T>>, type: string): T {
    const found = types[type];
    if (found) return found;
    const { name, version } = this.provider;
    const known = Object.keys(types).join(", ") || "none";
    throw new Refusal([
      errorDiagnostic(
        `Unknown ${kind} type`,
        `Provider ${name} ${version} has no ${kind} "${type}"; it has: ${known}.`,
      ),
    ]);
  }
}

/** A value from Terraform. @throws Refusal for a number that cannot be held exactly, at its attribute. */
export function readValue(value: DynamicValue | null, block: Block): ObjectValue | null {
  try {
    return value && decodeBlock(value.msgpack, block);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new Refusal([errorDiagnostic("Value not usable", error.message, error.path)]);
  }
}

/** The same for what is always there, such as a configuration. */
export function readObject(value: DynamicValue | null, block: Block): ObjectValue {
  const read = readValue(value, block);
  if (read) return read;
  throw new Error("Terraform sent nothing where the protocol promises an object");
}

/** A value for Terraform. @throws ValueError where it does not fit its schema. */
export function writeValue(value: ObjectValue | null, block: Block): DynamicValue {
  return { msgpack: encodeBlock(value, block) };
}
