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
      "user:late@pve:1:soon::::::",
    ].join("\n"),
  );
  expect(faults.map(({ line, got, advice }) => `${line}: ${advice}; got ${got}`)).toEqual([
    "1: must be USER@REALM; got nobody",
    "2: must be a user that stands above; got gone@pve",
    "3: must be a privilege of Proxmox VE 9; got VM.Monitor",
    "4: must be a user, a token or an @group that stands above; got gone@pve",
    "5: must be a built-in role or one that stands above; got NoSuchRole",
    "6: must begin with one of user, token, group, pool, role, acl; got realm",
    "7: must be a time in seconds since the epoch; got soon",
  ]);
});
