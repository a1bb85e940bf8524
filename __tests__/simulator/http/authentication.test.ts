import { TestSimulator } from "../client";

const SECRET = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a6b";

describe("token authentication", () => {
  let api: TestSimulator;
  beforeAll(async () => {
    api = await TestSimulator.start({ token: { user: "me@pve", tokenId: "tf", secret: SECRET } });
  });
  afterAll(() => api.close());

  const get = (authorization: string | null): ReturnType<TestSimulator["raw"]> =>
    api.raw("GET", "/api2/json/version", { authorization });

  test.each([
    `PVEAPIToken=me@pve!tf=${SECRET}`,
    `PVEAPIToken me@pve!tf=${SECRET}`,
    `PVEAPIToken=me%40pve%21tf=${SECRET}`,
  ])("takes %s", async (authorization) => {
    expect((await get(authorization)).status).toBe(200);
  });

  test.each([
    ["a wrong secret", `PVEAPIToken=me@pve!tf=${SECRET.replace("0", "1")}`],
    ["a secret in upper case", `PVEAPIToken=me@pve!tf=${SECRET.toUpperCase()}`],
    ["another token", `PVEAPIToken=me@pve!other=${SECRET}`],
    ["another user", `PVEAPIToken=you@pve!tf=${SECRET}`],
    ["no secret", "PVEAPIToken=me@pve!tf"],
  ])("refuses %s without a word on what was wrong", async (_case, authorization) => {
    const reply = await get(authorization);
    expect([reply.status, reply.reason, reply.text]).toEqual([401, "Authentication failed!", ""]);
    expect(reply.headers["content-type"]).toBeUndefined();
    expect(reply.headers.connection).toBe("close");
  });

  test.each([[null], ["Basic bWU6c2VjcmV0"]])("wants a login where there is %p", async (authorization) => {
    const reply = await get(authorization);
    expect([reply.status, reply.reason, reply.text]).toEqual([401, "No ticket", ""]);
  });

  test("checks the login before anything else of the request", async () => {
    const reply = await api.raw("GET", "/api2/json/no/such/call?x=1", { authorization: null });
    expect(reply.status).toBe(401);
  });
});

test("makes a refused login wait", async () => {
  const api = await TestSimulator.start({ speed: 30 });
  const startMs = performance.now();
  await api.raw("GET", "/api2/json/version", { authorization: null });
  expect(performance.now() - startMs).toBeGreaterThan(90);
  await api.close();
});
