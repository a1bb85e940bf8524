import type { AccessControl } from "../../../simulator/access/access-control";
import { parseCaller } from "../../../simulator/access/caller";
import type { Privilege } from "../../../simulator/access/privileges";
import { buildWorld } from "../../../simulator/server/build-world";

/** The access control of a cluster with that `user.cfg`. */
function accessOf(...lines: string[]): AccessControl {
  const always = ["user:terraform@pve:1:0::::::", "token:terraform@pve!provider:0:0::"];
  const world = buildWorld({ access: { userConfig: [...always, ...lines].join("\n") } }, "AA:BB");
  world.clock.close();
  return world.access;
}

/** Privileges that somebody has on a path, in the order of the alphabet. */
function privileges(access: AccessControl, name: string, path: string): Privilege[] {
  const caller = parseCaller(name);
  if (caller === undefined) throw new Error(`${name} is neither a user nor a token`);
  return [...access.privileges(caller, path).keys()].sort();
}

const READER = "role:Reader:VM.Audit:";
const WRITER = "role:Writer:VM.Config.CPU:";

describe("roles on a path", () => {
  test("hold below it, unless they are not to propagate", () => {
    const access = accessOf(
      READER,
      WRITER,
      "acl:1:/vms:terraform@pve:Reader:",
      "acl:0:/vms:terraform@pve:Writer:",
    );
    expect(privileges(access, "terraform@pve", "/vms")).toEqual(["VM.Audit", "VM.Config.CPU"]);
    expect(privileges(access, "terraform@pve", "/vms/401")).toEqual(["VM.Audit"]);
    expect(privileges(access, "terraform@pve", "/storage/local")).toEqual([]);
  });

  test("give way to those set further down", () => {
    const access = accessOf(
      READER,
      WRITER,
      "acl:1:/vms:terraform@pve:Reader:",
      "acl:1:/vms/401:terraform@pve:Writer:",
    );
    expect(privileges(access, "terraform@pve", "/vms/401")).toEqual(["VM.Config.CPU"]);
  });

  test("of a user go before those of its groups at the same step", () => {
    const access = accessOf(
      READER,
      WRITER,
      "group:ops:terraform@pve::",
      "acl:1:/vms:@ops:Reader:",
      "acl:1:/vms/401:terraform@pve:Writer:",
      "acl:1:/vms/401:@ops:Reader:",
    );
    expect(privileges(access, "terraform@pve", "/vms/400")).toEqual(["VM.Audit"]);
    expect(privileges(access, "terraform@pve", "/vms/401")).toEqual(["VM.Config.CPU"]);
  });

  test("leave nothing where NoAccess is among them", () => {
    const access = accessOf(READER, "acl:1:/vms:terraform@pve:Reader,NoAccess:");
    expect(privileges(access, "terraform@pve", "/vms/401")).toEqual([]);
  });

  test("on a VLAN come from its bridge", () => {
    const access = accessOf("acl:1:/sdn/zones/localnetwork/vmbr0:terraform@pve:PVESDNUser:");
    expect(privileges(access, "terraform@pve", "/sdn/zones/localnetwork/vmbr0/14")).toContain("SDN.Use");
    expect(privileges(access, "terraform@pve", "/sdn/zones/localnetwork/vmbr1")).toEqual([]);
  });
});

describe("pools", () => {
  const POOLS = ["pool:team::::", "pool:team/tf::401:fast:", READER, WRITER];

  test("pass what is granted on them to their members, nested ones too, and to nothing below", () => {
    const access = accessOf(...POOLS, "acl:1:/pool/team:terraform@pve:Reader:");
    expect(privileges(access, "terraform@pve", "/vms/401")).toEqual(["VM.Audit"]);
    expect(privileges(access, "terraform@pve", "/storage/fast")).toEqual(["VM.Audit"]);
    expect(privileges(access, "terraform@pve", "/vms/402")).toEqual([]);
    const [[, propagates] = []] = access.privileges({ user: "terraform@pve" }, "/vms/401");
    expect(propagates).toBe(false);
  });

  test("add to what is granted on the member itself", () => {
    const access = accessOf(
      ...POOLS,
      "acl:1:/pool/team:terraform@pve:Reader:",
      "acl:1:/vms/401:terraform@pve:Writer:",
    );
    expect(privileges(access, "terraform@pve", "/vms/401")).toEqual(["VM.Audit", "VM.Config.CPU"]);
  });

  test.each([
    ["the pool", "acl:1:/pool/team/tf:terraform@pve:NoAccess:", "acl:1:/vms/401:terraform@pve:Reader:"],
    ["the VM", "acl:1:/pool/team/tf:terraform@pve:Reader:", "acl:1:/vms/401:terraform@pve:NoAccess:"],
  ])("leave nothing where NoAccess stands on %s", (_where, ...acl) => {
    expect(privileges(accessOf(...POOLS, ...acl), "terraform@pve", "/vms/401")).toEqual([]);
  });
});

describe("a token", () => {
  test("without privilege separation is its user", () => {
    const access = accessOf(READER, "acl:1:/vms:terraform@pve:Reader:");
    expect(privileges(access, "terraform@pve!provider", "/vms/401")).toEqual(["VM.Audit"]);
  });

  test("with it has what both its user and itself have", () => {
    const access = accessOf(
      "token:terraform@pve!own:0:1::",
      "role:Both:VM.Audit,VM.Config.CPU:",
      "role:Other:VM.Audit,VM.Config.Disk:",
      "acl:1:/vms:terraform@pve:Both:",
      "acl:1:/vms:terraform@pve!own:Other:",
    );
    expect(privileges(access, "terraform@pve!own", "/vms/401")).toEqual(["VM.Audit"]);
  });

  test("with it has nothing where only its user was granted something", () => {
    const access = accessOf("token:terraform@pve!own:0:1::", READER, "acl:1:/vms:terraform@pve:Reader:");
    expect(privileges(access, "terraform@pve!own", "/vms/401")).toEqual([]);
  });

  test("of root has everything, or what its own ACLs say", () => {
    const access = accessOf(
      "user:root@pam:1:0::::::",
      "token:root@pam!all:0:0::",
      "token:root@pam!own:0:1::",
      READER,
      "acl:1:/vms:root@pam!own:Reader:",
    );
    expect(privileges(access, "root@pam!all", "/")).toContain("Sys.Modify");
    expect(privileges(access, "root@pam!own", "/vms/401")).toEqual(["VM.Audit"]);
    expect(privileges(access, "root@pam!own", "/")).toEqual([]);
  });

  test("that is not known has nothing", () => {
    const access = accessOf(READER, "acl:1:/:terraform@pve:Reader:");
    expect(privileges(access, "terraform@pve!other", "/vms/401")).toEqual([]);
  });
});

test("what was granted on a VM goes with it", () => {
  const access = accessOf(
    READER,
    "acl:1:/vms/401:terraform@pve:Reader:",
    "acl:1:/vms/4010:terraform@pve:Reader:",
  );
  access.forgetVm(401);
  expect(privileges(access, "terraform@pve", "/vms/401")).toEqual([]);
  expect(privileges(access, "terraform@pve", "/vms/4010")).toEqual(["VM.Audit"]);
});

/** As `pveum role list` of Proxmox VE 9.2 shows them. */
describe("built-in roles", () => {
  const of = (role: string): string[] => [...(accessOf().roles.find(role) ?? [])].sort();

  test.each([
    ["PVETemplateUser", ["VM.Audit", "VM.Clone"]],
    ["PVESDNUser", ["SDN.Audit", "SDN.Use"]],
    ["PVEDatastoreUser", ["Datastore.AllocateSpace", "Datastore.Audit"]],
    [
      "PVEAuditor",
      [
        ...["Datastore.Audit", "Mapping.Audit", "Pool.Audit", "SDN.Audit"],
        ...["Sys.Audit", "VM.Audit", "VM.GuestAgent.Audit"],
      ],
    ],
    [
      "PVEVMUser",
      [
        ...["VM.Audit", "VM.Backup", "VM.Config.CDROM", "VM.Config.Cloudinit", "VM.Console"],
        ...["VM.GuestAgent.Audit", "VM.GuestAgent.FileRead", "VM.GuestAgent.FileSystemMgmt"],
        ...["VM.GuestAgent.FileWrite", "VM.PowerMgmt"],
      ],
    ],
    ["NoAccess", []],
  ])("%s", (role, expected) => {
    expect(of(role)).toEqual(expected);
  });

  test("PVEVMAdmin has all that concerns VMs", () => {
    expect(of("PVEVMAdmin")).toHaveLength(23);
    expect(of("PVEVMAdmin").every((privilege) => privilege.startsWith("VM."))).toBe(true);
  });

  test("only Administrator may do what is root's", () => {
    expect(of("Administrator")).toHaveLength(47);
    expect(of("PVEAdmin")).not.toEqual(expect.arrayContaining(["Sys.Modify"]));
    expect(of("PVEAdmin")).not.toEqual(expect.arrayContaining(["Mapping.Modify"]));
  });
});
