const NAME = "[A-Za-z0-9.\\-_]+";

/** What an ACL can be set on, as `AccessControl.pm` of libpve-access-control 9 lists it. */
const KNOWN_PATHS = [
  "/",
  `/access(?:/(?:groups|realm)(?:/${NAME})?)?`,
  `/nodes(?:/${NAME})?`,
  `/pool(?:/${NAME}){0,3}`,
  `/sdn(?:/zones(?:/${NAME}(?:/${NAME}(?:/[1-9][0-9]{0,3})?)?)?)?`,
  `/storage(?:/${NAME})?`,
  "/vms(?:/[1-9][0-9]{2,})?",
  `/mapping(?:/${NAME}){0,2}`,
];

const KNOWN_PATH = new RegExp(`^(?:${KNOWN_PATHS.join("|")})$`);

/** Whether an ACL can be set on a path. */
export function isAclPath(path: string): boolean {
  return KNOWN_PATH.test(path);
}
