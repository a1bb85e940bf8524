import type { X509Certificate } from "node:crypto";
import http2 from "node:http2";
import type {
  Http2SecureServer,
  Http2Server,
  Http2Session,
  IncomingHttpHeaders,
  ServerHttp2Session,
  ServerHttp2Stream,
} from "node:http2";
import { setImmediate } from "node:timers/promises";
import type { TLSSocket } from "node:tls";
import type { CertificateAndKey } from "./certificate";
import { framed, unframed } from "./grpc-frame";

/*
 * gRPC as far as Terraform speaks it with a provider: calls of one message each way, uncompressed, and one stream that is held
 * open. Source: grpc/grpc:doc/PROTOCOL-HTTP2.md and doc/statuscodes.md.
 *
 * @grpc/grpc-js does all of gRPC, client and server, and takes longer to load than the rest of a provider. Terraform starts
 * two providers four times over in one apply, one after the other.
 */

/** Answers one call; it never rejects but for a fault of its own. */
export type UnaryHandler = (request: Uint8Array) => Promise<Uint8Array>;

/** How the two ends know each other. */
export interface MutualTls extends CertificateAndKey {
  /** The one certificate that is let in. */
  readonly clientCertificate: X509Certificate;
}

/** What is served. */
export interface GrpcServerOptions {
  /** By path, such as `/tfplugin6.Provider/StopProvider`. */
  readonly unary: ReadonlyMap<string, UnaryHandler>;
  /** Paths of streams that are held open, and written to by nobody, until the server closes. */
  readonly held: ReadonlySet<string>;
  /** @default - anybody who reaches the socket is let in */
  readonly tls?: MutualTls;
  /** Called with what failed, a call by its path or a connection, and with what was thrown. */
  readonly onFault: (what: string, error: unknown) => void;
}

const STATUS = { ok: 0, unimplemented: 12, internal: 13, unavailable: 14 } as const;
const CONTENT_TYPE = "application/grpc";

/** Of a connection and of a stream: more than HTTP/2's 64 KiB, so that large messages need few round trips. */
const WINDOW_BYTES = 2 ** 22;

const HTTP2_OPTIONS: http2.ServerOptions = {
  settings: { initialWindowSize: WINDOW_BYTES },
  // Terraform sets no limit on messages either. While 10 MB of answers wait to be read, Node would refuse further calls.
  maxSessionMemory: Number.MAX_SAFE_INTEGER,
};

/** A gRPC server on a unix socket. */
export class GrpcServer {
  /** Those whose other end was let in. */
  readonly #sessions = new Set<Http2Session>();
  readonly #streams = new Set<ServerHttp2Stream>();
  readonly #heldStreams = new Set<ServerHttp2Stream>();
  readonly #server: Http2Server | Http2SecureServer;
  #isDraining = false;

  constructor(private readonly options: GrpcServerOptions) {
    this.#server = options.tls === undefined ? http2.createServer(HTTP2_OPTIONS) : secureServer(options.tls);
    this.#server.on("session", (session: ServerHttp2Session) => {
      this.#takeSession(session);
    });
    this.#server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
      this.#takeStream(stream, headers);
    });
  }

  /** @throws Error where the socket cannot be listened on */
  listen(socketPath: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(socketPath, () => {
        this.#server.off("error", reject);
        this.#server.on("error", (error) => {
          this.options.onFault(socketPath, error);
        });
        resolve();
      });
    });
  }

  /** Takes no further calls, ends the streams that are held, and resolves when the calls under way are answered. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    for (const stream of this.#heldStreams) stream.end();
    this.#server.close();
    await Promise.all([...this.#streams].map(closing));
    // Early versions of Node 20 end a session without what its streams have still to send.
    await setImmediate();
    await Promise.all(
      [...this.#sessions].map((session) => {
        const closed = closing(session);
        session.close();
        return closed;
      }),
    );
  }

  /** Ends all connections at once. */
  close(): void {
    this.#server.close();
    for (const session of this.#sessions) session.destroy();
  }

  #takeSession(session: ServerHttp2Session): void {
    const { tls } = this.options;
    if (tls !== undefined && !isCertified(session.socket as TLSSocket, tls.clientCertificate)) {
      this.options.onFault("a connection", new Error("its certificate is not the one that is let in"));
      session.destroy();
      return;
    }
    this.#sessions.add(session);
    session.on("close", () => this.#sessions.delete(session));
    session.setLocalWindowSize(WINDOW_BYTES);
  }

  #takeStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    // A call that the other end gave up needs no answer.
    stream.on("error", () => undefined);
    if (!this.#isKnown(stream.session)) {
      stream.destroy();
      return;
    }
    this.#streams.add(stream);
    stream.on("close", () => this.#streams.delete(stream));
    const path = headers[":path"] ?? "";
    const { unary, held } = this.options;
    const handler = unary.get(path);
    if (!headers["content-type"]?.startsWith(CONTENT_TYPE)) {
      stream.respond({ ":status": 415 }, { endStream: true });
    } else if (this.#isDraining) {
      refuse(stream, STATUS.unavailable, "the server is about to end");
    } else if (handler !== undefined) {
      void this.#answer(stream, path, handler);
    } else if (held.has(path)) {
      this.#hold(stream);
    } else {
      refuse(stream, STATUS.unimplemented, `no method ${path}`);
    }
  }

  /** Whoever was not let in is not heard, whatever became of sending it away. */
  #isKnown(session: Http2Session | undefined): boolean {
    return session !== undefined && this.#sessions.has(session);
  }

  #hold(stream: ServerHttp2Stream): void {
    this.#heldStreams.add(stream);
    stream.on("close", () => this.#heldStreams.delete(stream));
    stream.resume();
    respond(stream);
  }

  async #answer(stream: ServerHttp2Stream, path: string, handler: UnaryHandler): Promise<void> {
    try {
      const answer = framed(await handler(unframed(await readAll(stream))));
      respond(stream);
      stream.end(answer);
    } catch (error) {
      // Given up meanwhile.
      if (stream.closed || stream.destroyed) return;
      this.options.onFault(path, error);
      refuse(stream, STATUS.internal, `${path} failed`);
    }
  }
}

/** Whoever has no certificate, or another one, is sent away before a call is read. */
function secureServer({ certificate, privateKey }: MutualTls): Http2SecureServer {
  return http2.createSecureServer({
    ...HTTP2_OPTIONS,
    cert: certificate,
    key: privateKey,
    requestCert: true,
    // The certificate itself is compared. For an authority, or with nothing said, Node 20 would first read all that it
    // brings along: 25 ms at each start.
    ca: [],
    rejectUnauthorized: false,
  });
}

/** Whether the other end has shown the certificate, and with it, in TLS's handshake, that the key is its own. */
function isCertified(socket: TLSSocket, certificate: X509Certificate): boolean {
  return socket.getPeerX509Certificate()?.raw.equals(certificate.raw) ?? false;
}

/**
 * What the other end sends in a call. By events: an iterator costs a small message more than decoding it.
 *
 * @throws Error where it gives the call up
 */
function readAll(stream: ServerHttp2Stream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.once("end", () => {
      resolve(Buffer.concat(chunks));
    });
    stream.once("close", () => {
      reject(new Error("the other end gave the call up"));
    });
  });
}

function closing(closable: Http2Session | ServerHttp2Stream): Promise<void> {
  return new Promise((resolve) => closable.once("close", resolve));
}

function respond(stream: ServerHttp2Stream): void {
  stream.respond({ ":status": 200, "content-type": CONTENT_TYPE }, { waitForTrailers: true });
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": STATUS.ok });
  });
}

function refuse(stream: ServerHttp2Stream, status: number, message: string): void {
  stream.resume();
  stream.respond(
    {
      ":status": 200,
      "content-type": CONTENT_TYPE,
      "grpc-status": status,
      "grpc-message": encodeURI(message),
    },
    { endStream: true },
  );
}
