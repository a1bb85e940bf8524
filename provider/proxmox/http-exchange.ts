import https from "node:https";
import type { IncomingMessage } from "node:http";
import { ConnectionError, type ApiCall } from "./api-error";
import type { TlsAgent } from "./tls-agent";

/** A request as it goes out. */
export interface HttpRequest {
  readonly call: ApiCall;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | number>>;
  /** @default - none */
  readonly body?: string;
}

/** An answer, whole. */
export interface HttpAnswer {
  readonly status: number;
  /** The text beside the status. */
  readonly reason: string;
  readonly body: string;
}

/** The largest answer that is read: a hundred times what 500 VMs need. */
const MAX_ANSWER_BYTES = 32 * 2 ** 20;

/** The most that the head of an answer may take. */
const MAX_HEAD_BYTES = 16 * 2 ** 10;

/**
 * Sends a request and reads the answer to its end. Redirects are answers like any other: nothing is followed.
 *
 * @param timeoutMs limit for all of it, so that neither silence nor a trickle holds it up
 * @throws ConnectionError, which never repeats a header
 */
export function exchange(request: HttpRequest, agent: TlsAgent, timeoutMs: number): Promise<HttpAnswer> {
  const { call, url, headers, body } = request;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const fail = (error: NodeJS.ErrnoException): void => {
      const { code, message } = signal.aborted
        ? { code: "ETIMEDOUT", message: `no answer within ${timeoutMs / 1000} s` }
        : { code: error.code ?? error.name, message: readableMessage(error.message) };
      reject(new ConnectionError(call, url.origin, code, message, isConnected));
    };
    const outgoing = https.request(
      url,
      { method: call.method, headers, agent, signal, maxHeaderSize: MAX_HEAD_BYTES },
      (response) => {
        readBody(response).then((text) => {
          resolve({ status: response.statusCode ?? 0, reason: response.statusMessage ?? "", body: text });
        }, fail);
      },
    );
    // The agent gives a request its socket only when the connection stands.
    outgoing.once("socket", () => (isConnected = true));
    outgoing.on("error", fail);
    outgoing.end(body);
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) {
      response.destroy();
      throw Object.assign(new Error(`the answer is larger than ${MAX_ANSWER_BYTES} bytes`), {
        code: "ETOOLARGE",
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** OpenSSL's reason alone, for it comes with thread numbers and places in C files. */
function readableMessage(message: string): string {
  return /error:[0-9A-F]+:SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message;
}
