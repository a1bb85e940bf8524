import { TestSimulator } from "../client";

const SECRET = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a00";

let root: TestSimulator;
beforeAll(async () => {
  root = await TestSimulator.start({ token: { user: "root@pam", tokenId: "admin", secret: SECRET } });
  await root.data("POST", "/access/users", { userid: "ann@pve" });
  await root.data("POST", "/access/users/ann@pve/token/ci");
});
afterAll(() => root.close());

const acl = (parameters: Record<string, string>): ReturnType<TestSimulator["call"]> =>
  root.call("PUT", "/access/acl", { path: "/vms", roles: "PVEAuditor", ...parameters });

test("roles are given and taken away", async () => {
  await acl({ users: "ann@pve", tokens: "ann@pve!ci", propagate: "0" });
  const entries = await root.data<{ ugid: string }[]>("GET", "/access/acl");
  expect(entries.filter(({ ugid }) => ugid.startsWith("ann@"))).toEqual([
    { path: "/vms", type: "user", ugid: "ann@pve", roleid: "PVEAuditor", propagate: 0 },
    { path: "/vms", type: "token", ugid: "ann@pve!ci", roleid: "PVEAuditor", propagate: 0 },
  ]);
  await acl({ users: "ann@pve", tokens: "ann@pve!ci", delete: "1" });
  expect(await root.data<unknown[]>("GET", "/access/acl")).toHaveLength(entries.length - 2);
});

test.each([
  ["to nobody who is there", { users: "bob@pve" }, "ACL update failed: user 'bob@pve' does not exist"],
  ["to no group that is there", { groups: "ops" }, "ACL update failed: group 'ops' does not exist"],
  [
    "to no token that is there",
    { tokens: "ann@pve!x1" },
    "ACL update failed: no such token 'x1' for user 'ann@pve'",
  ],
  ["that are none", { users: "ann@pve", roles: "Nope" }, "ACL update failed: role 'Nope' does not exist"],
])("roles are not given %s", async (_case, parameters, reason) => {
  const reply = await acl(parameters);
  expect([reply.status, reply.reason]).toEqual([500, reason]);
});

test.each([["/nodes/pve1/qemu"], ["/pools/tf"], ["/vms/99"], ["/sdn/zones/localnetwork/vmbr0/0"], ["/ vms"]])(
  "nothing can be granted on %s",
  async (path) => {
    const reply = await acl({ users: "ann@pve", path });
    expect(reply.body?.errors).toEqual({ path: `invalid ACL path '${path}'` });
  },
);

test("somebody must be given the role", async () => {
  const text = "either 'users', 'groups' or 'tokens' is required.";
  expect((await acl({})).body?.errors).toEqual({ users: text, groups: text, tokens: text });
});

test("own roles are made of privileges that there are", async () => {
  const role = (roleid: string, privs: string): ReturnType<TestSimulator["call"]> =>
    root.call("POST", "/access/roles", { roleid, privs });
  expect((await role("Old", "VM.Audit VM.Monitor")).body?.errors).toEqual({
    privs: "invalid format - invalid privilege 'VM.Monitor'\n",
  });
  expect((await role("pvemine", "VM.Audit")).body?.errors).toHaveProperty("roleid");
  expect((await role("Mine", "VM.Audit,VM.Clone")).status).toBe(200);
  expect((await role("Mine", "VM.Audit")).reason).toBe("create role failed: role 'Mine' already exists");
  expect(await root.data("GET", "/access/roles/Mine")).toEqual({ "VM.Audit": 1, "VM.Clone": 1 });
  expect(await root.data("GET", "/access/roles")).toContainEqual({
    roleid: "Mine",
    privs: "VM.Audit,VM.Clone",
    special: 0,
  });
  expect((await root.call("DELETE", "/access/roles/Mine")).status).toBe(200);
  expect((await root.call("DELETE", "/access/roles/PVEAuditor")).reason).toBe(
    "auto-generated role 'PVEAuditor' cannot be deleted",
  );
});
