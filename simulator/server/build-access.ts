import { AccessControl } from "../access/access-control";
import { parseCaller } from "../access/caller";
import { parseUserConfig } from "../access/user-config";
import { shownToken, userConfigOf } from "../options/access-options";
import type { SimulatorOptions } from "../options/options";
import type { Pools } from "../world/pools";

/** Sets up who may do what, and the pools that the `user.cfg` names. */
export function buildAccess(options: SimulatorOptions, pools: Pools): AccessControl {
  const access = new AccessControl(pools);
  const { config } = parseUserConfig(userConfigOf(options));
  for (const [name, user] of config.users) access.users.set(name, user);
  for (const [group, members] of config.groups) access.users.addToGroup(group, members);
  for (const [name, info] of config.tokens) {
    const { user = "", tokenId = "" } = parseCaller(name) ?? {};
    access.users.setToken(user, tokenId, info);
  }
  for (const [name, privileges] of config.roles) access.roles.set(name, privileges);
  for (const entry of config.acl) access.acl.set(entry);
  for (const [id, pool] of config.pools) pools.restore(id, pool);
  const { secrets = {}, passwords = {} } = options.access ?? {};
  for (const [name, secret] of Object.entries(secrets)) {
    const caller = parseCaller(name);
    if (caller !== undefined) access.users.setSecret(caller, secret);
  }
  access.users.setSecret(shownToken(options), options.token?.secret);
  for (const [user, password] of Object.entries(passwords)) access.users.setPassword(user, password);
  return access;
}
