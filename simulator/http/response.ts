import type { ServerResponse } from "node:http";
import { ApiError } from "../schema/api-error";
import { Page } from "../api/endpoint";

/** An answer from before routing: plain text, or nothing at all. */
export class PlainError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** @default - the message */
    readonly body: string = message,
  ) {
    super(message);
    this.name = "PlainError";
  }
}

/** What goes over the wire. */
interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly body: string;
  readonly isJson: boolean;
}

/** Answers a call that went well. */
export function sendData(response: ServerResponse, data: unknown): void {
  const content =
    data instanceof Page
      ? { data: data.rows, ...(data.total > 0 && { total: data.total }) }
      : { data: data ?? null };
  send(response, { status: 200, reason: "OK", body: JSON.stringify(content), isJson: true });
}

/** Answers a call that failed; an error of the simulator's own says so. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof PlainError) {
    const { status, message, body } = error;
    send(response, { status, reason: firstLine(message), body, isJson: false });
    return;
  }
  const { status, message, errors } = error instanceof ApiError ? error : internalError(error);
  const body = JSON.stringify({ data: null, message, ...(errors !== undefined && { errors }) });
  send(response, { status, reason: firstLine(message), body, isJson: true });
}

function internalError(error: unknown): ApiError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiError(500, `the simulator itself failed: ${text}\n`);
}

function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const date = new Date().toUTCString();
  const closes = answer.status >= 400;
  if (closes) response.shouldKeepAlive = false;
  response.statusCode = answer.status;
  response.statusMessage = headerText(answer.reason);
  response.setHeader("Cache-Control", "max-age=0");
  response.setHeader("Connection", closes || !response.shouldKeepAlive ? "close" : "Keep-Alive");
  response.setHeader("Pragma", "no-cache");
  response.setHeader("Server", "pve-api-daemon/3.0");
  response.setHeader("Date", date);
  response.setHeader("Expires", date);
  if (answer.isJson) response.setHeader("Content-Type", "application/json;charset=UTF-8");
  if (answer.body === "") {
    response.removeHeader("Content-Length");
    response.removeHeader("Transfer-Encoding");
  } else {
    response.setHeader("Content-Length", Buffer.byteLength(answer.body));
  }
  response.end(answer.body);
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** Bytes of UTF-8, one a character, as the server writes its reason phrases; control characters are left out. */
function headerText(text: string): string {
  return [...Buffer.from(text, "utf8")]
    .filter((byte) => byte === 0x09 || (byte >= 0x20 && byte !== 0x7f))
    .map((byte) => String.fromCharCode(byte))
    .join("");
}
