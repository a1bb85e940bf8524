import { type Privilege, PRIVILEGE_GROUPS, PRIVILEGES } from "./privileges";

/** What a role allows. */
type Privileges = ReadonlySet<Privilege>;

/** The roles of a cluster: the built-in ones, which nobody can change, and its own. */
export class Roles {
  readonly #own = new Map<string, Privileges>();

  /** What a role allows, or undefined where there is no such role. */
  find(id: string): Privileges | undefined {
    return BUILT_IN.get(id) ?? this.#own.get(id);
  }

  /** Makes or replaces a role of the cluster's own. */
  set(id: string, privileges: readonly Privilege[]): void {
    this.#own.set(id, new Set(privileges));
  }

  /** Removes a role of the cluster's own. */
  delete(id: string): void {
    this.#own.delete(id);
  }

  /** All roles by name, in the order of the alphabet. */
  list(): { readonly id: string; readonly privileges: Privileges; readonly isBuiltIn: boolean }[] {
    return [...BUILT_IN, ...this.#own]
      .map(([id, privileges]) => ({ id, privileges, isBuiltIn: BUILT_IN.has(id) }))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}

/** Whether a role came with Proxmox VE. */
export function isBuiltInRole(id: string): boolean {
  return BUILT_IN.has(id);
}

const BUILT_IN = builtInRoles();

/**
 * For each category of privileges an admin and, where users have any, a user role; over all of them `PVEAdmin` and
 * `PVEAuditor`. Nobody but `Administrator` has the privileges of the root groups.
 */
function builtInRoles(): ReadonlyMap<string, Privileges> {
  const roles = new Map<string, Set<Privilege>>([
    ["NoAccess", new Set()],
    ["Administrator", new Set(PRIVILEGES)],
    ["PVETemplateUser", new Set(["VM.Clone", "VM.Audit"])],
  ]);
  const grant = (role: string, privileges: readonly Privilege[]): void => {
    roles.set(role, new Set([...(roles.get(role) ?? []), ...privileges]));
  };
  for (const [category, { admin, user, audit }] of Object.entries(PRIVILEGE_GROUPS)) {
    grant(`PVE${category}Admin`, [...admin, ...user, ...audit]);
    grant("PVEAdmin", [...admin, ...user, ...audit]);
    if (user.length > 0) grant(`PVE${category}User`, [...user, ...audit]);
    grant("PVEAuditor", audit);
  }
  // Mappings decide over the hosts' hardware.
  roles.get("PVEAdmin")?.delete("Mapping.Modify");
  return roles;
}
