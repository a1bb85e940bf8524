import { email, groupIdList, userId } from "../access/formats";
import { ALL_USERS, type Permissions } from "../access/permissions";
import type { TokenInfo, User } from "../access/users";
import { failure, parameterError } from "../schema/api-error";
import { splitList } from "../schema/formats";
import { AS_ROOT, type Call, COUNT, type Endpoint, isOn, numberOf, SWITCH, TEXT } from "./endpoint";

function listUsers({ world, caller, rights, parameters }: Call): Record<string, unknown>[] {
  const { users } = world.access;
  const seesAll = rights.has("/access/groups", "User.Modify", "Sys.Audit");
  const isSeen = (user: string): boolean =>
    seesAll ||
    (user === caller.user && caller.tokenId === undefined) ||
    users.groupsOf(user).some((group) => rights.has(`/access/groups/${group}`, "User.Modify", "Sys.Audit"));
  return users
    .list()
    .filter(isSeen)
    .map((userid) => ({ userid, properties: users.find(userid) }))
    .filter(
      ({ properties }) =>
        parameters.enabled === undefined || properties?.enable === (parameters.enabled === "1"),
    )
    .map(({ userid, properties }) => ({
      userid,
      "realm-type": userid.split("@").at(-1),
      ...(properties !== undefined && userProperties(properties)),
      ...(parameters.full === "1" && {
        groups: users.groupsOf(userid).join(","),
        tokens: users.tokensOf(userid).map(({ id, info }) => ({ tokenid: id, ...tokenProperties(info) })),
      }),
    }));
}

function userProperties({ enable, expire = 0, ...rest }: User): Record<string, unknown> {
  return { enable: enable ? 1 : 0, expire, ...rest };
}

function tokenProperties({ privsep, expire = 0, comment }: TokenInfo): Record<string, unknown> {
  return { privsep: privsep ? 1 : 0, expire, ...(comment !== undefined && { comment }) };
}

function createUser(call: Call): null {
  const { users } = call.world.access;
  const { userid = "", password, groups = "", firstname, lastname, email: mail, comment } = call.parameters;
  if (users.find(userid) !== undefined) throw failure(`create user failed: user '${userid}' already exists`);
  const unknown = splitList(groups).find((group) => !users.hasGroup(group));
  if (unknown !== undefined) throw failure(`create user failed: no such group '${unknown}'`);
  users.set(userid, {
    enable: call.parameters.enable !== "0",
    expire: numberOf(call, "expire"),
    ...(firstname !== undefined && { firstname }),
    ...(lastname !== undefined && { lastname }),
    ...(mail !== undefined && { email: mail }),
    ...(comment !== undefined && { comment }),
  });
  for (const group of splitList(groups)) users.addToGroup(group, [userid]);
  if (password !== undefined) users.setPassword(userid, password);
  return null;
}

function deleteUser({ world, parameters }: Call): null {
  const { userid = "" } = parameters;
  const { users, acl } = world.access;
  for (const { id } of users.tokensOf(userid)) acl.removeHolder("token", `${userid}!${id}`);
  acl.removeHolder("user", userid);
  users.delete(userid);
  return null;
}

function assertUser({ world, parameters }: Call): string {
  const { userid = "" } = parameters;
  if (world.access.users.find(userid) === undefined) throw failure(`no such user ('${userid}')`);
  return userid;
}

function requireToken(call: Call): TokenInfo {
  const user = assertUser(call);
  const { tokenid = "" } = call.parameters;
  const info = call.world.access.users.findToken({ user, tokenId: tokenid });
  if (info === undefined) throw failure(`no such token '${tokenid}' for user '${user}'`);
  return info;
}

function listTokens(call: Call): Record<string, unknown>[] {
  const tokens = call.world.access.users.tokensOf(assertUser(call));
  return tokens.map(({ id, info }) => ({ tokenid: id, ...tokenProperties(info) }));
}

function createToken(call: Call): Record<string, unknown> {
  const { users } = call.world.access;
  const user = assertUser(call);
  const { tokenid: tokenId = "", comment, privsep } = call.parameters;
  if (users.findToken({ user, tokenId }) !== undefined) {
    throw parameterError({ tokenid: "Token already exists." });
  }
  const expire = numberOf(call, "expire");
  users.setToken(user, tokenId, { privsep: privsep !== "0", expire, comment });
  return {
    value: users.setSecret({ user, tokenId }),
    "full-tokenid": `${user}!${tokenId}`,
    info: {
      privsep: privsep === undefined || isOn(call, "privsep") ? 1 : 0,
      ...(expire !== undefined && { expire }),
      ...(comment !== undefined && { comment }),
    },
  };
}

function deleteToken(call: Call): null {
  requireToken(call);
  const { userid: user = "", tokenid: tokenId = "" } = call.parameters;
  const { users, acl } = call.world.access;
  acl.removeHolder("token", `${user}!${tokenId}`);
  users.deleteToken({ user, tokenId });
  return null;
}

const OWN_TOKENS: Permissions = {
  check: ["or", ["userid-param", "self"], ["perm", "/access/users/{userid}", ["User.Modify"]]],
};

const TOKEN_PATH = "/access/users/{userid}/token/{tokenid}";

/** Calls on users and their API tokens. */
export const USER_CALLS: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/access/users",
    permissions: ALL_USERS,
    parameters: { enabled: SWITCH, full: SWITCH },
    handle: listUsers,
  },
  {
    method: "POST",
    path: "/access/users",
    ...AS_ROOT,
    permissions: {
      check: [
        "and",
        ["userid-param", "Realm.AllocateUser"],
        ["userid-group", ["User.Modify"], "groups_param", "create"],
      ],
    },
    parameters: {
      comment: TEXT,
      email: { ...TEXT, format: email },
      enable: SWITCH,
      expire: COUNT,
      firstname: TEXT,
      groups: { ...TEXT, format: groupIdList },
      lastname: TEXT,
      password: { ...TEXT, minLength: 8, maxLength: 64 },
      userid: { type: "string", format: userId, maxLength: 64 },
    },
    handle: createUser,
  },
  {
    method: "GET",
    path: "/access/users/{userid}",
    permissions: { check: ["userid-group", ["User.Modify", "Sys.Audit"]] },
    parameters: {},
    handle: (call) => {
      const { users } = call.world.access;
      const userid = assertUser(call);
      const tokens = users.tokensOf(userid).map(({ id, info }) => [id, tokenProperties(info)] as const);
      return {
        ...userProperties(users.find(userid) ?? { enable: false }),
        groups: users.groupsOf(userid),
        tokens: Object.fromEntries(tokens),
      };
    },
  },
  {
    method: "DELETE",
    path: "/access/users/{userid}",
    ...AS_ROOT,
    permissions: {
      check: ["and", ["userid-param", "Realm.AllocateUser"], ["userid-group", ["User.Modify"]]],
    },
    parameters: {},
    handle: deleteUser,
  },
  {
    method: "GET",
    path: "/access/users/{userid}/token",
    permissions: OWN_TOKENS,
    parameters: {},
    handle: listTokens,
  },
  {
    method: "GET",
    path: TOKEN_PATH,
    permissions: OWN_TOKENS,
    parameters: {},
    handle: (call) => tokenProperties(requireToken(call)),
  },
  {
    method: "POST",
    path: TOKEN_PATH,
    ...AS_ROOT,
    permissions: OWN_TOKENS,
    parameters: { comment: TEXT, expire: COUNT, privsep: SWITCH },
    handle: createToken,
  },
  {
    method: "DELETE",
    path: TOKEN_PATH,
    ...AS_ROOT,
    permissions: OWN_TOKENS,
    parameters: {},
    handle: deleteToken,
  },
];
