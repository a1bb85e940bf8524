import { createLogger } from "../../provider/plugin/json-logger";
import type { Logger } from "../../provider/logger";
import type { Provider } from "../../provider/plugin/provider";
import { startServer } from "../../provider/plugin/server";
import { Session } from "../../provider/plugin/session";
import { makeSocketPlace } from "../../provider/plugin/socket";

/** A provider that runs in this process for one Terraform run after another. */
export interface ReattachedProvider {
  /** Value for `TF_REATTACH_PROVIDERS`: Terraform then neither looks for the provider nor starts or ends it. */
  readonly reattach: string;
  close(): void;
}

/**
 * Serves a provider from the process that calls, so that tests of it can be fast and see inside. Without TLS, on a
 * socket that only this user can reach.
 *
 * @param address Source address, such as `registry.terraform.io/dataknife/pve`.
 * @param logger @default - a logger that drops everything
 */
export async function serveReattached(
  provider: Provider<unknown>,
  address: string,
  logger: Logger = createLogger("error", () => undefined),
): Promise<ReattachedProvider> {
  const socket = makeSocketPlace();
  const server = await startServer(new Session(provider, logger), socket.path, undefined, () => undefined);
  const connection = {
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: process.pid,
    Test: true,
    Addr: { Network: "unix", String: socket.path },
  };
  return {
    reattach: JSON.stringify({ [address]: connection }),
    close: () => {
      server.close();
      socket.remove();
    },
  };
}
