import type { AccessControl } from "./access-control";
import type { Caller } from "./caller";

/** What of a caller's privileges each part of the web interface asks for. */
const AREAS: Readonly<Record<string, RegExp>> = {
  vms: /^(?:VM\.|Permissions\.Modify)/,
  access: /^(?:(?:User|Group)\.|Permissions\.Modify)/,
  storage: /^(?:Datastore\.|Permissions\.Modify)/,
  nodes: /^(?:Sys\.|Permissions\.Modify)/,
  sdn: /^(?:SDN\.|Permissions\.Modify)/,
  dc: /^(?:Sys\.Audit|Sys\.Modify|SDN\.)/,
  mapping: /^(?:Mapping\.|Permissions\.Modify)/,
};

const TOP_PATHS = ["/", "/nodes", "/access/groups", "/vms", "/storage", "/sdn", "/mapping"];

/** What a login tells of the caller's rights: by area, every privilege that it has anywhere in it. */
export function capabilities(access: AccessControl, caller: Caller): Record<string, Record<string, 1>> {
  const areas: Record<string, Record<string, 1>> = Object.fromEntries(
    Object.keys(AREAS).map((area) => [area, {}]),
  );
  for (const path of new Set([...TOP_PATHS, ...access.acl.paths()])) {
    for (const privilege of access.privileges(caller, path).keys()) {
      for (const area of areasOf(path, privilege)) areas[area] = { ...areas[area], [privilege]: 1 };
    }
  }
  return areas;
}

/** Rights on a pool are rights on the VMs and storages in it. */
function areasOf(path: string, privilege: string): string[] {
  const top = /^\/(\w+)/.exec(path)?.[1] ?? "dc";
  const candidates = top === "pool" ? ["vms", "storage"] : [top];
  return candidates.filter((area) => AREAS[area]?.test(privilege) === true);
}
