import type { AccessControl } from "../access/access-control";
import { type Caller, parseCaller } from "../access/caller";
import type { ApiToken } from "../options/options";

/** The head of a request as far as logins are concerned. */
export interface RequestHead {
  readonly method?: string;
  /** With its query. */
  readonly url?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A login that came with a request. */
export interface LoggedIn {
  /** Undefined for the calls that nobody need log in for. */
  readonly caller: Caller | undefined;
  /** Whether an API token was sent, known or not. */
  readonly hasToken: boolean;
}

/** Who makes a request, or the reason phrase of the 401 that refuses it. */
export type Authentication = LoggedIn | { readonly refusal: string };

/** What can be called without a login, and where a login that is sent is not looked at. */
const OPEN_CALLS = new Set(["GET /access/domains", "GET /access/ticket", "POST /access/ticket"]);

const UNKNOWN = { refusal: "Authentication failed!" } as const;

/**
 * Finds out who makes a request: by the cookie `PVEAuthCookie`, else by `Authorization: PVEAuthCookie=TICKET`, else by
 * `Authorization: PVEAPIToken=USER@REALM!ID=SECRET`. Changes by ticket need the header `CSRFPreventionToken` too.
 */
export function authenticate(request: RequestHead, access: AccessControl): Authentication {
  const cookie = headerText(request, "cookie");
  const authorization = headerText(request, "authorization");
  const ticket = credential(cookie, "PVEAuthCookie") ?? credential(authorization, "PVEAuthCookie");
  const token = ticket === undefined ? credential(authorization, "PVEAPIToken") : undefined;
  const path = (request.url ?? "").replace(/\?.*$/, "").replace(/^\/api2\/json/, "");
  if (OPEN_CALLS.has(`${request.method ?? ""} ${path}`)) {
    return { caller: undefined, hasToken: token !== undefined };
  }
  if (token !== undefined) return authenticateToken(token, access);
  if (ticket !== undefined) return authenticateTicket(ticket, request, access);
  return { refusal: "No ticket" };
}

/** The text that a caller puts into the `Authorization` header. */
export function authorizationHeader(token: ApiToken): string {
  return `PVEAPIToken=${token.user}!${token.tokenId}=${token.secret}`;
}

function authenticateToken(text: string, access: AccessControl): Authentication {
  const [, name = "", secret = ""] = /^([^=]+)=([0-9a-f-]{36})$/.exec(text) ?? [];
  const caller = parseCaller(name);
  if (caller?.tokenId === undefined) return UNKNOWN;
  const isValid = access.users.isTokenValid(caller, secret, Date.now() / 1000);
  return isValid ? { caller, hasToken: true } : UNKNOWN;
}

function authenticateTicket(ticket: string, request: RequestHead, access: AccessControl): Authentication {
  const user = access.tickets.userOf(ticket);
  if (user === undefined || !access.users.isActive(user, Date.now() / 1000)) return UNKNOWN;
  const csrfToken = headerText(request, "csrfpreventiontoken");
  if (request.method !== "GET" && !access.tickets.isCsrfTokenOf(user, csrfToken)) {
    return { refusal: "Permission denied - invalid csrf token" };
  }
  return { caller: { user }, hasToken: false };
}

/** What stands behind a name and an equals sign or a space, up to a semicolon; percent-decoded. */
function credential(header: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}(?:=| )([^;]*)`).exec(header)?.[1];
  return value === undefined ? undefined : decode(value.trim());
}

function headerText({ headers }: RequestHead, name: string): string {
  return String(headers[name] ?? "");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
