import { request } from "node:http";
import { type Simulator, startSimulator } from "../../../simulator";

describe("the control port", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ controlPort: 0, speed: 1000 });
  });
  afterEach(async () => {
    await simulator.close();
  });
  const call = (
    method: string,
    path: string,
    { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: unknown }> =>
    new Promise((resolve, reject) => {
      const outgoing = request(`${simulator.controlUrl ?? ""}${path}`, { method, headers }, (incoming) => {
        let text = "";
        incoming.setEncoding("utf8").on("data", (part: string) => (text += part));
        incoming.on("end", () => {
          resolve({ status: incoming.statusCode ?? 0, body: text === "" ? undefined : JSON.parse(text) });
        });
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  const post = (value: unknown) => call("POST", "/faults", { body: JSON.stringify(value) });

  test("is off unless it is asked for", async () => {
    const other = await startSimulator();
    expect(other.controlUrl).toBeUndefined();
    await other.close();
  });

  test("adds, lists and removes faults", async () => {
    const rule = { id: "slow", call: {}, action: { kind: "delay", seconds: 5 } };
    expect(await post(rule)).toEqual({ status: 201, body: { ids: ["slow"] } });
    expect(await post([{ action: { kind: "stop-vm", vmid: 9999 } }])).toEqual({
      status: 201,
      body: { ids: ["fault-1"] },
    });
    expect((await call("GET", "/faults")).body).toMatchObject([{ id: "slow", strikes: 0 }, { strikes: 1 }]);
    expect((await call("GET", "/strikes")).body).toMatchObject([{ problem: "there is no VM 9999" }]);
    expect((await call("DELETE", "/faults/slow")).status).toBe(204);
    expect(await call("DELETE", "/faults/slow")).toEqual({
      status: 404,
      body: { errors: ["there is no fault 'slow'; there are: fault-1"] },
    });
    expect((await call("DELETE", "/faults")).status).toBe(204);
    expect((await call("GET", "/faults")).body).toEqual([]);
  });

  test("answers the records", async () => {
    for (const name of ["tasks", "vms", "volumes", "requests"] as const) {
      expect(await call("GET", `/${name}`)).toEqual({
        status: 200,
        body: JSON.parse(JSON.stringify(simulator[name]())) as unknown,
      });
    }
  });

  test("says all that is wrong", async () => {
    expect(await post([{ call: {}, action: { kind: "hang" } }, 5])).toMatchObject({
      status: 400,
      body: { errors: [expect.stringContaining("faults[0]"), expect.stringContaining("faults[1]")] },
    });
    expect((await call("POST", "/faults", { body: "{" })).status).toBe(400);
    expect((await call("POST", "/faults", { body: " ".repeat(300_000) })).status).toBe(413);
    expect(await call("GET", "/nothing")).toMatchObject({
      status: 404,
      body: { errors: [expect.stringContaining("there are: GET, POST, DELETE /faults")] },
    });
  });

  test.each([
    ["Origin", "https://example.com"],
    ["Host", "example.com"],
  ])("refuses browsers: %s %s", async (name, value) => {
    expect((await call("DELETE", "/faults", { headers: { [name]: value } })).status).toBe(403);
  });
});
