import { TestSimulator } from "../client";

const SECRET = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a00";

let root: TestSimulator;
beforeAll(async () => {
  root = await TestSimulator.start({ token: { user: "root@pam", tokenId: "admin", secret: SECRET } });
  await root.data("POST", "/access/users", { userid: "ann@pve", comment: "builds" });
});
afterAll(() => root.close());

test("users are made, shown and removed", async () => {
  await root.data("POST", "/access/users", { userid: "bob@pve", enable: "0", expire: "1700000000" });
  expect(await root.data("GET", "/access/users")).toEqual([
    { userid: "ann@pve", enable: 1, expire: 0, comment: "builds", "realm-type": "pve" },
    { userid: "bob@pve", enable: 0, expire: 1_700_000_000, "realm-type": "pve" },
    { userid: "root@pam", enable: 1, expire: 0, "realm-type": "pam" },
  ]);
  const again = await root.call("POST", "/access/users", { userid: "bob@pve" });
  expect(again.reason).toBe("create user failed: user 'bob@pve' already exists");
  await root.data("DELETE", "/access/users/bob@pve");
  expect((await root.call("GET", "/access/users/bob@pve")).reason).toBe("no such user ('bob@pve')");
});

test("what a user must look like", async () => {
  const reply = await root.call("POST", "/access/users", {
    userid: "bob",
    password: "short",
    groups: "a b!",
  });
  expect(reply.body?.errors).toEqual({
    userid: "invalid format - value 'bob' does not look like a valid user name\n",
    password: "value must be at least 8 characters long",
    groups: "invalid format - group name 'b!' contains invalid characters\n",
  });
});

test("a token shows its secret once, and separates privileges unless told otherwise", async () => {
  const made = await root.data<{ value: string }>("POST", "/access/users/ann@pve/token/ci", { comment: "x" });
  expect(made).toEqual({
    value: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
    "full-tokenid": "ann@pve!ci",
    info: { privsep: 1, comment: "x" },
  });
  expect((await root.as("ann@pve!ci", made.value).call("GET", "/version")).status).toBe(200);
  expect(await root.data("GET", "/access/users/ann@pve/token")).toEqual([
    { tokenid: "ci", privsep: 1, expire: 0, comment: "x" },
  ]);
  const again = await root.call("POST", "/access/users/ann@pve/token/ci");
  expect(again.body?.errors).toEqual({ tokenid: "Token already exists." });
  await root.data("DELETE", "/access/users/ann@pve/token/ci");
  expect((await root.as("ann@pve!ci", made.value).call("GET", "/version")).status).toBe(401);
});

test.each([
  ["of a user who is disabled", { enable: "0" }, {}],
  ["of a user whose time is over", { expire: "1600000000" }, {}],
  ["whose own time is over", {}, { expire: "1600000000" }],
])("a token %s does not log in", async (_case, user, token) => {
  await root.data("POST", "/access/users", { userid: "late@pve", ...user });
  const { value } = await root.data("POST", "/access/users/late@pve/token/ci", token);
  const reply = await root.as("late@pve!ci", String(value)).call("GET", "/version");
  expect([reply.status, reply.reason]).toEqual([401, "Authentication failed!"]);
  await root.data("DELETE", "/access/users/late@pve");
});

test("a token sees no users, not even its own, and makes no tokens", async () => {
  const { value } = await root.data("POST", "/access/users/ann@pve/token/own");
  const ann = root.as("ann@pve!own", String(value));
  expect(await ann.data("GET", "/access/users")).toEqual([]);
  const reply = await ann.call("POST", "/access/users/ann@pve/token/more");
  expect([reply.status, reply.reason]).toEqual([403, "Permission check failed"]);
});
