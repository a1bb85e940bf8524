import { parseUserConfig } from "../../../simulator/access/user-config";

test("reads what a cluster writes", () => {
  const { config, faults } = parseUserConfig(
    [
      "user:root@pam:1:0:::root@example.test:::",
      "user:auditor@pve:0:1600000000:Ann:Auditor::over%3Athere::",
      "token:auditor@pve!ci:1700000000:1:a token:",
      "",
      "group:ops:auditor@pve::",
      "",
      "pool:tf:managed:410,411:fast:",
      "",
      "role:Own:VM.Audit,VM.Clone:",
      "",
      "acl:1:/:@ops:PVEAuditor:",
      "acl:0:/vms/410:auditor@pve,auditor@pve!ci:Own:",
    ].join("\n"),
  );
  expect(faults).toEqual([]);
  expect(config.users.get("auditor@pve")).toEqual({
    enable: false,
    expire: 1_600_000_000,
    firstname: "Ann",
    lastname: "Auditor",
    comment: "over:there",
  });
  expect(config.tokens.get("auditor@pve!ci")).toEqual({
    expire: 1_700_000_000,
    privsep: true,
    comment: "a token",
  });
  expect(config.groups.get("ops")).toEqual(["auditor@pve"]);
  expect(config.pools.get("tf")).toEqual({ comment: "managed", vmids: [410, 411], storageIds: ["fast"] });
  expect(config.roles.get("Own")).toEqual(["VM.Audit", "VM.Clone"]);
  expect(config.acl.map(({ path, kind, holder, propagate }) => [path, kind, holder, propagate])).toEqual([
    ["/", "group", "ops", true],
    ["/vms/410", "user", "auditor@pve", false],
    ["/vms/410", "token", "auditor@pve!ci", false],
  ]);
});

test("names every fault with its line", () => {
  const { faults } = parseUserConfig(
    [
      "user:nobody:1:0::::::",
      "token:gone@pve!ci:0:0::",
      "role:Old:VM.Monitor:",
      "acl:1:/vms:gone@pve:PVEAuditor:",
      "acl:1:/vms::NoSuchRole:",
      "realm:pve:",
    ].join("\n"),
  );
  expect(faults).toEqual([
    "line 1: 'nobody' is no USER@REALM",
    "line 2: user 'gone@pve' of the token must stand above it",
    "line 3: 'VM.Monitor' is no privilege of Proxmox VE 9",
    "line 4: 'gone@pve' must be a user, a token or an @group that stands above",
    "line 5: role 'NoSuchRole' is neither built in nor stands above",
    "line 6: unknown kind 'realm'; known: user, token, group, pool, role, acl",
  ]);
});
