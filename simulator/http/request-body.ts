import type { IncomingMessage } from "node:http";
import type { RawParameters, RawValue } from "../schema/types";
import { PlainError } from "./response";

/** Where the server says that its own parsing failed. */
const SOURCE = "/usr/share/perl5/PVE/APIServer/AnyEvent.pm";

/** The largest body that is accepted. */
const MAX_BODY_BYTES = 512 * 1024;

/**
 * Reads what a request sends in its body.
 *
 * @throws PlainError for what the server does not take: answers before routing are no JSON
 */
export async function readBody(request: IncomingMessage): Promise<RawParameters> {
  const length = Number(request.headers["content-length"] ?? 0);
  if (length === 0) return {};
  const method = request.method ?? "";
  if (method === "GET" || method === "DELETE") {
    throw new PlainError(501, `Unexpected content for method '${method}'`);
  }
  if (length > MAX_BODY_BYTES) throw new PlainError(501, "for data too large");
  const contentType = request.headers["content-type"];
  const mediaType = contentType?.split(";")[0]?.trim().toLowerCase();
  if (mediaType === "application/json") return decodeJson(await readText(request));
  if (mediaType !== undefined && mediaType !== "application/x-www-form-urlencoded") {
    throw new PlainError(506, `upload 'Content-Type '${contentType ?? ""}' not implemented`);
  }
  return decodeForm(await readText(request));
}

/**
 * Decodes a form or a query as the server does: `;` separates like `&`, only the text up to a second `=` counts,
 * and a key that comes twice is a list.
 */
export function decodeForm(text: string): RawParameters {
  const parameters: Record<string, RawValue> = {};
  for (const pair of text.split(/[&;]/)) {
    if (pair === "") continue;
    const [key = "", value = ""] = pair.split("=").map(decodeText);
    // Browsers send it to get past their caches.
    if (key === "_dc") continue;
    const earlier = parameters[key];
    parameters[key] = earlier === undefined ? value : [earlier, value].flat().map(String);
  }
  return parameters;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function decodeText(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function decodeJson(text: string): RawParameters {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const what = "malformed JSON string, neither tag, array, object, number, string or atom";
    const where = `at character offset ${text.length} (before "(end of string)")`;
    throw new PlainError(500, `${what}, ${where} at ${SOURCE} line 934.\n`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new PlainError(500, `Not a HASH reference at ${SOURCE} line 978.\n`);
  }
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, rawValue(value)]));
}

function rawValue(value: unknown): RawValue {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => scalarText(item));
  return scalarText(value);
}

function scalarText(value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "string" ? value : JSON.stringify(value);
}
