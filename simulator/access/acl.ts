/** Whom an entry of an ACL is for. */
export type HolderKind = "user" | "group" | "token";

/** A role that somebody has on a path. */
export interface AclEntry {
  /** `/vms/401` */
  readonly path: string;
  readonly kind: HolderKind;
  /** `USER@REALM`, `GROUP` or `USER@REALM!TOKENID` */
  readonly holder: string;
  readonly role: string;
  /** Whether the role holds below the path too. */
  readonly propagate: boolean;
}

/** Somebody whose roles are wanted. */
export interface Holder {
  readonly kind: "user" | "token";
  readonly id: string;
  /** The groups of a user; a token is in none. */
  readonly groups: readonly string[];
}

/** Roles with whether they hold below too. */
export type RolesOnPath = ReadonlyMap<string, boolean>;

/** The access control list of a cluster. */
export class AccessControlList {
  readonly #byPath = new Map<string, AclEntry[]>();

  /** Gives a role, or gives it differently. */
  set(entry: AclEntry): void {
    this.remove(entry);
    this.#byPath.set(entry.path, [...this.at(entry.path), entry]);
  }

  /** Takes a role away; does nothing where it was not given. */
  remove({ path, kind, holder, role }: Omit<AclEntry, "propagate">): void {
    this.#keep(path, (entry) => entry.kind !== kind || entry.holder !== holder || entry.role !== role);
  }

  /** Forgets a path with all that is below it. */
  removePath(path: string): void {
    for (const each of [...this.#byPath.keys()]) {
      if (each === path || each.startsWith(`${path}/`)) this.#byPath.delete(each);
    }
  }

  /** Takes everything from somebody who is gone. */
  removeHolder(kind: HolderKind, holder: string): void {
    for (const path of [...this.#byPath.keys()]) {
      this.#keep(path, (entry) => entry.kind !== kind || entry.holder !== holder);
    }
  }

  /** The entries of one path. */
  at(path: string): readonly AclEntry[] {
    return this.#byPath.get(path) ?? [];
  }

  /** All entries. */
  list(): AclEntry[] {
    return [...this.#byPath.values()].flat();
  }

  /** Every path with entries, and every path that leads to one. */
  paths(): Set<string> {
    return new Set([...this.#byPath.keys()].flatMap((path) => steps(path)));
  }

  /**
   * The roles that somebody has on a path. The deepest step of the path that says anything about the holder counts
   * alone; at one step, what is said of the user goes before what is said of its groups; and `NoAccess` among the roles
   * leaves nothing else.
   *
   * @param path normalised: `/vms/401`
   */
  rolesOn(path: string, holder: Holder): RolesOnPath {
    let roles: RolesOnPath = new Map();
    for (const step of steps(path)) {
      const inForce = this.at(step).filter(({ propagate }) => propagate || step === path);
      const own = inForce.filter(({ kind, holder: id }) => kind === holder.kind && id === holder.id);
      const said =
        own.length > 0
          ? own
          : inForce.filter(({ kind, holder: id }) => kind === "group" && holder.groups.includes(id));
      if (said.length > 0) roles = new Map(said.map(({ role, propagate }) => [role, propagate]));
    }
    const noAccess = roles.get("NoAccess");
    return noAccess === undefined ? roles : new Map([["NoAccess", noAccess]]);
  }

  #keep(path: string, isKept: (entry: AclEntry) => boolean): void {
    const kept = this.at(path).filter(isKept);
    if (kept.length > 0) this.#byPath.set(path, kept);
    else this.#byPath.delete(path);
  }
}

/**
 * A path as ACLs know it: no doubled slash, none at the end, one at the beginning.
 *
 * @returns undefined for no path and for one with characters that none may have
 */
export function normalizePath(text: string): string | undefined {
  if (text === "") return undefined;
  const path = `/${text}`.replace(/\/+/g, "/").replace(/(.)\/$/, "$1");
  return /^[A-Za-z0-9.\-_/@]+$/.test(path) ? path : undefined;
}

/** `/`, `/vms`, `/vms/401`: the path with all above it, from the top. */
function steps(path: string): string[] {
  const names = path.split("/").filter((name) => name !== "");
  return ["/", ...names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`)];
}
