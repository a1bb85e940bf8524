import { diagnosticMessages } from "./diagnostic-message";
import { hasErrors } from "./diagnostic";
import { planBlock } from "./plan";
import type * as rpc from "./rpc-types";
import type { Session } from "./session";
import { readObject, writeValue } from "./session";
import { settled } from "./unknown";
import { validateBlock } from "./validation";

/** The calls for data sources, by their names in the protocol. */
export function dataSourceOperations(session: Session) {
  return {
    ValidateDataResourceConfig: (request: rpc.TypedConfigRequest): rpc.Response => {
      const dataSource = session.dataSource(request.type_name);
      const { block } = dataSource.schema;
      const config = readObject(request.config, block);
      const faults = [...validateBlock(block, config), ...(dataSource.validate?.(config) ?? [])];
      return { diagnostics: diagnosticMessages(faults) };
    },

    ReadDataSource: async (request: rpc.TypedConfigRequest): Promise<rpc.ReadDataResponse> => {
      const dataSource = session.dataSource(request.type_name);
      const { block } = dataSource.schema;
      const config = settled(planBlock(block, null, readObject(request.config, block)));
      const { state, diagnostics = [] } = await dataSource.read({ config }, session.context());
      return {
        ...(hasErrors(diagnostics) ? {} : { state: writeValue(state, block) }),
        diagnostics: diagnosticMessages(diagnostics),
      };
    },
  };
}
