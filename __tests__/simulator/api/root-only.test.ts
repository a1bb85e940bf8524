import { TestSimulator } from "../client";

const PASSWORD = "secret1234";
const VM = "/nodes/pve1/qemu/401";

/** Calls with a parameter that only root may turn on. */
const CALLS = [
  ["PUT", `${VM}/config`, { name: "a" }, "skiplock"],
  ["POST", `${VM}/config`, { name: "b" }, "skiplock"],
  ["PUT", `${VM}/resize`, { disk: "scsi0", size: "+1G" }, "skiplock"],
  ["POST", `${VM}/status/start`, {}, "skiplock"],
  ["POST", `${VM}/status/shutdown`, {}, "keepActive"],
  ["POST", `${VM}/status/stop`, {}, "keepActive"],
  ["POST", `${VM}/migrate`, { target: "pve2" }, "force"],
  ["DELETE", VM, {}, "skiplock"],
] as const;

let api: TestSimulator;
beforeEach(async () => {
  const secret = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a00";
  api = await TestSimulator.start({
    nodes: ["pve1", "pve2"],
    token: { user: "root@pam", tokenId: "admin", secret },
    access: { passwords: { "root@pam": PASSWORD } },
  });
  await api.clone(401);
});
afterEach(() => api.close());

test.each(CALLS)("%s %s %j: a token of root's may not turn on %s", async (method, path, others, name) => {
  const reply = await api.call(method, path, { ...others, [name]: "1" });
  expect([reply.status, reply.body?.errors]).toEqual([400, { [name]: "Only root may use this option." }]);
  expect((await api.call(method, path, { ...others, [name]: "0" })).status).toBe(200);
});

test("an empty text turns nothing on", async () => {
  expect(await api.task("POST", `${VM}/status/start`, { "force-cpu": "" })).toBe("OK");
});

test("root with a ticket may turn them on", async () => {
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  const login = await api.raw("POST", "/api2/json/access/ticket", {
    authorization: null,
    headers: form,
    body: `username=root@pam&password=${PASSWORD}`,
  });
  const { ticket, CSRFPreventionToken } = login.body?.data as Record<string, string>;
  const reply = await api.raw("PUT", `/api2/json${VM}/config`, {
    authorization: null,
    headers: { ...form, Cookie: `PVEAuthCookie=${ticket}`, CSRFPreventionToken: String(CSRFPreventionToken) },
    body: "name=renamed&skiplock=1",
  });
  expect([reply.status, (await api.config(401)).name]).toEqual([200, "renamed"]);
});
