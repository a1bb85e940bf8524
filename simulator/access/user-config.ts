import { isPrivilege } from "./privileges";
import { type AclEntry, normalizePath } from "./acl";
import { parseCaller } from "./caller";
import { isBuiltInRole } from "./roles";
import type { TokenInfo, User } from "./users";
import type { Privilege } from "./privileges";
import { splitList } from "../schema/formats";

/** What a `user.cfg` holds. */
export interface UserConfig {
  readonly users: ReadonlyMap<string, User>;
  /** By `USER@REALM!TOKENID`. */
  readonly tokens: ReadonlyMap<string, TokenInfo>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly pools: ReadonlyMap<string, PoolDefinition>;
  readonly roles: ReadonlyMap<string, readonly Privilege[]>;
  readonly acl: readonly AclEntry[];
}

/** A pool with its members. */
interface PoolDefinition {
  readonly comment: string;
  readonly vmids: readonly number[];
  readonly storageIds: readonly string[];
}

/** A {@link UserConfig} that is being read. */
interface Draft {
  readonly users: Map<string, User>;
  readonly tokens: Map<string, TokenInfo>;
  readonly groups: Map<string, readonly string[]>;
  readonly pools: Map<string, PoolDefinition>;
  readonly roles: Map<string, readonly Privilege[]>;
  readonly acl: AclEntry[];
}

/** What is wrong with a line. */
export interface LineFault {
  /** Counted from 1. */
  readonly line: number;
  readonly got: string;
  /** What would be right: `must be …`. */
  readonly advice: string;
}

type Fault = Omit<LineFault, "line">;

/** Takes one line's fields into the draft, or says what is wrong with them. */
type LineReader = (draft: Draft, fields: readonly string[]) => Fault | undefined;

/**
 * Reads the text of a cluster's `/etc/pve/user.cfg`, one entry a line, its fields separated by colons. The genuine
 * server passes over lines that it cannot read; here each is a fault, because a person wrote them for a test.
 *
 * @returns what the text holds, and every fault with its line
 */
export function parseUserConfig(text: string): { config: UserConfig; faults: readonly LineFault[] } {
  const draft: Draft = {
    users: new Map(),
    tokens: new Map(),
    groups: new Map(),
    pools: new Map(),
    roles: new Map(),
    acl: [],
  };
  const faults: LineFault[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [kind = "", ...fields] = line.split(":").map((field) => field.trim());
    const reader = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
    const fault =
      reader === undefined
        ? { got: kind, advice: `must begin with one of ${Object.keys(READERS).join(", ")}` }
        : reader(draft, fields);
    if (fault !== undefined) faults.push({ line: index + 1, ...fault });
  }
  return { config: draft, faults };
}

const READERS: Readonly<Record<string, LineReader>> = {
  user: readUser,
  token: readToken,
  group: readGroup,
  pool: readPool,
  role: readRole,
  acl: readAcl,
};

const NAME_ADVICE = "must be letters, digits, '.', '-' or '_'";
const TIME_ADVICE = "must be a time in seconds since the epoch";
const USER_ADVICE = "must be a user that stands above";

function readUser(draft: Draft, fields: readonly string[]): Fault | undefined {
  const [name = "", enable, expire = "", firstname = "", lastname = "", email = "", comment = ""] = fields;
  const caller = parseCaller(name);
  if (caller === undefined || caller.tokenId !== undefined)
    return { got: name, advice: "must be USER@REALM" };
  draft.users.set(name, {
    enable: enable === "1",
    expire: Number(expire),
    ...(firstname !== "" && { firstname: decode(firstname) }),
    ...(lastname !== "" && { lastname: decode(lastname) }),
    ...(email !== "" && { email }),
    ...(comment !== "" && { comment: decode(comment) }),
  });
  return isTime(expire) ? undefined : { got: expire, advice: TIME_ADVICE };
}

function readToken(draft: Draft, fields: readonly string[]): Fault | undefined {
  const [name = "", expire = "", privsep, comment = ""] = fields;
  const caller = parseCaller(name);
  if (caller?.tokenId === undefined) return { got: name, advice: "must be USER@REALM!TOKENID" };
  if (!draft.users.has(caller.user)) return { got: caller.user, advice: USER_ADVICE };
  draft.tokens.set(name, {
    expire: Number(expire),
    privsep: privsep === "1",
    ...(comment !== "" && { comment: decode(comment) }),
  });
  return isTime(expire) ? undefined : { got: expire, advice: TIME_ADVICE };
}

function readGroup(draft: Draft, [name = "", members = ""]: readonly string[]): Fault | undefined {
  if (!isName(name)) return { got: name, advice: NAME_ADVICE };
  const users = splitList(members);
  draft.groups.set(name, users);
  const unknown = users.find((user) => !draft.users.has(user));
  return unknown === undefined ? undefined : { got: unknown, advice: USER_ADVICE };
}

function readPool(draft: Draft, fields: readonly string[]): Fault | undefined {
  const [name = "", comment = "", vmids = "", storageIds = ""] = fields;
  if (!name.split("/").every(isName)) return { got: name, advice: NAME_ADVICE };
  draft.pools.set(name, {
    comment: decode(comment),
    vmids: splitList(vmids).map(Number),
    storageIds: splitList(storageIds),
  });
  const wrong = splitList(vmids).find((vmid) => !/^\d+$/.test(vmid));
  return wrong === undefined ? undefined : { got: wrong, advice: "must be a VM id" };
}

function readRole(draft: Draft, [name = "", list = ""]: readonly string[]): Fault | undefined {
  if (!isName(name)) return { got: name, advice: NAME_ADVICE };
  const names = splitList(list);
  draft.roles.set(name, names.filter(isPrivilege));
  const unknown = names.find((privilege) => !isPrivilege(privilege));
  return unknown === undefined ? undefined : { got: unknown, advice: "must be a privilege of Proxmox VE 9" };
}

function readAcl(draft: Draft, fields: readonly string[]): Fault | undefined {
  const [propagate, pathText = "", holders = "", roles = ""] = fields;
  const path = normalizePath(pathText);
  if (path === undefined) return { got: pathText, advice: "must be a path of an ACL, like /vms/401" };
  const known = (role: string): boolean => draft.roles.has(role) || isBuiltInRole(role);
  const unknown = splitList(roles).find((role) => !known(role));
  if (unknown !== undefined)
    return { got: unknown, advice: "must be a built-in role or one that stands above" };
  for (const holder of splitList(holders)) {
    const kind = holderKind(draft, holder);
    if (kind === undefined)
      return { got: holder, advice: "must be a user, a token or an @group that stands above" };
    for (const role of splitList(roles)) {
      const id = kind === "group" ? holder.slice(1) : holder;
      draft.acl.push({ path, kind, holder: id, role, propagate: propagate === "1" });
    }
  }
  return undefined;
}

function holderKind(draft: Draft, holder: string): AclEntry["kind"] | undefined {
  if (holder.startsWith("@")) return draft.groups.has(holder.slice(1)) ? "group" : undefined;
  if (draft.users.has(holder)) return "user";
  return draft.tokens.has(holder) ? "token" : undefined;
}

function isName(text: string): boolean {
  return /^[A-Za-z0-9.\-_]+$/.test(text);
}

function isTime(text: string): boolean {
  return /^\d*$/.test(text);
}

/** Texts are kept percent-encoded, so that they can hold colons. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
