import { AccessControlList, normalizePath, type RolesOnPath } from "./acl";
import { type Caller, printCaller } from "./caller";
import { type Privilege, PRIVILEGES } from "./privileges";
import { Roles } from "./roles";
import { Tickets } from "./tickets";
import { Users } from "./users";

/** The pools as far as permissions know them. */
export interface PoolMembership {
  readonly ids: () => string[];
  readonly ofVm: (vmid: number) => string | undefined;
  readonly ofStorage: (storageId: string) => string[];
  readonly show: (id: string) => {
    readonly vmids: readonly number[];
    readonly storageIds: readonly string[];
  };
}

/** Privileges with whether they hold below the path too. */
export type EffectivePrivileges = ReadonlyMap<Privilege, boolean>;

/** The user of whom nothing is asked. */
const ROOT = "root@pam";

/** The paths that `GET /access/permissions` shows besides those of ACLs and pools. */
const TOP_PATHS = ["/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms"];

const EVERYTHING: EffectivePrivileges = new Map([...PRIVILEGES].map((privilege) => [privilege, true]));

const NOTHING: EffectivePrivileges = new Map();

/** Who may do what in a cluster: users with their logins, roles and ACLs. */
export class AccessControl {
  readonly users = new Users();
  readonly roles = new Roles();
  readonly acl = new AccessControlList();
  readonly tickets = new Tickets(() => Date.now() / 1000);

  constructor(private readonly pools: PoolMembership) {}

  /**
   * What a caller may do on a path. A token without privilege separation is its user; one with it has what both its
   * user and itself have.
   *
   * @param path as an ACL names it; of a path that no ACL can name, nobody but root has anything
   */
  privileges(caller: Caller, path: string): EffectivePrivileges {
    const { user, tokenId } = caller;
    if (user === ROOT && tokenId === undefined) return EVERYTHING;
    const normalized = normalizePath(path);
    if (normalized === undefined) return NOTHING;
    if (tokenId === undefined) return this.#privilegesOf(this.#roles(caller, normalized));
    const token = this.users.findToken(caller);
    if (token === undefined) return NOTHING;
    const ofUser = this.privileges({ user }, normalized);
    if (!token.privsep) return ofUser;
    const ofToken = this.#privilegesOf(this.#roles(caller, normalized));
    return new Map(
      [...ofToken]
        .filter(([privilege]) => ofUser.has(privilege))
        .map(([privilege, propagate]) => [privilege, propagate && ofUser.get(privilege) === true]),
    );
  }

  /** All paths on which a caller may do anything, with what. */
  effectivePermissions(caller: Caller): Map<string, EffectivePrivileges> {
    const ofPools = this.pools.ids().flatMap((id) => {
      const { vmids, storageIds } = this.pools.show(id);
      return [...vmids.map((vmid) => `/vms/${vmid}`), ...storageIds.map((storage) => `/storage/${storage}`)];
    });
    const paths = new Set([...TOP_PATHS, ...this.acl.paths(), ...ofPools]);
    return new Map(
      [...paths]
        .map((path): [string, EffectivePrivileges] => [path, this.privileges(caller, path)])
        .filter(([, privileges]) => privileges.size > 0),
    );
  }

  /** Forgets what was granted on a VM that is gone. */
  forgetVm(vmid: number): void {
    this.acl.removePath(`/vms/${vmid}`);
  }

  /**
   * The roles on a path with those that come from pools: members inherit what is granted on their pool, but on
   * themselves alone. `NoAccess` on either side leaves nothing.
   */
  #roles(caller: Caller, path: string): RolesOnPath {
    const own = this.acl.rolesOn(path, this.#holder(caller));
    if (own.has("NoAccess")) return own;
    const ofPools = this.#poolsOf(path).flatMap((pool) => [
      ...this.acl.rolesOn(`/pool/${pool}`, this.#holder(caller)).keys(),
    ]);
    if (ofPools.includes("NoAccess")) return new Map([["NoAccess", false]]);
    return new Map([...ofPools.map((role): [string, boolean] => [role, false]), ...own]);
  }

  #poolsOf(path: string): readonly string[] {
    const [, kind, id] = /^\/(vms|storage)\/([^/]+)$/.exec(path) ?? [];
    if (id === undefined) return [];
    if (kind === "storage") return this.pools.ofStorage(id);
    const pool = this.pools.ofVm(Number(id));
    return pool === undefined ? [] : [pool];
  }

  #holder(caller: Caller): { kind: "user" | "token"; id: string; groups: string[] } {
    const isToken = caller.tokenId !== undefined;
    return {
      kind: isToken ? "token" : "user",
      id: printCaller(caller),
      groups: isToken ? [] : this.users.groupsOf(caller.user),
    };
  }

  #privilegesOf(roles: RolesOnPath): EffectivePrivileges {
    const privileges = new Map<Privilege, boolean>();
    for (const [role, propagate] of roles) {
      for (const privilege of this.roles.find(role) ?? []) {
        privileges.set(privilege, propagate || privileges.get(privilege) === true);
      }
    }
    return privileges;
  }
}
