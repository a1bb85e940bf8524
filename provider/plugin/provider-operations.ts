import type { Diagnostic } from "./diagnostic";
import { warningDiagnostic } from "./diagnostic";
import { bugDiagnostic, diagnosticMessages } from "./diagnostic-message";
import { planBlock } from "./plan";
import type { ConfigRequest, Response } from "./rpc-types";
import type { Schema } from "./schema";
import { schemaMessage } from "./schema-message";
import type { Session } from "./session";
import { readObject } from "./session";
import { validateBlock } from "./validation";

function schemaMessages(types: Readonly<Record<string, { readonly schema: Schema }>>): object {
  return Object.fromEntries(Object.entries(types).map(([type, { schema }]) => [type, schemaMessage(schema)]));
}

/** The provider's own calls, by their names in the protocol. */
export function providerOperations(session: Session) {
  const { provider, logger } = session;
  const { block } = provider.schema;

  return {
    GetProviderSchema: (): Response & Record<string, unknown> => ({
      provider: schemaMessage(provider.schema),
      resource_schemas: schemaMessages(provider.resources),
      data_source_schemas: schemaMessages(provider.dataSources ?? {}),
      // Terraform may keep the schema instead of asking each new process for it.
      server_capabilities: { plan_destroy: false, get_provider_schema_optional: true },
    }),

    ValidateProviderConfig: (request: ConfigRequest): Response => {
      const config = readObject(request.config, block);
      const diagnostics = [...validateBlock(block, config), ...(provider.validate?.(config) ?? [])];
      return { diagnostics: diagnosticMessages(diagnostics) };
    },

    ConfigureProvider: async (request: ConfigRequest): Promise<Response> => {
      const config = planBlock(block, null, readObject(request.config, block));
      const diagnostics: Diagnostic[] = session.remarks.map((remark) =>
        warningDiagnostic("Provider log settings", remark),
      );
      const result = await provider.configure(config, logger);
      diagnostics.push(...(result.diagnostics ?? []));
      if (result.client !== undefined) session.configure(result.client);
      else if (!diagnostics.some((diagnostic) => diagnostic.severity === "error")) {
        diagnostics.push(
          bugDiagnostic("The provider's configuration ended with neither a client nor an error."),
        );
      }
      return { diagnostics: diagnosticMessages(diagnostics) };
    },

    StopProvider: (): { Error: string } => {
      logger.info("stopping: operations under way end their waiting");
      session.stop();
      return { Error: "" };
    },
  };
}
