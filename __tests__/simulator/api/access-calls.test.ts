import { type Reply, TestSimulator } from "../client";

const SECRET = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a00";
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

interface Login {
  readonly ticket: string;
  readonly CSRFPreventionToken: string;
  readonly cap: Record<string, Record<string, 1>>;
}

let root: TestSimulator;
beforeEach(async () => {
  root = await TestSimulator.start({ token: { user: "root@pam", tokenId: "admin", secret: SECRET } });
  await root.data("POST", "/access/users", { userid: "ann@pve", password: "secret1234" });
});
afterEach(() => root.close());

describe("logging in with a password", () => {
  const login = (parameters: Record<string, string>): Promise<Reply> =>
    root.raw("POST", "/api2/json/access/ticket", {
      authorization: null,
      headers: FORM,
      body: new URLSearchParams(parameters).toString(),
    });
  const loggedIn = async (): Promise<Login> =>
    (await login({ username: "ann@pve", password: "secret1234" })).body?.data as Login;
  const read = (headers: Record<string, string>): Promise<Reply> =>
    root.raw("GET", "/api2/json/version", { authorization: null, headers });

  test("answers a ticket, and what the user may do", async () => {
    await root.call("PUT", "/access/acl", { path: "/pool/tf", roles: "PVETemplateUser", users: "ann@pve" });
    expect(await loggedIn()).toEqual({
      username: "ann@pve",
      ticket: expect.stringMatching(/^PVE:ann@pve:[0-9A-F]{8}::/) as string,
      CSRFPreventionToken: expect.stringMatching(/^[0-9A-F]{8}:/) as string,
      cap: {
        vms: { "VM.Audit": 1, "VM.Clone": 1 },
        ...{ access: {}, dc: {}, mapping: {}, nodes: {}, sdn: {}, storage: {} },
      },
    });
  });

  test.each([
    ["user and realm apart", { username: "ann", realm: "pve", password: "secret1234" }, 200],
    ["a wrong password", { username: "ann@pve", password: "wrong12345" }, 401],
    ["nobody", { username: "bob@pve", password: "secret1234" }, 401],
    ["root, who has no password here", { username: "root@pam", password: "" }, 401],
    ["an answer to no question", { username: "ann@pve", password: "secret1234", "tfa-challenge": "x" }, 401],
  ])("takes or refuses %s", async (_case, parameters, status) => {
    const reply = await login(parameters);
    expect(reply.status).toBe(status);
    if (status === 401) expect(reply.body).toEqual({ data: null, message: "authentication failure\n" });
  });

  test("lasts, and can be done again with the ticket", async () => {
    const { ticket } = await loggedIn();
    expect((await login({ username: "ann@pve", password: ticket })).status).toBe(200);
    expect((await login({ username: "root@pam", password: ticket })).status).toBe(401);
  });

  test("verifies a privilege without a new ticket", async () => {
    const ask = { username: "ann@pve", password: "secret1234", path: "/vms/400", privs: "VM.Audit" };
    expect((await login(ask)).status).toBe(401);
    await root.call("PUT", "/access/acl", { path: "/vms", roles: "PVEAuditor", users: "ann@pve" });
    expect((await login(ask)).body?.data).not.toHaveProperty("ticket");
  });

  test("lets read with the cookie or the header", async () => {
    const { ticket } = await loggedIn();
    const value = `PVEAuthCookie=${encodeURIComponent(ticket)}`;
    expect((await read({ Cookie: `lang=en; ${value}` })).status).toBe(200);
    expect((await read({ Authorization: value })).status).toBe(200);
    expect((await read({ Cookie: `${value}x` })).reason).toBe("Authentication failed!");
  });

  test("lets change only with the token against forged requests", async () => {
    await root.call("PUT", "/access/acl", { path: "/vms", roles: "PVEVMAdmin", users: "ann@pve" });
    const { ticket, CSRFPreventionToken } = await loggedIn();
    const change = (headers: Record<string, string> = {}): Promise<Reply> =>
      root.raw("PUT", "/api2/json/nodes/pve1/qemu/400/config", {
        authorization: null,
        headers: { ...FORM, Cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}`, ...headers },
        body: "description=changed",
      });
    const refused = [401, "Permission denied - invalid csrf token", ""];
    for (const headers of [undefined, { CSRFPreventionToken: "x:y" }]) {
      const { status, reason, text } = await change(headers);
      expect([status, reason, text]).toEqual(refused);
    }
    expect((await change({ CSRFPreventionToken })).status).toBe(200);
    expect((await root.config(400)).description).toBe("changed");
  });

  test("is over when the user is gone", async () => {
    const { ticket } = await loggedIn();
    await root.data("DELETE", "/access/users/ann@pve");
    const reply = await read({ Cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}` });
    expect(reply.status).toBe(401);
  });

  test("is not for tokens", async () => {
    const reply = await root.call("POST", "/access/ticket", { username: "ann@pve", password: "secret1234" });
    const text =
      "Permission check failed (URI '/access/ticket' not available with API token, need proper ticket.\n)\n";
    expect([reply.status, reply.body?.message]).toEqual([403, text]);
  });
});

test("realms can be read without a login", async () => {
  const reply = await root.raw("GET", "/api2/json/access/domains", { authorization: null });
  expect(reply.body?.data).toEqual([
    expect.objectContaining({ realm: "pam" }),
    expect.objectContaining({ realm: "pve" }),
  ]);
});

describe("GET /access/permissions", () => {
  test("tells a caller what it may do where, and whether also below", async () => {
    await root.data("POST", "/access/users/ann@pve/token/ci", { privsep: "0" });
    const { value } = await root.data("POST", "/access/users/ann@pve/token/own", { privsep: "0" });
    await root.data("PUT", "/access/acl", { path: "/vms/400", roles: "PVETemplateUser", users: "ann@pve" });
    await root.data("PUT", "/access/acl", {
      path: "/storage",
      roles: "PVEDatastoreUser",
      users: "ann@pve",
      propagate: "0",
    });
    const ann = root.as("ann@pve!own", String(value));
    expect(await ann.data("GET", "/access/permissions")).toEqual({
      "/storage": { "Datastore.AllocateSpace": 0, "Datastore.Audit": 0 },
      "/vms/400": { "VM.Audit": 1, "VM.Clone": 1 },
    });
    expect(await ann.data("GET", "/access/permissions", { path: "/vms/401" })).toEqual({ "/vms/401": {} });
    expect((await ann.call("GET", "/access/permissions", { userid: "root@pam" })).reason).toBe(
      "Permission check failed (/access, Sys.Audit)",
    );
    expect(await root.data("GET", "/access/permissions", { userid: "ann@pve!ci" })).toHaveProperty(
      "/vms/400",
    );
  });
});
