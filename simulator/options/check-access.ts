import { parseUserConfig, type UserConfig } from "../access/user-config";
import { shownToken, userConfigOf } from "./access-options";
import type { SimulatorOptions } from "./options";
import type { Report } from "./report";

/** Reports what is wrong with the token, the users and what they may do. */
export function checkAccess(options: SimulatorOptions, report: Report): void {
  const isTokenNamed = checkToken(options, report);
  const { access = {} } = options;
  const { config, faults } = parseUserConfig(userConfigOf(options));
  if (access.userConfig === undefined) {
    // Made of the token's name, of which enough has been said.
    if (!isTokenNamed) return;
  } else {
    for (const { line, got, advice } of faults) report(`access.userConfig line ${line}`, got, advice);
  }
  const { user, tokenId } = shownToken(options);
  if (faults.length === 0 && !config.tokens.has(`${user}!${tokenId}`)) {
    const known = [...config.tokens.keys()].join(", ") || "none";
    report("token", `${user}!${tokenId}`, `must be a token of access.userConfig, which are: ${known}`);
  }
  checkSecrets(options, config, report);
}

function checkToken({ token }: SimulatorOptions, report: Report): boolean {
  const { user, tokenId, secret } = token ?? {};
  const isUser = user === undefined || /^[^\s:/!@]+@[A-Za-z][A-Za-z0-9.\-_]+$/.test(user);
  if (!isUser) report("token.user", user, "must be USER@REALM, like terraform@pve");
  const isTokenId = tokenId === undefined || /^[A-Za-z][A-Za-z0-9.\-_]+$/.test(tokenId);
  if (!isTokenId) {
    const advice = "must be two or more letters, digits, '.', '-' or '_', with a letter first";
    report("token.tokenId", tokenId, advice);
  }
  if (secret !== undefined && !isSecret(secret)) report("token.secret", "(hidden)", SECRET_ADVICE);
  return isUser && isTokenId;
}

const SECRET_ADVICE = "must be a UUID in lower case, as Proxmox VE makes them";

function checkSecrets({ access = {} }: SimulatorOptions, config: UserConfig, report: Report): void {
  for (const [token, secret] of Object.entries(access.secrets ?? {})) {
    const path = `access.secrets.${token}`;
    if (!config.tokens.has(token)) report(path, token, "must be a token of the user.cfg");
    if (!isSecret(secret)) report(path, "(hidden)", SECRET_ADVICE);
  }
  for (const user of Object.keys(access.passwords ?? {})) {
    if (user === "root@pam" || config.users.has(user)) continue;
    report(`access.passwords.${user}`, user, "must be a user of the user.cfg");
  }
}

function isSecret(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
