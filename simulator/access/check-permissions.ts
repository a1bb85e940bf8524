import { splitList } from "../schema/formats";
import { normalizePath } from "./acl";
import type { GroupCheck, PermissionCheck, Permissions, PrivilegeCheck } from "./permissions";
import { denied, type Rights } from "./rights";

/** The parameters of a call as far as they are texts; not yet checked against its schema. */
type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * Lets a call through or refuses it, by who makes it and by its parameters as they were sent.
 *
 * @param rights of the caller; undefined without a login
 * @throws ApiError 403
 */
export function checkPermissions(
  permissions: Permissions,
  rights: Rights | undefined,
  parameters: Parameters,
): void {
  if (rights === undefined) {
    if ("user" in permissions && permissions.user === "world") return;
    throw denied("user != null");
  }
  if (rights.isRoot) return;
  if ("check" in permissions) runCheck(permissions.check, rights, parameters);
  else if (permissions.user !== "all") throw denied();
}

function runCheck(check: PermissionCheck, rights: Rights, parameters: Parameters): void {
  switch (check[0]) {
    case "and": {
      const [, ...parts] = check;
      for (const part of parts) runCheck(part, rights, parameters);
      return;
    }
    case "or": {
      const [, ...parts] = check;
      if (!parts.some((part) => passes(part, rights, parameters))) throw denied();
      return;
    }
    case "perm":
      checkPrivileges(check, rights, parameters);
      return;
    case "perm-modify":
      checkModify(pathOf(check[1], parameters), rights);
      return;
    case "userid-param":
      checkUser(check[1], rights, parameters.userid ?? "");
      return;
    case "userid-group":
      checkGroups(check, rights, parameters);
      return;
  }
}

function passes(check: PermissionCheck, rights: Rights, parameters: Parameters): boolean {
  try {
    runCheck(check, rights, parameters);
    return true;
  } catch {
    return false;
  }
}

function checkPrivileges(check: PrivilegeCheck, rights: Rights, parameters: Parameters): void {
  const [, template, privileges] = check;
  const path = pathOf(template, parameters);
  if (check.length === 3) rights.assert(path, ...privileges);
  else if (check[3] === "any") rights.assertAny(path, ...privileges);
  else if (parameters[check[4]] === undefined) throw denied();
  else rights.assert(path, ...privileges);
}

/** A token is not its user here: only a ticket is "self". */
function checkUser(test: "self" | "Realm.AllocateUser", rights: Rights, userid: string): void {
  if (test === "Realm.AllocateUser") {
    rights.assert(`/access/realm/${userid.split("@").at(-1) ?? ""}`, "Realm.AllocateUser");
  } else if (rights.caller.user !== userid || rights.caller.tokenId !== undefined) {
    throw denied();
  }
}

/** What is no path is left to the call itself to refuse. */
function checkModify(path: string, rights: Rights): void {
  if (path !== "") rights.assertMayModifyPermissions(path);
}

/** Whoever has the privileges on all groups, or on those that a new user is to join, or on one that the user is in. */
function checkGroups(check: GroupCheck, rights: Rights, parameters: Parameters): void {
  const [, privileges] = check;
  if (rights.has("/access/groups", ...privileges)) return;
  if (check.length === 4) {
    const wanted = splitList(parameters.groups ?? "");
    if (wanted.length === 0) rights.assertAny("/access/groups", ...privileges);
    for (const group of wanted) rights.assertAny(`/access/groups/${group}`, ...privileges);
    if (check[3] === "create") return;
  }
  const groups = rights.groupsOf(parameters.userid ?? "");
  if (!groups.some((group) => rights.has(`/access/groups/${group}`, ...privileges))) throw denied();
}

/** The path of a check; empty, which nobody but root has rights on, where a parameter holds what no path may. */
function pathOf(template: string, parameters: Parameters): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? "");
  return normalizePath(path) ?? "";
}
