import type { Privilege } from "./privileges";

/**
 * Who may make a call, in the notation of the API's own schema: everybody (`world`), everybody who is logged in (`all`),
 * or whoever passes a check.
 */
export type Permissions = { readonly user: "all" | "world" } | { readonly check: PermissionCheck };

/** A test of privileges; `{name}` in its path stands for a parameter of the call. */
export type PermissionCheck =
  | PrivilegeCheck
  | readonly ["and" | "or", ...PermissionCheck[]]
  | readonly ["perm-modify", string]
  | readonly ["userid-param", "self" | "Realm.AllocateUser"]
  | GroupCheck;

/** All of the privileges on one path, or any of them; never passed where a required parameter is missing. */
export type PrivilegeCheck =
  | readonly ["perm", string, readonly Privilege[]]
  | readonly ["perm", string, readonly Privilege[], "any", 1]
  | readonly ["perm", string, readonly Privilege[], "require_param", string];

/** Any of the privileges on the groups of a user: those it is in, or those that the call names. */
export type GroupCheck =
  | readonly ["userid-group", readonly Privilege[]]
  | readonly ["userid-group", readonly Privilege[], "groups_param", "create" | "update"];

/** For all who are logged in; what they see may be filtered. */
export const ALL_USERS: Permissions = { user: "all" };

/** For everybody, without a login. */
export const WORLD: Permissions = { user: "world" };

/** For whoever has all of the privileges on the path. */
export function needs(path: string, ...privileges: readonly Privilege[]): Permissions {
  return { check: ["perm", path, privileges] };
}

/** For whoever has any of the privileges on the path. */
export function needsAny(path: string, ...privileges: readonly Privilege[]): Permissions {
  return { check: ["perm", path, privileges, "any", 1] };
}
