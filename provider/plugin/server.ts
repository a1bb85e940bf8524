import { setTimeout as delay } from "node:timers/promises";
import type { MutualTls, UnaryHandler } from "./grpc-server";
import { GrpcServer } from "./grpc-server";
import { SERVICES } from "./messages";
import { decodeRequest, encodeMessage } from "./protobuf";
import type { RpcHandlers } from "./rpc-handlers";
import { rpcHandlers } from "./rpc-handlers";
import type { Session } from "./session";

/** Terraform waits two seconds for the process to end before it kills it. */
const CLOSE_LIMIT_MS = 1500;
const SHUTDOWN_LIMIT_MS = 250;

/** A provider being served. */
export interface RunningServer {
  /** Ends all connections at once. */
  close(): void;
}

/**
 * Serves a provider over gRPC on a unix socket.
 *
 * @param tls `undefined` to serve without, whoever reaches the socket.
 * @param onShutdown Called when Terraform is done with the provider, after its call has been answered.
 * @throws Error where the socket cannot be listened on.
 */
export async function startServer(
  session: Session,
  socketPath: string,
  tls: MutualTls | undefined,
  onShutdown: () => void,
): Promise<RunningServer> {
  const shutDown = async (): Promise<void> => {
    await within(
      CLOSE_LIMIT_MS,
      session.close().catch(() => undefined),
    );
    // A connection left open must not hold the process.
    await within(SHUTDOWN_LIMIT_MS, server.drain());
    onShutdown();
  };
  const server = new GrpcServer({
    unary: new Map([
      ...unaryHandlers("tfplugin6.Provider", rpcHandlers(session)),
      ...unaryHandlers("plugin.GRPCController", {
        Shutdown: () => {
          void shutDown();
          return Promise.resolve({});
        },
      }),
      ...unaryHandlers("grpc.health.v1.Health", { Check: () => Promise.resolve({ status: 1 }) }),
    ]),
    // Never written to: output goes through the log. Closing it would count as a crash.
    held: new Set(["/plugin.GRPCStdio/StreamStdio"]),
    ...(tls === undefined ? {} : { tls }),
    onFault: (what, error) => {
      session.logger.error(`${what} failed`, { error: String(error) });
    },
  });
  await server.listen(socketPath);
  return {
    close: () => {
      server.close();
    },
  };
}

/** Handlers of a service by the paths of their calls, from bytes to bytes. */
function unaryHandlers(service: string, handlers: RpcHandlers): [string, UnaryHandler][] {
  return Object.entries(handlers).map(([name, handler]) => {
    const rpc = SERVICES[service]?.[name];
    if (rpc === undefined) throw new Error(`the protocol has no ${service}/${name}`);
    return [
      `/${service}/${name}`,
      async (request) => encodeMessage(rpc.Response, await handler(decodeRequest(rpc.Request, request))),
    ];
  });
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const limit = new AbortController();
  await Promise.race([work, delay(limitMs, undefined, { signal: limit.signal }).catch(() => undefined)]);
  limit.abort();
}
