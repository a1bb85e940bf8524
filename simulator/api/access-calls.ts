import { normalizePath } from "../access/acl";
import { capabilities } from "../access/capabilities";
import { type Caller, parseCaller } from "../access/caller";
import { privilegeList, realmId } from "../access/formats";
import { ALL_USERS, WORLD } from "../access/permissions";
import { isPrivilege } from "../access/privileges";
import { Rights } from "../access/rights";
import { ApiError } from "../schema/api-error";
import { splitList } from "../schema/formats";
import { AS_ROOT, type Call, type Endpoint, SWITCH, TEXT } from "./endpoint";

/** The realms that every cluster has; others are not simulated. */
const REALMS = [
  { realm: "pam", type: "pam", comment: "Linux PAM standard authentication" },
  { realm: "pve", type: "pve", comment: "Proxmox VE authentication server" },
];

/** Logs a user in, by its password or by a ticket that it still has; or verifies both, with privileges on a path. */
function createTicket({ world, parameters }: Call): Record<string, unknown> {
  const { username = "", realm, password = "", path, privs } = parameters;
  const user = realm === undefined ? username : `${username}@${realm}`;
  const { access } = world;
  if (!access.users.isActive(user, Date.now() / 1000)) throw refused();
  const ticketUser = access.tickets.userOf(password);
  // Who is root already may become anybody.
  const isKnown = ticketUser === user || (ticketUser === "root@pam" && path === undefined);
  const isAnswerToChallenge = parameters["tfa-challenge"] !== undefined;
  if (isAnswerToChallenge || (!isKnown && !access.users.isPassword(user, password))) throw refused();
  const cap = capabilities(access, { user });
  if (path !== undefined && privs !== undefined) {
    assertHas(new Rights(access, { user }), path, privs);
    return { username: user, cap };
  }
  const { ticket, csrfPreventionToken } = access.tickets.issue(user);
  return { username: user, ticket, CSRFPreventionToken: csrfPreventionToken, cap };
}

function assertHas(rights: Rights, path: string, list: string): void {
  const wanted = splitList(list).filter(isPrivilege);
  const normalized = normalizePath(path) ?? "";
  if (wanted.length === 0 || !wanted.every((privilege) => rights.has(normalized, privilege))) throw refused();
}

/** One answer for everything, so that nobody learns which users there are. */
function refused(): ApiError {
  return new ApiError(401, "authentication failure\n");
}

/** Paths with the privileges that the caller, or another, has on them; 1 where they hold below too. */
function showPermissions({ world, caller, rights, parameters }: Call): Record<string, Record<string, 0 | 1>> {
  const { userid, path } = parameters;
  if (userid !== undefined) rights.assert("/access", "Sys.Audit");
  const who: Caller = userid === undefined ? caller : (parseCaller(userid) ?? caller);
  const all =
    path === undefined
      ? world.access.effectivePermissions(who)
      : new Map([[path, world.access.privileges(who, path)]]);
  const shown = [...all].map(([each, privileges]): [string, Record<string, 0 | 1>] => [
    each,
    Object.fromEntries([...privileges].map(([privilege, below]) => [privilege, below ? 1 : 0])),
  ]);
  return Object.fromEntries(shown);
}

/** As the API's schema writes it. */
const USER_OR_TOKEN = new RegExp(
  String.raw`(?:^(?:[^\s:/]+)\@(?:[A-Za-z][A-Za-z0-9\.\-_]+)(?:!(?:[A-Za-z][A-Za-z0-9\.\-_]+))?$)`,
);

/** Calls on logins and permissions. */
export const ACCESS_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/access",
    permissions: ALL_USERS,
    parameters: {},
    handle: () => ["users", "roles", "acl", "domains", "ticket", "permissions"].map((subdir) => ({ subdir })),
  },
  { method: "GET", path: "/access/domains", permissions: WORLD, parameters: {}, handle: () => REALMS },
  { method: "GET", path: "/access/ticket", permissions: WORLD, parameters: {}, handle: () => null },
  {
    method: "POST",
    path: "/access/ticket",
    ...AS_ROOT,
    permissions: WORLD,
    allowsTokens: false,
    parameters: {
      // Tickets have but one format by now; the server knows the switch and does not look at it.
      "new-format": SWITCH,
      otp: TEXT,
      password: { type: "string" },
      path: { type: "string", optional: true, requires: "privs", maxLength: 64 },
      privs: { type: "string", optional: true, format: privilegeList, requires: "path", maxLength: 64 },
      realm: { type: "string", optional: true, format: realmId, maxLength: 32 },
      "tfa-challenge": TEXT,
      username: { type: "string", maxLength: 64 },
    },
    handle: createTicket,
  },
  {
    method: "GET",
    path: "/access/permissions",
    permissions: ALL_USERS,
    parameters: {
      path: TEXT,
      userid: {
        type: "string",
        optional: true,
        pattern: USER_OR_TOKEN,
      },
    },
    handle: showPermissions,
  },
];
