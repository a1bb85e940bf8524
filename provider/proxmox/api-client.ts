import https from "node:https";
import type { IncomingMessage } from "node:http";
import tls from "node:tls";
import type { Logger } from "../logger";
import { ApiError, ConnectionError, type ApiCall } from "./api-error";

/** Values of a call: `undefined` ones are not sent, booleans go as 0 or 1. */
export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** How to reach a Proxmox API. */
export interface ApiClientOptions {
  /** Base of all paths, ending in `/api2/json`. */
  readonly endpoint: URL;
  /** `user@realm!token` */
  readonly tokenId: string;
  readonly tokenSecret: string;
  /** Certificates (PEM) to trust beside those that Node brings along. @default - those that Node brings along */
  readonly caCertificates?: string;
  /** Accept any certificate. @default false */
  readonly insecure?: boolean;
  readonly logger: Logger;
  /** Limit for one answer, in ms. Proxmox cuts calls off after 30 s by itself. @default 60000 */
  readonly requestTimeoutMs?: number;
}

/** The largest answer that is read: a hundred times what 500 VMs need. */
const MAX_ANSWER_BYTES = 32 * 2 ** 20;

/** Calls Proxmox's REST API with an API token. */
export class ApiClient {
  private readonly readAgent: https.Agent;
  private readonly changeAgent: https.Agent;

  constructor(private readonly options: ApiClientOptions) {
    const trust = {
      rejectUnauthorized: options.insecure !== true,
      ...(options.caCertificates === undefined
        ? {}
        : { ca: [...tls.rootCertificates, options.caCertificates] }),
    };
    this.readAgent = new https.Agent({ keepAlive: true, maxSockets: 16, ...trust });
    // A kept connection can be closed by Proxmox just as a call goes out, and then nobody knows whether the call
    // was carried out: calls that change something get a connection of their own.
    this.changeAgent = new https.Agent({ keepAlive: false, maxSockets: 16, ...trust });
  }

  /** `user@realm!token`, for messages. */
  get tokenId(): string {
    return this.options.tokenId;
  }

  /** @throws ApiError, ConnectionError */
  async get<T>(path: string, parameters: Parameters = {}): Promise<T> {
    const call: ApiCall = { method: "GET", path };
    try {
      return await this.request<T>(call, parameters);
    } catch (error) {
      // Reading again is always safe; a kept connection that Proxmox closed meanwhile is an everyday thing.
      if (error instanceof ConnectionError && (error.code === "ECONNRESET" || error.code === "EPIPE")) {
        return await this.request<T>(call, parameters);
      }
      throw error;
    }
  }

  /** @throws ApiError, ConnectionError */
  async post<T>(path: string, parameters: Parameters = {}): Promise<T> {
    return await this.request<T>({ method: "POST", path }, parameters);
  }

  /** @throws ApiError, ConnectionError */
  async put<T>(path: string, parameters: Parameters = {}): Promise<T> {
    return await this.request<T>({ method: "PUT", path }, parameters);
  }

  /** @throws ApiError, ConnectionError */
  async delete<T>(path: string, parameters: Parameters = {}): Promise<T> {
    return await this.request<T>({ method: "DELETE", path }, parameters);
  }

  /** Ends idle connections. */
  close(): void {
    this.readAgent.destroy();
    this.changeAgent.destroy();
  }

  private async request<T>(call: ApiCall, parameters: Parameters): Promise<T> {
    const startedAt = Date.now();
    const { logger } = this.options;
    try {
      const answer = await this.send(call, encodeForm(parameters));
      const fields = {
        method: call.method,
        path: call.path,
        status: answer.status,
        ms: Date.now() - startedAt,
      };
      logger.debug("Proxmox API call", fields);
      return readData(call, answer, this.options.endpoint.origin) as T;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      logger.info("Proxmox API call failed", { method: call.method, path: call.path, error: message });
      throw error;
    }
  }

  private send(call: ApiCall, form: string): Promise<Answer> {
    const { endpoint, tokenId, tokenSecret, requestTimeoutMs = 60_000 } = this.options;
    // A body on GET or DELETE is refused by Proxmox: their parameters travel in the query.
    const inBody = call.method === "POST" || call.method === "PUT";
    const url = new URL(`${endpoint.href}${call.path}${!inBody && form !== "" ? `?${form}` : ""}`);
    const headers: Record<string, string | number> = {
      Accept: "application/json",
      Authorization: `PVEAPIToken=${tokenId}=${tokenSecret}`,
    };
    if (inBody) {
      headers["Content-Type"] = "application/x-www-form-urlencoded";
      headers["Content-Length"] = Buffer.byteLength(form);
    }
    return new Promise((resolve, reject) => {
      let isConnected = false;
      const fail = (error: NodeJS.ErrnoException): void => {
        const code = error.code ?? error.name;
        reject(new ConnectionError(call, endpoint.origin, code, error.message, isConnected));
      };
      const request = https.request(
        url,
        {
          method: call.method,
          headers,
          agent: inBody || call.method === "DELETE" ? this.changeAgent : this.readAgent,
          signal: AbortSignal.timeout(requestTimeoutMs),
        },
        (response) => {
          readBody(response, MAX_ANSWER_BYTES).then((body) => {
            resolve({ status: response.statusCode ?? 0, reason: response.statusMessage ?? "", body });
          }, fail);
        },
      );
      request.on("socket", (socket) => {
        if (request.reusedSocket) isConnected = true;
        else socket.once("secureConnect", () => (isConnected = true));
      });
      request.on("error", (error) => {
        fail(
          error.name === "AbortError" || error.name === "TimeoutError"
            ? Object.assign(new Error(`no answer within ${requestTimeoutMs / 1000} s`), { code: "ETIMEDOUT" })
            : error,
        );
      });
      request.end(inBody ? form : undefined);
    });
  }
}

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly body: string;
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      response.destroy();
      throw Object.assign(new Error(`the answer is larger than ${maxBytes} bytes`), { code: "ETOOLARGE" });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function readData(call: ApiCall, answer: Answer, origin: string): unknown {
  const json = parseJson(answer.body);
  if (answer.status >= 300) {
    // Older Proxmox says what happened in the reason phrase alone.
    const said = typeof json?.["message"] === "string" ? json["message"].trim() : answer.reason;
    throw new ApiError(call, answer.status, said, readParameterErrors(json?.["errors"]));
  }
  if (json === undefined || !("data" in json)) {
    throw new ConnectionError(
      call,
      origin,
      "ENOTPROXMOX",
      "the answer is not the JSON of a Proxmox API",
      true,
    );
  }
  return json["data"];
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function readParameterErrors(errors: unknown): Record<string, string> {
  if (typeof errors !== "object" || errors === null) return {};
  return Object.fromEntries(Object.entries(errors).map(([name, text]) => [name, String(text).trim()]));
}

/** Percent-encodes all that Proxmox's form parser would split at, `;` and `=` included. */
function encodeForm(parameters: Parameters): string {
  return Object.entries(parameters)
    .filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined)
    .map(([key, value]) => {
      const text = typeof value === "boolean" ? (value ? "1" : "0") : String(value);
      return `${encodeURIComponent(key)}=${encodeURIComponent(text)}`;
    })
    .join("&");
}
