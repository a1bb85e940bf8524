import { dataSourceOperations } from "./data-source-operations";
import { diagnosticMessages, thrownDiagnostic } from "./diagnostic-message";
import { runCall } from "./in-flight";
import { providerOperations } from "./provider-operations";
import { resourceOperations } from "./resource-operations";
import type { DynamicValue, Response } from "./rpc-types";
import type { Session } from "./session";
import { Refusal } from "./session";

/** The parts of requests that answering a failure needs. */
interface AnyRequest {
  readonly type_name?: string;
  readonly prior_state?: DynamicValue | null;
  readonly current_state?: DynamicValue | null;
}

/** StopProvider's answer alone has no diagnostics. */
type Answer = Response | { readonly Error: string };

type Operation = (request: never) => Answer | Promise<Answer>;

/** State goes back as it came: without it Terraform would take the resource for gone. */
function unchangedState(request: AnyRequest): object {
  const state = request.current_state ?? request.prior_state;
  return state ? { new_state: state } : {};
}

async function answer(
  session: Session,
  name: string,
  operation: Operation,
  request: AnyRequest,
): Promise<Answer> {
  const started = performance.now();
  try {
    const response = await runCall(
      name === "ApplyResourceChange" ? "changing" : "reading",
      () => operation(request as never),
      (stray, done) => {
        const faults = "diagnostics" in done ? (done.diagnostics ?? []) : [];
        return { ...done, diagnostics: [...faults, ...diagnosticMessages([thrownDiagnostic(name, stray)])] };
      },
    );
    session.logger.debug(name, {
      resource: request.type_name,
      milliseconds: Math.round(performance.now() - started),
    });
    return response;
  } catch (error) {
    if (error instanceof Refusal) {
      return { ...unchangedState(request), diagnostics: diagnosticMessages(error.diagnostics) };
    }
    session.logger.error(`${name} failed unexpectedly`, {
      resource: request.type_name,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return {
      ...unchangedState(request),
      diagnostics: diagnosticMessages([thrownDiagnostic(name, error)]),
    };
  }
}

/** Calls by their names in the protocol, from request to response. */
export type RpcHandlers = Readonly<Record<string, (request: object) => Promise<object>>>;

/**
 * The provider's operations as handlers of calls. They always answer: a gRPC error would lose the resource it is about,
 * a diagnostic does not.
 */
export function rpcHandlers(session: Session): RpcHandlers {
  const operations: Record<string, Operation> = {
    ...providerOperations(session),
    ...resourceOperations(session),
    ...dataSourceOperations(session),
  };
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (request: AnyRequest) => answer(session, name, operation, request),
    ]),
  );
}
