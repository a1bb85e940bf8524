/**
 * Every privilege of Proxmox VE 9, by the kind of person who is meant to have it: roles are made of these groups
 * (libpve-access-control 9, `AccessControl.pm`).
 */
export const PRIVILEGE_GROUPS = {
  VM: {
    root: [],
    admin: [
      ...(["VM.Allocate", "VM.Clone", "VM.Migrate", "VM.Replicate", "VM.GuestAgent.Unrestricted"] as const),
      ...(["VM.Config.CPU", "VM.Config.Disk", "VM.Config.HWType", "VM.Config.Memory"] as const),
      ...(["VM.Config.Network", "VM.Config.Options", "VM.Snapshot", "VM.Snapshot.Rollback"] as const),
    ],
    user: [
      ...(["VM.Config.CDROM", "VM.Config.Cloudinit", "VM.Console", "VM.Backup", "VM.PowerMgmt"] as const),
      ...(["VM.GuestAgent.FileRead", "VM.GuestAgent.FileWrite", "VM.GuestAgent.FileSystemMgmt"] as const),
    ],
    audit: ["VM.Audit", "VM.GuestAgent.Audit"],
  },
  Sys: {
    root: ["Sys.PowerMgmt", "Sys.Modify", "Sys.Incoming", "Sys.AccessNetwork"],
    admin: ["Sys.Console", "Sys.Syslog"],
    user: [],
    audit: ["Sys.Audit"],
  },
  Datastore: {
    root: [],
    admin: ["Datastore.Allocate", "Datastore.AllocateTemplate"],
    user: ["Datastore.AllocateSpace"],
    audit: ["Datastore.Audit"],
  },
  SDN: { root: [], admin: ["SDN.Allocate"], user: ["SDN.Use"], audit: ["SDN.Audit"] },
  User: {
    root: ["Realm.Allocate"],
    admin: ["User.Modify", "Group.Allocate", "Realm.AllocateUser"],
    user: [],
    audit: [],
  },
  Pool: { root: [], admin: ["Pool.Allocate"], user: ["Pool.Audit"], audit: ["Pool.Audit"] },
  Mapping: { root: [], admin: ["Mapping.Modify"], user: ["Mapping.Use"], audit: ["Mapping.Audit"] },
} as const;

type Groups = typeof PRIVILEGE_GROUPS;

/** The name of a privilege. */
export type Privilege =
  | { [Category in keyof Groups]: Groups[Category][keyof Groups[Category]] }[keyof Groups][number]
  | "Permissions.Modify";

/** The names of all privileges. */
export const PRIVILEGES: ReadonlySet<Privilege> = new Set([
  ...Object.values(PRIVILEGE_GROUPS).flatMap(({ root, admin, user, audit }): Privilege[] => [
    ...root,
    ...admin,
    ...user,
    ...audit,
  ]),
  // Belongs to no group.
  "Permissions.Modify",
]);

/** Whether there is a privilege of that name. */
export function isPrivilege(name: string): name is Privilege {
  return (PRIVILEGES as ReadonlySet<string>).has(name);
}
