import type { Server } from "node:net";

/** A server that its connections can be taken from. */
interface Closable extends Server {
  closeAllConnections(): void;
}

/**
 * Has a server listen.
 *
 * @param port 0 for any that is free
 * @returns the port
 * @throws Error of the system when it cannot (`EADDRINUSE`, …)
 */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Ends a server and all its connections. */
export function close(server: Closable): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
