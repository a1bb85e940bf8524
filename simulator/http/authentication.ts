import { timingSafeEqual } from "node:crypto";
import type { ApiToken } from "../options/options";
import type { Caller } from "../world/tasks";

/** Who makes a request, or the reason phrase of the 401 that refuses it. */
export type Authentication = { readonly caller: Caller } | { readonly refusal: string };

/**
 * Reads the `Authorization` header: `PVEAPIToken=USER@REALM!ID=SECRET`.
 * Tickets are not simulated.
 */
export function authenticate(header: string | undefined, token: ApiToken): Authentication {
  const match = /^PVEAPIToken[ =](.+)$/.exec(header?.trim() ?? "");
  if (match === null) return { refusal: "No ticket" };
  const parts = /^([^!\s]+@[^!\s]+)!([A-Za-z][A-Za-z0-9._-]+)=([0-9a-f-]{36})$/.exec(decode(match[1] ?? ""));
  const [, user, tokenId, secret] = parts ?? [];
  const isKnown = user === token.user && tokenId === token.tokenId && isSame(secret ?? "", token.secret);
  if (!isKnown) return { refusal: "Authentication failed!" };
  return { caller: { user: token.user, tokenId: token.tokenId } };
}

/** The text that a caller puts into the `Authorization` header. */
export function authorizationHeader(token: ApiToken): string {
  return `PVEAPIToken=${token.user}!${token.tokenId}=${token.secret}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
