import { forbidden } from "../schema/api-error";
import type { AccessControl } from "./access-control";
import { type Caller, printCaller } from "./caller";
import type { Privilege } from "./privileges";

/** What one caller may do, as the ACLs are at the moment of each question. */
export class Rights {
  constructor(
    private readonly access: AccessControl,
    readonly caller: Caller,
  ) {}

  /** Whether it is root by password; not even root's own tokens count. */
  get isRoot(): boolean {
    return printCaller(this.caller) === "root@pam";
  }

  /** The groups that a user is in. */
  groupsOf(user: string): string[] {
    return this.access.users.groupsOf(user);
  }

  /** Whether the caller has any of the privileges. */
  has(path: string, ...privileges: readonly Privilege[]): boolean {
    const effective = this.access.privileges(this.caller, path);
    return privileges.some((privilege) => effective.has(privilege));
  }

  /**
   * Wants all of the privileges.
   *
   * @throws ApiError 403 `Permission check failed (/vms/401, VM.Audit)`, with the first that is missing
   */
  assert(path: string, ...privileges: readonly Privilege[]): void {
    const effective = this.access.privileges(this.caller, path);
    const missing = privileges.find((privilege) => !effective.has(privilege));
    if (missing !== undefined) throw denied(`${path}, ${missing}`);
  }

  /**
   * Wants any of the privileges.
   *
   * @throws ApiError 403 `Permission check failed (/vms/401, VM.Config.Disk|VM.Config.CDROM)`
   */
  assertAny(path: string, ...privileges: readonly Privilege[]): void {
    if (!this.has(path, ...privileges)) throw denied(`${path}, ${privileges.join("|")}`);
  }

  /**
   * Wants the right to pass on rights: `Permissions.Modify`, or the privilege that makes such objects.
   *
   * @throws ApiError 403
   */
  assertMayModifyPermissions(path: string): void {
    this.assertAny(path, ...modifiers(path));
  }

  /** Whether the caller may pass on rights on a path. */
  mayModifyPermissions(path: string): boolean {
    return this.has(path, ...modifiers(path));
  }
}

/** What root may do: everything. */
export function rightsOfRoot(access: AccessControl): Rights {
  return new Rights(access, { user: "root@pam" });
}

const ALLOCATORS: Readonly<Record<string, readonly Privilege[]>> = {
  storage: ["Datastore.Allocate"],
  vms: ["VM.Allocate"],
  pool: ["Pool.Allocate"],
};

function modifiers(path: string): readonly Privilege[] {
  const [, kind = ""] = /^\/(storage|vms|pool)\/./.exec(path) ?? [];
  return ["Permissions.Modify", ...(ALLOCATORS[kind] ?? [])];
}

/**
 * The 403 of a caller who lacks a right.
 *
 * @param what path and privilege; without it the bare text of a group of checks that all failed
 */
export function denied(what?: string): Error {
  return forbidden(what === undefined ? "Permission check failed" : `Permission check failed (${what})`);
}
