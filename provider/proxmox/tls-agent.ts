import https from "node:https";
import type { RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import tls from "node:tls";

/** Which server is trusted. */
export interface Trust {
  /** The certificates (PEM) to trust, and no others. @default - those that Node brings along */
  readonly caCertificates?: string;
  /**
   * SHA-256 fingerprint, upper case with colons, of the one certificate that is accepted, whoever signed it.
   * @default - any that a trusted certificate vouches for
   */
  readonly fingerprint?: string;
  /** Accept any certificate. @default false */
  readonly insecure?: boolean;
}

/** How connections are kept. */
export interface TlsAgentOptions extends Trust {
  /** Whether a connection serves further requests. */
  readonly keepAlive: boolean;
  /** Limit for a connection to stand, in ms. */
  readonly connectTimeoutMs: number;
}

/** Code of the error for a server whose certificate is not the pinned one. */
export const FINGERPRINT_MISMATCH = "EFINGERPRINT";

/**
 * Hands a connection out only when its certificate has been checked: a request, and the token with it, is not even
 * written before.
 *
 * It opens as many connections as there are requests at a time, for those are as many as Terraform's `-parallelism`
 * says: a queue here would make the polls of one VM wait for a call that blocks on another's lock.
 */
export class TlsAgent extends https.Agent {
  constructor(private readonly settings: TlsAgentOptions) {
    const { caCertificates, fingerprint, insecure = false, keepAlive } = settings;
    super({
      keepAlive,
      rejectUnauthorized: !insecure && fingerprint === undefined,
      // A resumed session comes without the certificate to compare.
      ...(fingerprint === undefined ? {} : { maxCachedSessions: 0 }),
      ...(caCertificates === undefined
        ? {}
        : { secureContext: tls.createSecureContext({ ca: caCertificates }) }),
    });
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const socket = super.createConnection(options) as TLSSocket;
    const { connectTimeoutMs } = this.settings;
    const limit = setTimeout(() => {
      const late = new Error(`no connection within ${connectTimeoutMs / 1000} s`);
      socket.destroy(Object.assign(late, { code: "ETIMEDOUT" }));
    }, connectTimeoutMs);
    const finish = (error: Error | null): void => {
      clearTimeout(limit);
      socket.off("error", finish);
      callback?.(error, socket);
    };
    socket.on("error", finish);
    socket.once("secureConnect", () => {
      const fault = this.fingerprintFault(socket);
      if (fault === undefined) finish(null);
      else socket.destroy(fault);
    });
  }

  private fingerprintFault(socket: TLSSocket): Error | undefined {
    const pinned = this.settings.fingerprint;
    const shown = socket.getPeerX509Certificate()?.fingerprint256 ?? "none";
    if (pinned === undefined || shown === pinned) return undefined;
    return Object.assign(new Error(`the server's certificate has the fingerprint ${shown}, not ${pinned}`), {
      code: FINGERPRINT_MISMATCH,
    });
  }
}
