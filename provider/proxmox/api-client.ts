import { createHmac } from "node:crypto";
import type { Logger } from "../logger";
import { ApiError, ConnectionError, type ApiCall } from "./api-error";
import { exchange, type HttpAnswer } from "./http-exchange";
import { TlsAgent, type Trust } from "./tls-agent";
import { Turns } from "./turns";

/** Values of a call: `undefined` ones are not sent, booleans go as 0 or 1. */
export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** How to reach a Proxmox API. */
export interface ApiClientOptions extends Trust {
  /** Base of all paths, ending in `/api2/json`. */
  readonly endpoint: URL;
  /** `user@realm!token` */
  readonly tokenId: string;
  readonly tokenSecret: string;
  readonly logger: Logger;
  /** Limit for one answer, in ms. Proxmox cuts calls off after 30 s by itself. @default 60000 */
  readonly requestTimeoutMs?: number;
}

const DEFAULT_REQUEST_TIMEOUT_MS = 60_000;

/** A host that takes longer to accept a connection is not there: the call may safely be tried again. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * For calls that take turns: a connection costs both ends more than such a call, and Proxmox itself works on three calls at a
 * time. Source: pve-manager PVE/Service/pveproxy.pm (max_workers).
 */
const TURNS_AT_A_TIME = 6;

/** Calls Proxmox's REST API with an API token. */
export class ApiClient {
  /** `user@realm!token`, for messages. */
  readonly tokenId: string;
  private readonly endpoint: URL;
  private readonly logger: Logger;
  private readonly requestTimeoutMs: number;
  // Private to the language: a client that is printed by mistake shows neither the secret nor the connections' requests.
  readonly #tokenSecret: string;
  readonly #readAgent: TlsAgent;
  readonly #turns = new Turns(TURNS_AT_A_TIME);
  readonly #changeAgent: TlsAgent;

  constructor(options: ApiClientOptions) {
    const { endpoint, tokenId, tokenSecret, logger, requestTimeoutMs = DEFAULT_REQUEST_TIMEOUT_MS } = options;
    this.tokenId = tokenId;
    this.endpoint = endpoint;
    this.logger = logger;
    this.requestTimeoutMs = requestTimeoutMs;
    this.#tokenSecret = tokenSecret;
    const { caCertificates, fingerprint, insecure } = options;
    const trust = {
      caCertificates,
      fingerprint,
      insecure,
      connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, requestTimeoutMs),
    };
    this.#readAgent = new TlsAgent({ ...trust, keepAlive: true });
    // A kept connection can be closed by Proxmox just as a call goes out, and then nobody knows whether the call
    // was carried out: calls that change something get a connection of their own.
    this.#changeAgent = new TlsAgent({ ...trust, keepAlive: false });
  }

  /** A text that only who holds the token's secret can make of `text`, and that does not give the secret away. */
  sign(text: string): string {
    return createHmac("sha256", this.#tokenSecret).update(text).digest("hex").slice(0, 32);
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

  /**
   * Reads what Proxmox answers at once, whatever else it does: such calls take turns on a few connections. Where one cannot
   * reach it, those that wait for their turn fail as well, so that all wait for a host that is not there no longer than one.
   *
   * @throws ApiError, ConnectionError
   */
  async getInTurn<T>(path: string, parameters: Parameters = {}): Promise<T> {
    const isOfAll = (error: unknown): boolean => error instanceof ConnectionError;
    return await this.#turns.take(() => this.get<T>(path, parameters), isOfAll);
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
    this.#readAgent.destroy();
    this.#changeAgent.destroy();
  }

  private async request<T>(call: ApiCall, parameters: Parameters): Promise<T> {
    const startedAt = Date.now();
    const { logger } = this;
    try {
      const answer = await this.send(call, encodeForm(parameters));
      const fields = {
        method: call.method,
        path: call.path,
        status: answer.status,
        ms: Date.now() - startedAt,
      };
      logger.debug("Proxmox API call", fields);
      return readData(call, answer, this.endpoint.origin) as T;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      logger.info("Proxmox API call failed", { method: call.method, path: call.path, error: message });
      throw error;
    }
  }

  private async send(call: ApiCall, form: string): Promise<HttpAnswer> {
    // A body on GET or DELETE is refused by Proxmox: their parameters travel in the query.
    const inBody = call.method === "POST" || call.method === "PUT";
    const url = new URL(`${this.endpoint.href}${call.path}${!inBody && form !== "" ? `?${form}` : ""}`);
    const headers = {
      Accept: "application/json",
      Authorization: `PVEAPIToken=${this.tokenId}=${this.#tokenSecret}`,
    };
    const formHeaders = {
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": Buffer.byteLength(form),
    };
    const answer = await exchange(
      inBody ? { call, url, headers: { ...headers, ...formHeaders }, body: form } : { call, url, headers },
      call.method === "GET" ? this.#readAgent : this.#changeAgent,
      this.requestTimeoutMs,
    );
    if (answer.status < 300) return answer;
    // An error page of what is not Proxmox may show the request as it came.
    const hide = (text: string): string => text.replaceAll(this.#tokenSecret, "…");
    return { status: answer.status, reason: hide(answer.reason), body: hide(answer.body) };
  }
}

function readData(call: ApiCall, answer: HttpAnswer, origin: string): unknown {
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
