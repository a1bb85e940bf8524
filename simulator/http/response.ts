import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { gzipSync } from "node:zlib";
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

/** Each with the values that it is sent with, mostly one. */
type Headers = Readonly<Record<string, readonly string[]>>;

/** The smallest body that is compressed is larger than this. */
const UNCOMPRESSED_BYTES = 1024;

/**
 * Notes that the answer comes from the daemon that runs as root. It closes its connection to the web server, and the
 * web server hands its `Connection: close` on beside its own header; clients that read both give up the connection.
 */
export function passThroughDaemon(response: ServerResponse): void {
  response.setHeader("Connection", "close");
}

/** Answers a call that went well. */
export function sendData(response: ServerResponse, data: unknown): void {
  const content = data instanceof Page ? pageContent(data) : { data: data ?? null };
  const body = isForExtJs(response) ? { ...content, success: 1 } : content;
  send(response, { status: 200, reason: "OK", body: JSON.stringify(body), isJson: true });
}

/** Answers a call that failed; an error of the simulator's own says so. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof PlainError) {
    const { status, message, body } = error;
    send(response, { status, reason: firstLine(message), body, isJson: false });
    return;
  }
  const { status, message, errors } = error instanceof ApiError ? error : internalError(error);
  const content = { data: null, message, ...(errors !== undefined && { errors }) };
  if (isForExtJs(response)) {
    // The web interface's library wants a 200, and the real status in the body.
    const body = JSON.stringify({ ...content, status, success: 0 });
    send(response, { status: 200, reason: "OK", body, isJson: true });
    return;
  }
  send(response, { status, reason: firstLine(message), body: JSON.stringify(content), isJson: true });
}

/** Answers what is no HTTP request. */
export function sendBadRequest(socket: Duplex): void {
  if (!socket.writable) return;
  const answer = { status: 400, reason: "bad request", body: "bad request", isJson: false };
  const body = Buffer.from(answer.body);
  socket.end(printResponse(answer, headersOf(answer, body, ["close"]), body));
}

/** A part of a list; the server leaves out the length of an empty one. */
function pageContent({ rows, total }: Page): Record<string, unknown> {
  return { data: rows, ...(total > 0 && { total }) };
}

function isForExtJs(response: ServerResponse): boolean {
  return /^\/+api2\/+extjs(?:\/|$)/.test(response.req.url ?? "");
}

function internalError(error: unknown): ApiError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiError(500, `the simulator itself failed: ${text}\n`);
}

function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const { req, shouldKeepAlive } = response;
  const closes = answer.status >= 400 || !shouldKeepAlive;
  const plain = Buffer.from(answer.body);
  const isCompressed =
    answer.isJson && plain.length > UNCOMPRESSED_BYTES && /gzip/.test(String(req.headers["accept-encoding"]));
  const body = isCompressed ? gzipSync(plain) : plain;
  const isFromDaemon = response.hasHeader("Connection");
  const open = isFromDaemon ? ["close", "Keep-Alive"] : ["Keep-Alive"];
  const headers = headersOf(answer, body, closes ? ["close"] : open, isCompressed);
  if (req.httpVersion === "1.0") {
    // Node answers every request as HTTP/1.1; the genuine server in the version that it was asked in.
    req.socket.end(printResponse(answer, headers, body));
    return;
  }
  if (closes) response.shouldKeepAlive = false;
  response.statusCode = answer.status;
  response.statusMessage = headerText(answer.reason);
  response.sendDate = false;
  response.removeHeader("Connection");
  for (const [name, values] of Object.entries(headers)) response.setHeader(name, values);
  if (body.length === 0) response.removeHeader("Transfer-Encoding");
  response.end(body);
}

/** In the order in which the genuine server writes them. */
function headersOf(
  answer: Answer,
  body: Buffer,
  connection: readonly string[],
  isCompressed = false,
): Headers {
  const date = new Date().toUTCString();
  return {
    "Cache-Control": ["max-age=0"],
    Connection: connection,
    Date: [date],
    Pragma: ["no-cache"],
    Server: ["pve-api-daemon/3.0"],
    ...(isCompressed && { "Content-Encoding": ["gzip"] }),
    ...(body.length > 0 && { "Content-Length": [String(body.length)] }),
    ...(answer.isJson && { "Content-Type": ["application/json;charset=UTF-8"] }),
    Expires: [date],
  };
}

function printResponse({ status, reason }: Answer, headers: Headers, body: Buffer): Buffer {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values.map((value) => `${name}: ${value}\r\n`),
  );
  const head = `HTTP/1.0 ${status} ${headerText(reason)}\r\n${lines.join("")}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
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
