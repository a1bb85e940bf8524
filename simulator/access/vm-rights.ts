import type { Privilege } from "./privileges";
import type { Rights } from "./rights";

/** What a caller may do with one VM, which a call may be about to put into a pool. */
export class VmRights {
  /**
   * @param of what the caller may do at all
   * @param pool the pool that the VM is going to join; rights on it count as rights on the VM. @default - none
   */
  constructor(
    readonly of: Rights,
    readonly vmid: number,
    private readonly pool?: string,
  ) {}

  /** Whether the caller has a privilege on the VM. */
  isGranted(privilege: Privilege): boolean {
    const onPool = this.pool !== undefined && this.of.has(`/pool/${this.pool}`, privilege);
    return onPool || this.of.has(`/vms/${this.vmid}`, privilege);
  }

  /**
   * Wants all of the privileges.
   *
   * @throws ApiError 403
   */
  assert(...privileges: readonly Privilege[]): void {
    const pool = `/pool/${this.pool ?? ""}`;
    if (this.pool !== undefined && privileges.every((privilege) => this.of.has(pool, privilege))) return;
    this.of.assert(`/vms/${this.vmid}`, ...privileges);
  }

  /**
   * Wants any of the privileges.
   *
   * @throws ApiError 403
   */
  assertAny(...privileges: readonly Privilege[]): void {
    if (this.pool !== undefined && this.of.has(`/pool/${this.pool}`, ...privileges)) return;
    this.of.assertAny(`/vms/${this.vmid}`, ...privileges);
  }
}
