import { type HolderKind, normalizePath } from "../access/acl";
import { isAclPath } from "../access/acl-paths";
import { parseCaller } from "../access/caller";
import { groupIdList, privilegeList, roleId, roleIdList, tokenIdList, userIdList } from "../access/formats";
import { ALL_USERS, needs } from "../access/permissions";
import { isPrivilege } from "../access/privileges";
import { isBuiltInRole } from "../access/roles";
import { failure, parameterError } from "../schema/api-error";
import { splitList } from "../schema/formats";
import { AS_ROOT, type Call, type Endpoint, isOn, SWITCH } from "./endpoint";

function listAcl({ world, rights }: Call): Record<string, unknown>[] {
  const seesAll = rights.has("/access", "Sys.Audit");
  return world.access.acl
    .list()
    .filter(({ path }) => seesAll || rights.mayModifyPermissions(path))
    .map(({ path, kind, holder, role, propagate }) => ({
      path,
      type: kind,
      ugid: holder,
      roleid: role,
      propagate: propagate ? 1 : 0,
    }));
}

function updateAcl(call: Call): null {
  const { users = "", groups = "", tokens = "", roles = "", propagate } = call.parameters;
  const holders = [
    ...splitList(groups).map((holder) => ({ kind: "group" as const, holder })),
    ...splitList(users).map((holder) => ({ kind: "user" as const, holder })),
    ...splitList(tokens).map((holder) => ({ kind: "token" as const, holder })),
  ];
  if (holders.length === 0) {
    const text = "either 'users', 'groups' or 'tokens' is required.";
    throw parameterError({ users: text, groups: text, tokens: text });
  }
  const { acl } = call.world.access;
  const path = aclPath(call);
  const entries = splitList(roles).flatMap((role) => holders.map((holder) => ({ path, role, ...holder })));
  for (const { role, kind, holder } of entries) {
    if (call.world.access.roles.find(role) === undefined) throw refusal(`role '${role}' does not exist`);
    assertExists(call, kind, holder);
  }
  for (const entry of entries) {
    if (isOn(call, "delete")) acl.remove(entry);
    else acl.set({ ...entry, propagate: propagate !== "0" });
  }
  return null;
}

function aclPath(call: Call): string {
  const { path: text = "" } = call.parameters;
  const path = normalizePath(text);
  if (path === undefined || (!isOn(call, "delete") && !isAclPath(path))) {
    throw parameterError({ path: `invalid ACL path '${text}'` });
  }
  return path;
}

function assertExists({ world }: Call, kind: HolderKind, holder: string): void {
  const { users } = world.access;
  if (kind === "group" && !users.hasGroup(holder)) throw refusal(`group '${holder}' does not exist`);
  if (kind === "user" && users.find(holder) === undefined) throw refusal(`user '${holder}' does not exist`);
  if (kind !== "token") return;
  const { user = "", tokenId = "" } = parseCaller(holder) ?? {};
  if (users.find(user) === undefined) throw refusal(`no such user ('${user}')`);
  if (users.findToken({ user, tokenId }) === undefined) {
    throw refusal(`no such token '${tokenId}' for user '${user}'`);
  }
}

function refusal(text: string): Error {
  return failure(`ACL update failed: ${text}`);
}

function listRoles({ world }: Call): Record<string, unknown>[] {
  return world.access.roles.list().map(({ id, privileges, isBuiltIn }) => ({
    roleid: id,
    privs: [...privileges].sort().join(","),
    special: isBuiltIn ? 1 : 0,
  }));
}

function createRole({ world, parameters }: Call): null {
  const { roleid = "", privs = "" } = parameters;
  if (/^PVE/i.test(roleid)) {
    throw parameterError({
      roleid: "cannot use role ID starting with the (case-insensitive) 'PVE' namespace",
    });
  }
  if (world.access.roles.find(roleid) !== undefined) {
    throw failure(`create role failed: role '${roleid}' already exists`);
  }
  world.access.roles.set(roleid, splitList(privs).filter(isPrivilege));
  return null;
}

function showRole({ world, parameters }: Call): Record<string, 1> {
  const { roleid = "" } = parameters;
  const privileges = world.access.roles.find(roleid);
  if (privileges === undefined) throw failure(`role '${roleid}' does not exist`);
  return Object.fromEntries([...privileges].map((privilege) => [privilege, 1]));
}

function deleteRole(call: Call): null {
  const { roleid = "" } = call.parameters;
  if (isBuiltInRole(roleid)) throw failure(`auto-generated role '${roleid}' cannot be deleted`);
  if (call.world.access.roles.find(roleid) === undefined) {
    throw failure(`delete role failed: role '${roleid}' does not exist`);
  }
  call.world.access.roles.delete(roleid);
  return null;
}

/** Calls on roles and on who has them. */
export const ACL_CALLS: readonly Endpoint[] = [
  { method: "GET", path: "/access/acl", permissions: ALL_USERS, parameters: {}, handle: listAcl },
  {
    method: "PUT",
    path: "/access/acl",
    ...AS_ROOT,
    permissions: { check: ["perm-modify", "{path}"] },
    parameters: {
      delete: SWITCH,
      groups: { type: "string", optional: true, format: groupIdList },
      path: { type: "string" },
      propagate: SWITCH,
      roles: { type: "string", format: roleIdList },
      tokens: { type: "string", optional: true, format: tokenIdList },
      users: { type: "string", optional: true, format: userIdList },
    },
    handle: updateAcl,
  },
  { method: "GET", path: "/access/roles", permissions: ALL_USERS, parameters: {}, handle: listRoles },
  {
    method: "POST",
    path: "/access/roles",
    ...AS_ROOT,
    permissions: needs("/access", "Sys.Modify"),
    parameters: {
      privs: { type: "string", optional: true, format: privilegeList },
      roleid: { type: "string", format: roleId },
    },
    handle: createRole,
  },
  { method: "GET", path: "/access/roles/{roleid}", permissions: ALL_USERS, parameters: {}, handle: showRole },
  {
    method: "DELETE",
    path: "/access/roles/{roleid}",
    ...AS_ROOT,
    permissions: needs("/access", "Sys.Modify"),
    parameters: {},
    handle: deleteRole,
  },
];
