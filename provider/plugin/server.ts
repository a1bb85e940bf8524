import { setImmediate, setTimeout as delay } from "node:timers/promises";
import { Server } from "@grpc/grpc-js";
import type { ServerCredentials, ServerWritableStream } from "@grpc/grpc-js";
import { rpcHandlers } from "./rpc-handlers";
import { serviceDefinition } from "./service-definitions";
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
 * @param onShutdown Called when Terraform is done with the provider, after its call has been answered.
 * @throws Error where the socket cannot be listened on.
 */
export async function startServer(
  session: Session,
  socketPath: string,
  credentials: ServerCredentials,
  onShutdown: () => void,
): Promise<RunningServer> {
  // Terraform sets no limit on messages either; gRPC's own of 4 MB is soon met by a schema or a long attribute.
  const server = new Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const streams = new Set<ServerWritableStream<unknown, unknown>>();

  server.addService(serviceDefinition("tfplugin6.Provider"), rpcHandlers(session));
  server.addService(serviceDefinition("plugin.GRPCController"), {
    Shutdown: (_call: unknown, callback: (error: null, empty: object) => void) => {
      callback(null, {});
      for (const stream of streams) stream.end();
      // At least an immediate later: under early versions of Node 20 the answer would be dropped with its connection.
      void closeInTime(session).then(() => {
        // A connection left open must not hold the process.
        const limit = setTimeout(onShutdown, SHUTDOWN_LIMIT_MS);
        server.tryShutdown(() => {
          clearTimeout(limit);
          onShutdown();
        });
      });
    },
  });
  server.addService(serviceDefinition("plugin.GRPCStdio"), {
    // Held open and never written to: output goes through the log. Closing it would count as a crash.
    StreamStdio: (stream: ServerWritableStream<unknown, unknown>) => {
      streams.add(stream);
      stream.on("cancelled", () => streams.delete(stream));
    },
  });
  server.addService(serviceDefinition("grpc.health.v1.Health"), {
    Check: (_call: unknown, callback: (error: null, health: object) => void) => {
      callback(null, { status: 1 });
    },
  });

  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socketPath}`, credentials, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  return {
    close: () => {
      server.forceShutdown();
    },
  };
}

async function closeInTime(session: Session): Promise<void> {
  const limit = new AbortController();
  await Promise.race([
    Promise.all([session.close().catch(() => undefined), setImmediate()]),
    delay(CLOSE_LIMIT_MS, undefined, { signal: limit.signal }).catch(() => undefined),
  ]);
  limit.abort();
}
