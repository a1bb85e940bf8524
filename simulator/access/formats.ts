import { accept, listOf } from "../schema/formats";
import { parseCaller } from "./caller";
import { isPrivilege } from "./privileges";

const NAME = /^[A-Za-z0-9.\-_]+$/;

/** A user: `USER@REALM`. */
export const userId = accept(
  "pve-userid",
  (value) => isUser(value),
  (value) => `value '${value}' does not look like a valid user name`,
);

/** Users. */
export const userIdList = listOf(userId);

/** Tokens: `USER@REALM!TOKENID`. */
export const tokenIdList = listOf(
  accept(
    "pve-tokenid",
    (value) => parseCaller(value)?.tokenId !== undefined,
    (value) => `value '${value}' does not look like a valid token ID`,
  ),
);

/** The name of a realm. */
export const realmId = accept(
  "pve-realm",
  (value) => /^[A-Za-z][A-Za-z0-9.\-_]+$/.test(value),
  () => "value does not look like a valid realm",
);

/** Groups. */
export const groupIdList = listOf(
  accept(
    "pve-groupid",
    (value) => NAME.test(value),
    (value) => `group name '${value}' contains invalid characters`,
  ),
);

/** The name of a role. */
export const roleId = accept(
  "pve-roleid",
  (value) => NAME.test(value),
  (value) => `role name '${value}' contains invalid characters`,
);

/** Roles. */
export const roleIdList = listOf(roleId);

/** Privileges. */
export const privilegeList = listOf(
  accept("pve-priv", isPrivilege, (value) => `invalid privilege '${value}'`),
);

/** The name of a token without its user. */
export const TOKEN_ID = /[A-Za-z][A-Za-z0-9.\-_]+/;

/** An address for mail; may be empty. */
export const email = accept(
  "email-opt",
  (value) => value === "" || /^[\w+\-~]+(?:\.[\w+\-~]+)*@[a-zA-Z0-9.-]+$/.test(value),
  () => "value does not look like a valid email address",
);

function isUser(text: string): boolean {
  const caller = parseCaller(text);
  return caller !== undefined && caller.tokenId === undefined;
}
